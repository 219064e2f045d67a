import { describe, expect, it } from 'vitest';
import type { MechanismName } from '#lib/core/dlms/acse/names.ts';
import { decodeApdu, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { conformance, FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import { ClientAssociation, type ClientEvent } from '#lib/core/dlms/association/client.ts';
import { MeterAssociation } from '#lib/core/dlms/association/meter.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { selectEntries } from '#lib/core/dlms/cosem/selection.ts';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { policyOfVersion0, policyOfVersion1 } from '#lib/core/dlms/security/policy.ts';
import {
	clientOf,
	clientSettings,
	CLIENT_TITLE,
	ENTER,
	memoryApplication,
	meterSettings,
	NOTE,
	PLAIN,
	PROFILE,
	profileRows,
	REGISTER,
	type Way,
} from '../test-meter.ts';

const PEERS = { client: 16, device: 1 };

/** The APDUs a client wants to send, of which there must be one. */
function sends(events: ReturnType<ClientAssociation['request']>): [{ octets: Uint8Array }] {
	const [event] = 'refused' in events ? [] : events;
	if (event?.kind !== 'send') throw new Error('nothing is sent');
	return [event];
}

function pair(way: Way, application = memoryApplication()) {
	const client = clientOf(way);
	const meter = new MeterAssociation(meterSettings(way, application), PEERS);
	let sent = 0;
	/** Passes messages to and fro until nobody has anything to say. */
	const settle = (events: readonly ClientEvent[]): ClientEvent[] => {
		const seen: ClientEvent[] = [];
		let waiting = [...events];
		while (waiting.length > 0) {
			const [event, ...rest] = waiting as [ClientEvent, ...ClientEvent[]];
			waiting = rest;
			if (event.kind === 'send') {
				sent += 1;
				for (const answer of meter.receive(event.octets)) waiting.push(...client.receive(answer));
			} else if (event.kind !== 'more') seen.push(event);
		}
		return seen;
	};
	const ask = (wish: Wish): Answer | ClientEvent | undefined => {
		const asked = client.request(wish);
		if ('refused' in asked) throw new Error(asked.refused);
		const [event] = settle(asked);
		return event?.kind === 'answer' ? event.answer : event;
	};
	return { client, meter, settle, ask, sentCount: () => sent };
}

/** Everything a client can ask, with what the test meter must answer. */
function exerciseAll(ask: (wish: Wish) => unknown, wait = memoryApplication().entered): void {
	const note = build.octetString(Uint8Array.from({ length: 700 }, (_, index) => index & 0xff));
	const token = build.octetString(build.asciiOctets('12345678901234567890'));
	const status = build.structure(build.enumerated(3), token);
	expect(ask({ kind: 'get', target: REGISTER })).toEqual({
		kind: 'get',
		result: { data: build.doubleLongUnsigned(1_234_567) },
	});
	expect(ask({ kind: 'get', target: { ...REGISTER, attribute: 9 } })).toEqual({
		kind: 'get',
		result: { error: 3 },
	});
	expect(ask({ kind: 'get', target: PROFILE })).toEqual({
		kind: 'get',
		result: { data: profileRows(96) },
	});
	expect(
		ask({ kind: 'get', target: { ...PROFILE, selection: selectEntries(2, 3) } }),
	).toMatchObject({ result: { data: { value: { length: 2 } } } });
	expect(
		ask({
			kind: 'get-list',
			targets: [REGISTER, PROFILE, ENTER].map((target) => ({ attribute: 2, ...target })),
		}),
	).toMatchObject({ results: [{ data: {} }, { data: {} }, { error: 4 }] });
	expect(ask({ kind: 'set', target: NOTE, data: note })).toEqual({ kind: 'set', result: 0 });
	expect(ask({ kind: 'get', target: NOTE })).toEqual({ kind: 'get', result: { data: note } });
	expect(ask({ kind: 'set-list', targets: [NOTE, REGISTER], values: [note, note] })).toEqual({
		kind: 'set-list',
		results: [0, 3],
	});
	expect(ask({ kind: 'set', target: NOTE, data: build.unsigned(1) })).toEqual({
		kind: 'set',
		result: 12,
	});
	expect(ask({ kind: 'action', target: ENTER, parameter: token })).toEqual({
		kind: 'action',
		outcome: { result: 0, returned: { data: status } },
	});
	expect(ask({ kind: 'action', target: ENTER })).toEqual({
		kind: 'action',
		outcome: { result: 12 },
	});
	expect(ask({ kind: 'action', target: ENTER, parameter: note })).toMatchObject({
		outcome: { result: 0, returned: { data: { type: 'structure' } } },
	});
	expect(
		ask({ kind: 'action-list', targets: [ENTER, ENTER], parameters: [token, note] }),
	).toMatchObject({ outcomes: [{ result: 0 }, { result: 0 }] });
	expect(
		ask({
			kind: 'access',
			dateTime: new Uint8Array(),
			specifications: [
				{ kind: 'get', target: REGISTER },
				{ kind: 'set', target: REGISTER },
				{ kind: 'action', target: ENTER },
			],
			values: [build.NULL_DATA, token, token],
		}),
	).toMatchObject({ response: { results: [{ result: 0 }, { result: 3 }, { result: 0 }] } });
	expect(wait).toEqual([]);
}

const MECHANISMS: MechanismName[] = [
	'none',
	'low',
	'high-manufacturer',
	'high-md5',
	'high-sha1',
	'high-gmac',
	'high-sha256',
];

describe('client and meter', () => {
	const WAYS: [string, Way][] = [
		...MECHANISMS.map((mechanism): [string, Way] => [`plain, ${mechanism}`, { mechanism }]),
		['plain, high-ecdsa', { mechanism: 'high-ecdsa', suite: 1 }],
		...([0, 1, 2] as const).map((suite): [string, Way] => [
			`suite ${suite}`,
			{ mechanism: 'high-gmac', suite, protection: 'authenticated-encrypted' },
		]),
		['authenticated only', { mechanism: 'high-gmac', protection: 'authenticated' }],
		['encrypted only', { mechanism: 'low', protection: 'encrypted' }],
		[
			'a dedicated key',
			{ mechanism: 'high-gmac', protection: 'authenticated-encrypted', dedicated: true },
		],
		[
			'general ciphering',
			{ mechanism: 'high-gmac', protection: 'authenticated-encrypted', form: 'general' },
		],
		[
			'general-ciphering with an identified key',
			{ mechanism: 'high-gmac', protection: 'authenticated-encrypted', form: 'identified' },
		],
		[
			'general ciphering under a dedicated key',
			{
				mechanism: 'high-gmac',
				protection: 'authenticated-encrypted',
				form: 'general',
				dedicated: true,
			},
		],
	];
	it.each(WAYS)('exchange everything: %s', (_, way) => {
		const { client, ask, settle } = pair(way);
		expect(settle(client.associate())).toMatchObject([{ kind: 'associated' }]);
		exerciseAll(ask);
		expect(settle(client.release())).toEqual([{ kind: 'released' }]);
		expect(client.request({ kind: 'get', target: REGISTER })).toEqual({
			refused: 'not-associated',
		});
	});

	it.each([
		['blocks of each service', 200, FULL_CONFORMANCE & ~conformance('general-block-transfer')],
		[
			'general blocks',
			200,
			FULL_CONFORMANCE &
				~conformance(
					'block-transfer-with-get',
					'block-transfer-with-set',
					'block-transfer-with-action',
				),
		],
		['both', 100, FULL_CONFORMANCE],
	])('take long ways where messages are short: %s', (name, limit, agreed) => {
		for (const generalWindow of [1, 4]) {
			const way: Way = {
				...PLAIN,
				conformance: agreed,
				clientMaxPdu: limit,
				meterMaxPdu: limit,
				generalWindow,
			};
			for (const each of [
				way,
				{ ...way, mechanism: 'high-gmac', protection: 'authenticated-encrypted' } as Way,
				{
					...way,
					mechanism: 'high-gmac',
					protection: 'authenticated-encrypted',
					form: 'identified',
				} as Way,
			]) {
				const { client, ask, settle, sentCount } = pair(each);
				settle(client.associate());
				// ACCESS and ACTION answers have no blocks of their own everywhere; general blocks carry all.
				if (name !== 'blocks of each service') exerciseAll(ask);
				else {
					expect(ask({ kind: 'get', target: PROFILE })).toEqual({
						kind: 'get',
						result: { data: profileRows(96) },
					});
					const note = build.octetString(new Uint8Array(900).fill(7));
					expect(ask({ kind: 'set', target: NOTE, data: note })).toEqual({
						kind: 'set',
						result: 0,
					});
					expect(ask({ kind: 'set-list', targets: [NOTE, NOTE], values: [note, note] })).toEqual({
						kind: 'set-list',
						results: [0, 0],
					});
					expect(ask({ kind: 'action', target: ENTER, parameter: note })).toMatchObject({
						outcome: { returned: { data: { type: 'structure' } } },
					});
					expect(
						ask({ kind: 'action-list', targets: [ENTER, ENTER], parameters: [note, note] }),
					).toMatchObject({ outcomes: [{ result: 0 }, { result: 0 }] });
					expect(ask({ kind: 'get-list', targets: [PROFILE, NOTE] })).toMatchObject({
						results: [{ data: {} }, { data: note }],
					});
				}
				expect(sentCount()).toBeGreaterThan(40);
			}
		}
	});

	it('never use what was not agreed', () => {
		const { client, settle } = pair({ ...PLAIN, conformance: conformance('get') });
		settle(client.associate());
		expect(client.request({ kind: 'set', target: NOTE, data: build.unsigned(1) })).toEqual({
			refused: 'not-agreed',
			bits: ['set'],
		});
		expect(client.request({ kind: 'get-list', targets: [NOTE] })).toEqual({
			refused: 'not-agreed',
			bits: ['multiple-references'],
		});
		expect(
			client.request({ kind: 'get', target: { ...PROFILE, selection: selectEntries(1, 2) } }),
		).toEqual({ refused: 'not-agreed', bits: ['selective-access'] });
		expect(client.request({ kind: 'get', target: { ...PROFILE, attribute: 0 } })).toEqual({
			refused: 'not-agreed',
			bits: ['attribute0-with-get'],
		});
		expect(client.request({ kind: 'get', target: REGISTER })).not.toHaveProperty('refused');
		expect(client.request({ kind: 'get', target: REGISTER })).toEqual({ refused: 'busy' });
	});

	it('refuse a request that no agreed way can carry', () => {
		const { client, settle, ask } = pair({
			...PLAIN,
			conformance: conformance('get', 'set'),
			meterMaxPdu: 100,
		});
		settle(client.associate());
		const long = build.octetString(new Uint8Array(300));
		expect(client.request({ kind: 'set', target: NOTE, data: long })).toEqual({
			refused: 'too-long',
		});
		expect(ask({ kind: 'get', target: PROFILE })).toEqual({ kind: 'get', result: { error: 250 } });
	});
});

describe('the meter keeps its door', () => {
	const SECURE: Way = {
		mechanism: 'high-gmac',
		protection: 'authenticated-encrypted',
		policy: policyOfVersion0(3),
	};
	const exceptionOf = (answers: readonly Uint8Array[]) => decodeApdu(answers[0] as Uint8Array);

	it('serves nothing before the client has proved itself', () => {
		const { client, meter } = pair({ mechanism: 'high-md5' });
		const get = encodeApdu({ apdu: 'get-request', kind: 'normal', invoke: 0xc1, target: REGISTER });
		expect(exceptionOf(meter.receive(get))).toMatchObject({
			apdu: 'exception-response',
			state: 1,
			service: 1,
		});
		const [aarq] = sends(client.associate());
		meter.receive(aarq.octets);
		expect(meter.state).toBe('proving');
		expect(exceptionOf(meter.receive(get))).toMatchObject({ apdu: 'exception-response' });
		const wrong = encodeApdu({
			apdu: 'action-request',
			kind: 'normal',
			invoke: 0xc1,
			target: { classId: 15, logicalName: '0.0.40.0.0.255' as never, method: 1 },
			parameter: build.octetString(new Uint8Array(16)),
		});
		expect(exceptionOf(meter.receive(wrong))).toMatchObject({ apdu: 'action-response', result: 3 });
		expect(meter.state).toBe('idle');
	});

	it.each([
		['another key', { unicast: new Uint8Array(16) }],
		['another authentication key', { authentication: new Uint8Array(16) }],
	])('refuses %s with deciphering-error', (_, keys) => {
		const settings = clientSettings(SECURE);
		const security = settings.security as NonNullable<typeof settings.security>;
		const client = new ClientAssociation({
			...settings,
			security: { ...security, keys: { ...security.keys, ...keys } },
		});
		const meter = new MeterAssociation(meterSettings(SECURE), PEERS);
		const [aarq] = sends(client.associate());
		const answers = meter.receive(aarq.octets);
		expect(client.receive(answers[0] as Uint8Array)).toEqual([
			{
				kind: 'failed',
				failure: { why: 'exception', state: 'service-not-allowed', service: 'deciphering-error' },
			},
		]);
	});

	it('refuses a replay, says which counter it wants, and remembers across associations', () => {
		const counters = volatileCounters();
		const meter = new MeterAssociation(meterSettings(SECURE, memoryApplication(), counters), PEERS);
		const [first] = sends(clientOf(SECURE).associate());
		meter.receive(first.octets);
		expect(exceptionOf(meter.receive(first.octets))).toMatchObject({
			apdu: 'exception-response',
			service: 6,
			extra: Uint8Array.of(0, 0, 0, 2),
		});
		const later = new MeterAssociation(meterSettings(SECURE, memoryApplication(), counters), PEERS);
		expect(exceptionOf(later.receive(first.octets))).toMatchObject({ service: 6 });
	});

	it('lets a client that was told the counter in with it', () => {
		const counters = volatileCounters();
		counters.write(`receive-${CLIENT_TITLE.join('.')}`, 500);
		const client = clientOf(SECURE);
		const meter = new MeterAssociation(meterSettings(SECURE, memoryApplication(), counters), PEERS);
		let waiting = client.associate();
		const seen: string[] = [];
		while (waiting.length > 0)
			waiting = waiting.flatMap((event) => {
				if (event.kind !== 'send') seen.push(event.kind);
				return event.kind === 'send'
					? meter.receive(event.octets).flatMap((answer) => client.receive(answer))
					: [];
			});
		expect(seen).toEqual(['associated']);
	});

	it.each([
		['authenticated', undefined, 0x10],
		['encrypted', undefined, 0x20],
		['authenticated-encrypted', undefined, 0x30],
		['authenticated', policyOfVersion1(0x04 | 0x20 | 0x40), 0x30],
	] as const)(
		'answers as it was asked, and never with less than its policy: %s',
		(protection, policy, control) => {
			const way: Way = { mechanism: 'low', protection, ...(policy && { policy }) };
			const { client, meter, settle } = pair(way);
			settle(client.associate());
			const [asked] = sends(client.request({ kind: 'get', target: REGISTER }));
			const [answer] = meter.receive(asked.octets) as [Uint8Array];
			expect(answer[2]).toBe(control);
		},
	);

	it('refuses less protection than its policy asks for, and a plain request', () => {
		const weak: Way = { ...SECURE, protection: 'authenticated' };
		const meter = new MeterAssociation(meterSettings(SECURE), PEERS);
		const [aarq] = sends(clientOf(weak).associate());
		expect(exceptionOf(meter.receive(aarq.octets))).toMatchObject({
			apdu: 'exception-response',
			service: 5,
		});
		const { client, settle, meter: open } = pair(SECURE);
		settle(client.associate());
		const get = encodeApdu({ apdu: 'get-request', kind: 'normal', invoke: 0xc1, target: REGISTER });
		expect(exceptionOf(open.receive(get))).toMatchObject({
			apdu: 'exception-response',
			service: 5,
		});
		const split = pair({ ...SECURE, policy: policyOfVersion1(0x0c | 0x20) });
		expect(split.settle(split.client.associate())).toMatchObject([{ kind: 'associated' }]);
	});

	it.each([
		[
			'a context it does not have',
			{ ...PLAIN, protection: 'encrypted' } as Way,
			PLAIN,
			'application-context-name-not-supported',
		],
		[
			'another mechanism',
			{ mechanism: 'high-md5' } as Way,
			{ mechanism: 'low' } as Way,
			'authentication-mechanism-name-not-recognized',
		],
		[
			'no mechanism where one is needed',
			PLAIN,
			{ mechanism: 'low' } as Way,
			'authentication-mechanism-name-required',
		],
	])('refuses %s by name', (_, asking, offering, diagnostic) => {
		const client = clientOf(asking);
		const meter = new MeterAssociation(meterSettings(offering), PEERS);
		const [aarq] = sends(client.associate());
		expect(client.receive(meter.receive(aarq.octets)[0] as Uint8Array)).toEqual([
			{ kind: 'refused', result: 'rejected-permanent', diagnostic },
		]);
	});

	it('refuses SAPs without a set-up, other versions and disjoint conformance', () => {
		const [aarq] = sends(clientOf(PLAIN).associate());
		const stranger = new MeterAssociation(meterSettings(PLAIN), { client: 99, device: 1 });
		expect(exceptionOf(stranger.receive(aarq.octets))).toMatchObject({
			apdu: 'AARE',
			result: 1,
			diagnostic: { value: 1 },
		});
		const disjoint = new MeterAssociation(
			meterSettings({ ...PLAIN, conformance: conformance('read') }),
			PEERS,
		);
		expect(exceptionOf(disjoint.receive(aarq.octets))).toMatchObject({
			apdu: 'AARE',
			result: 1,
			userInformation: Uint8Array.of(0x0e, 1, 6, 2),
		});
		expect(
			exceptionOf(
				new MeterAssociation(meterSettings(PLAIN), PEERS).receive(Uint8Array.of(0x7f, 1)),
			),
		).toMatchObject({ state: 1, service: 2 });
	});

	it('answers blocks out of turn as the standard says', () => {
		const { client, meter, settle } = pair(PLAIN);
		settle(client.associate());
		const next = encodeApdu({ apdu: 'get-request', kind: 'next', invoke: 0xc1, block: 1 });
		expect(exceptionOf(meter.receive(next))).toMatchObject({ kind: 'block', part: { error: 16 } });
		const more = encodeApdu({
			apdu: 'set-request',
			kind: 'block',
			invoke: 0xc1,
			last: false,
			block: 2,
			raw: Uint8Array.of(1),
		});
		expect(exceptionOf(meter.receive(more))).toMatchObject({ kind: 'last-block', result: 18 });
	});
});

describe('the client believes nothing it should not', () => {
	it('a meter that does not know the secret', () => {
		const client = clientOf({ mechanism: 'high-sha1' });
		const meter = new MeterAssociation(meterSettings({ mechanism: 'high-sha1' }), PEERS);
		const [aarq] = sends(client.associate());
		const [pass3] = sends(client.receive(meter.receive(aarq.octets)[0] as Uint8Array));
		const pass4 = decodeApdu(meter.receive(pass3.octets)[0] as Uint8Array);
		const forged = encodeApdu({
			...pass4,
			returned: { data: build.octetString(new Uint8Array(20)) },
		} as typeof pass4);
		expect(client.receive(forged)).toEqual([
			{ kind: 'failed', failure: { why: 'meter-not-authentic' } },
		]);
		expect(client.state).toBe('idle');
	});

	it('a plain answer, a replayed one, a spoiled one, nothing at all', () => {
		const { client, meter, settle } = pair({
			mechanism: 'high-gmac',
			protection: 'authenticated-encrypted',
		});
		settle(client.associate());
		const ask = () => sends(client.request({ kind: 'get', target: REGISTER }))[0].octets;
		const [answer] = meter.receive(ask()) as [Uint8Array];
		expect(client.receive(answer)).toMatchObject([{ kind: 'answer' }]);
		ask();
		expect(client.receive(answer)).toEqual([
			{ kind: 'failed', failure: { why: 'not-secure', refusal: 'replayed' } },
		]);
		ask();
		const plain = encodeApdu({
			apdu: 'get-response',
			kind: 'normal',
			invoke: 0xc1,
			result: { error: 0 },
		});
		expect(client.receive(plain)).toEqual([
			{ kind: 'failed', failure: { why: 'not-secure', refusal: 'not-ciphered' } },
		]);
		const [fresh] = meter.receive(ask()) as [Uint8Array];
		fresh[12] = (fresh[12] as number) ^ 1;
		expect(client.receive(fresh)).toEqual([
			{ kind: 'failed', failure: { why: 'not-secure', refusal: 'wrong-tag' } },
		]);
		ask();
		expect(client.receive(new Uint8Array())).toEqual([
			{ kind: 'failed', failure: { why: 'empty-answer' } },
		]);
	});

	it('an answer to another request', () => {
		const { client, settle } = pair(PLAIN);
		settle(client.associate());
		client.request({ kind: 'get', target: REGISTER });
		const other = encodeApdu({
			apdu: 'get-response',
			kind: 'normal',
			invoke: 0xcf,
			result: { error: 0 },
		});
		expect(client.receive(other)).toEqual([
			{ kind: 'failed', failure: { why: 'breach', code: 'other-invoke-id' } },
		]);
		expect(client.receive(other)).toEqual([]);
	});

	it('slips on settings that contradict themselves', () => {
		const settings = clientSettings({ mechanism: 'high-gmac', protection: 'encrypted' });
		expect(() => new ClientAssociation({ ...settings, challenge: new Uint8Array(7) })).toThrow(
			RangeError,
		);
		expect(
			() => new ClientAssociation({ context: 'logical-name-ciphered', mechanism: 'none' }),
		).toThrow(TypeError);
		expect(() => new ClientAssociation({ context: 'logical-name', mechanism: 'low' })).toThrow(
			TypeError,
		);
	});
});
