/** What an order says about an association: its settings, and whether it is to be asked for at all. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { ClientAssociationSettings } from '#lib/core/dlms/association/client-settings.ts';
import {
	associationFromProfile,
	publicAssociationFromProfile,
} from '#lib/core/dlms/profile/client-connection.ts';
import type { CounterPort } from '#lib/core/dlms/security/counter.ts';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';
import { compareMeter } from '#lib/core/field/identity/expected-meter.ts';
import type { PublicFacts } from '#lib/core/field/identity/meter-identity.ts';
import type { ConnectFailure, ConnectOrder, Stage } from './connect-order.ts';

/** Octets of a fresh challenge. */
const CHALLENGE_OCTETS = 16;

/** The settings of a stage's association, with a challenge of its own; `counters` are those to use. */
export function associationSettings(
	{ profile, secrets, client, host, expected }: ConnectOrder,
	stage: Stage,
	counters: CounterPort,
): ClientAssociationSettings | ConnectFailure {
	if (stage === 'public') return publicAssociationFromProfile(profile);
	const challenge = host.random(CHALLENGE_OCTETS);
	const settings = associationFromProfile(profile, secrets, { ...client, challenge, counters });
	if ('missing' in settings)
		return { kind: 'failed', why: 'secrets-missing', missing: settings.missing };
	// A meter tells its title where titles are part of the association, and only there.
	return expected?.systemTitle !== undefined && settings.security
		? { ...settings, expectedTitle: parseHex(expected.systemTitle) }
		: settings;
}

/** Why this is not the meter that was meant; undefined where it is, or where any will do. */
export function otherMeter(
	{ expected = {}, profile }: ConnectOrder,
	facts: PublicFacts,
): ConnectFailure | undefined {
	const comparison = compareMeter(expected, facts);
	if (comparison.kind === 'other') return { ...comparison, kind: 'failed', why: 'other-meter' };
	// A password goes out before the meter tells its title, so that the title comes too late.
	const late = profile.mechanism === 'low' && expected.systemTitle !== undefined;
	const compared = expected.deviceName !== undefined || expected.serialNumber !== undefined;
	return comparison.kind === 'untold' || (late && !compared)
		? { kind: 'failed', why: 'identity-untold' }
		: undefined;
}

/**
 * Our counter goes above the one the meter holds. Nothing proves that the meter said it, so half of the
 * values stay out of a forger's reach.
 */
export function raiseCounter(port: CounterPort, space: string, held: number | undefined): void {
	if (held === undefined || held >= MAX_COUNTER / 2) return;
	if (held + 1 > port.read(space)) port.write(space, held + 1);
}
