import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ClientEndpoint } from '#lib/core/dlms/association/client-endpoint.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import { MECHANISMS } from '#lib/core/dlms/acse/names.ts';
import { checkSettings } from '#lib/core/dlms/association/client-settings.ts';
import { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import {
	associationFromProfile,
	type ClientIdentity,
	hdlcFromProfile,
	type MeterSecrets,
	openingFromProfile,
	publicAssociationFromProfile,
	secretsNeeded,
	wrapperFromProfile,
} from '#lib/core/dlms/profile/client-connection.ts';
import {
	type MeterProfile,
	parseMeterProfile,
	SECURITY_LEVELS,
} from '#lib/core/dlms/profile/meter-profile.ts';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { CLIENT_TITLE, clientSettings, keysOf, meterSettings, REGISTER } from '../test-meter.ts';

const file = new URL('../../../../src/lib/core/dlms/profile/generic.json', import.meta.url);
const GENERIC = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

function profile(changes: Record<string, unknown> = {}): MeterProfile {
	const parsed = parseMeterProfile({ ...GENERIC, ...changes });
	if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
	return parsed;
}

const identity = (): ClientIdentity => ({
	systemTitle: CLIENT_TITLE,
	challenge: new Uint8Array(16).fill(0xc1),
	counters: volatileCounters({ 'meter-7': 1 }),
	sendSpace: 'meter-7',
});

const { secret, signing } = clientSettings({ mechanism: 'none' });
const SECRETS = { secret, signing, keys: keysOf(0) } as Required<MeterSecrets>;

function association(changes: Record<string, unknown>, secrets: MeterSecrets = SECRETS) {
	const settings = associationFromProfile(profile(changes), secrets, identity());
	if ('missing' in settings) throw new Error(settings.missing.join());
	return settings;
}

describe('a profile says how to associate', () => {
	const WAYS = MECHANISMS.flatMap(({ name }) =>
		SECURITY_LEVELS.map((security) => ({ mechanism: name, security })),
	);
	it.each(WAYS)('$mechanism, $security', ({ mechanism, security }) => {
		const suite = mechanism === 'high-ecdsa' ? 1 : 0;
		const settings = association({ mechanism, security, suite });
		expect(() => {
			checkSettings(settings);
		}).not.toThrow();
		expect(settings).toMatchObject({
			mechanism,
			context: security === 'none' ? 'logical-name' : 'logical-name-ciphered',
		});
		if (security !== 'none') expect(settings.security?.protection).toBe(security);
		const client = new ClientEndpoint(
			new WrapperLink({ role: 'client', client: 16, device: 1 }),
			new ClientAssociation(settings),
		);
		const meter = new MeterEndpoint(
			new WrapperLink({ role: 'meter' }),
			meterSettings({ mechanism, suite, ...(security !== 'none' && { protection: security }) }),
		);
		client.connect(0);
		const events = [...client.wake(0)];
		for (let turn = 0; turn < 4; turn += 1) {
			for (const octets of client.takeOutput()) meter.receive(octets, 0);
			for (const octets of meter.takeOutput()) events.push(...client.receive(octets, 0));
		}
		expect(events).toMatchObject([{ kind: 'associated' }]);
	});

	it('names the secrets that are missing, and gives none that are not needed', () => {
		const missing = (changes: Record<string, unknown>) =>
			associationFromProfile(profile(changes), {}, identity());
		expect(missing({})).toEqual({ missing: ['keys'] });
		expect(missing({ mechanism: 'high-md5' })).toEqual({ missing: ['secret', 'keys'] });
		expect(missing({ mechanism: 'high-ecdsa', suite: 1, security: 'none' })).toEqual({
			missing: ['signing', 'keys'],
		});
		expect(secretsNeeded(profile({ mechanism: 'none', security: 'none' }))).toEqual([]);
		expect(association({ mechanism: 'none', security: 'none' })).toEqual({
			context: 'logical-name',
			mechanism: 'none',
			systemTitle: CLIENT_TITLE,
		});
		expect(association({ mechanism: 'low', security: 'none' })).not.toHaveProperty('security');
	});

	it('carries its quirks along', () => {
		const quirks = [
			'fixed-invoke-id',
			'initiate-in-release',
			'ignores-frame-numbers',
			'hides-hdlc',
		];
		expect(association({ quirks })).toMatchObject({ fixedInvokeId: 1, initiateInRelease: true });
		expect(association({})).not.toHaveProperty('fixedInvokeId');
		const odd = profile({ quirks });
		expect(publicAssociationFromProfile(odd)).toEqual({
			context: 'logical-name',
			mechanism: 'none',
			fixedInvokeId: 1,
		});
		expect(hdlcFromProfile(odd).tolerateNumbers).toBe(true);
		expect(openingFromProfile(odd, 19_200)).toEqual({ maxBaud: 19_200, force: true });
		expect(openingFromProfile(profile(), 9600)).toEqual({ maxBaud: 9600 });
	});
});

describe('a profile says how to reach the meter', () => {
	it('by HDLC addresses of one, two and four octets', () => {
		expect(hdlcFromProfile(profile())).toEqual({
			role: 'client',
			own: { length: 1, upper: 1 },
			peer: { length: 2, upper: 1, lower: 17 },
			octetTimeMs: 10_000 / 9600,
		});
		expect(hdlcFromProfile(profile({ physical: undefined }), 16, 300)).toMatchObject({
			own: { upper: 16 },
			peer: { length: 1, upper: 1 },
			octetTimeMs: 10_000 / 300,
		});
		expect(hdlcFromProfile(profile({ device: 145 })).peer).toMatchObject({ length: 4 });
		expect(hdlcFromProfile(profile({ addressLength: 4 })).peer).toEqual({
			length: 4,
			upper: 1,
			lower: 17,
		});
	});

	it('by wrapper ports', () => {
		const ported = profile({ device: 163, client: 4 });
		expect(wrapperFromProfile(ported)).toEqual({ role: 'client', client: 4, device: 163 });
		expect(wrapperFromProfile(ported, ported.publicClient)).toMatchObject({ client: 16 });
	});

	it('and the way leads to a value', () => {
		const here = profile({ client: 16 });
		const settings = associationFromProfile(here, SECRETS, identity());
		if ('missing' in settings) throw new Error('nothing is missing');
		const client = new ClientEndpoint(
			new HdlcLink(hdlcFromProfile(here)),
			new ClientAssociation(settings),
		);
		const meter = new MeterEndpoint(
			new HdlcLink({ role: 'meter', own: meterAddress(1, 17) }),
			meterSettings({ mechanism: 'high-gmac', protection: 'authenticated-encrypted' }),
		);
		const events = [];
		client.connect(0);
		for (let sent = client.takeOutput(); sent.length > 0; sent = client.takeOutput()) {
			for (const frame of sent) meter.receive(frame, 0);
			for (const frame of meter.takeOutput())
				for (const event of client.receive(frame, 0)) {
					events.push(event);
					if (event.kind === 'associated') client.request({ kind: 'get', target: REGISTER }, 0);
				}
		}
		expect(events).toMatchObject([
			{ kind: 'associated' },
			{ kind: 'answer', answer: { kind: 'get', result: { data: { value: 1_234_567 } } } },
		]);
	});
});
