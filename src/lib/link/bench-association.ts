/** What the bench asks for an association with: as the profile says, or with one thing wrong on purpose. */
import {
	associationFromProfile,
	publicAssociationFromProfile,
} from '#lib/core/dlms/profile/client-connection.ts';
import type { ClientAssociationSettings } from '#lib/core/dlms/association/client-settings.ts';
import type { ConnectMistake, Mate } from '#lib/core/field/gateway-bench/step.ts';
import type { BenchWay } from './bench-connector.ts';
import type { CounterGuard } from './durable-counters.ts';

const CHALLENGE_OCTETS = 16;

/** @throws {TypeError} slip: secrets that the profile needs were not given */
export function benchAssociation(
	{ profile, secrets, client, host }: BenchWay,
	guard: CounterGuard,
	as: Mate,
	mistake: ConnectMistake | undefined,
): ClientAssociationSettings {
	if (as !== 'own') return publicAssociationFromProfile(profile);
	const settings = associationFromProfile(profile, secrets, {
		...client,
		challenge: host.random(CHALLENGE_OCTETS),
		counters: guard.port,
	});
	if ('missing' in settings) throw new TypeError(`no ${settings.missing.join(', ')}`);
	return mistake ? withMistake(settings, mistake) : settings;
}

const turned = (octets: Uint8Array): Uint8Array =>
	octets.map((octet, at) => (at === 0 ? octet ^ 1 : octet));

function withMistake(
	settings: ClientAssociationSettings,
	mistake: ConnectMistake,
): ClientAssociationSettings {
	const { secret, security, mechanism } = settings;
	switch (mistake) {
		case 'no-ciphering':
			return { ...settings, context: 'logical-name' };
		case 'wrong-key': {
			if (!security) return settings;
			const keys = { ...security.keys, unicast: turned(security.keys.unicast) };
			return { ...settings, security: { ...security, keys } };
		}
		case 'wrong-proof':
			// A challenge there is only in high-level security; a password is wrong by itself.
			return mechanism === 'low' && secret ? { ...settings, secret: turned(secret) } : settings;
		case 'replay':
			return settings;
	}
}
