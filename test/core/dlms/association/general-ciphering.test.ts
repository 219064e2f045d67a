import { gcm } from '@noble/ciphers/aes.js';
import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { conformance, FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import type { KeyInformation } from '#lib/core/dlms/apdu/general.ts';
import type { ClientEvent } from '#lib/core/dlms/association/client.ts';
import { MeterAssociation } from '#lib/core/dlms/association/meter.ts';
import { cipherGeneral } from '#lib/core/dlms/security/general-message.ts';
import {
	CLIENT_TITLE,
	clientOf,
	keysOf,
	METER_TITLE,
	meterSettings,
	PROFILE,
	profileRows,
	REGISTER,
	type Way,
} from '../test-meter.ts';

const KEYS = keysOf(0);
const GET = parseHex('c001c100030100010800ff0200');
const WAY: Way = {
	mechanism: 'high-gmac',
	protection: 'authenticated-encrypted',
	form: 'identified',
};

/** Client and meter after association, with the octets of both on the way. */
function associated(way: Way = WAY) {
	const client = clientOf(way);
	const meter = new MeterAssociation(meterSettings(way), { client: 16, device: 1 });
	let events = client.associate();
	while (events.some(({ kind }) => kind === 'send'))
		events = events.flatMap((event) =>
			event.kind === 'send'
				? meter.receive(event.octets).flatMap((answer) => client.receive(answer))
				: [],
		);
	expect(events).toMatchObject([{ kind: 'associated' }]);
	return { client, meter };
}

/**
 * A message as the facts lay it out, made by hand: five fields with their lengths, the key's id, then SC,
 * counter, ciphertext and tag; the fields follow the authentication key in the additional data.
 */
function byHand(
	from: Uint8Array,
	to: Uint8Array,
	transactionId: string,
	counter: string,
	plain: Uint8Array,
) {
	const header = parseHex(`08${transactionId}08${formatHex(from)}08${formatHex(to)}0000`);
	const aad = concatBytes(Uint8Array.of(0x30), KEYS.authentication, header);
	const iv = concatBytes(from, parseHex(counter));
	const sealed = gcm(KEYS.unicast, iv, aad).encrypt(plain).subarray(0, -4);
	const content = concatBytes(parseHex(`30${counter}`), sealed);
	return concatBytes(
		Uint8Array.of(0xdd),
		header,
		parseHex('010000'),
		Uint8Array.of(content.length),
		content,
	);
}

/** A request with other key information or header than the association knows. */
function request(information: KeyInformation | undefined, header: object = {}, control = 0x30) {
	return encodeApdu(
		cipherGeneral(
			{
				transactionId: Uint8Array.of(1),
				originator: CLIENT_TITLE,
				recipient: METER_TITLE,
				dateTime: new Uint8Array(),
				otherInformation: new Uint8Array(),
				...header,
			},
			information,
			{ key: KEYS.unicast, authenticationKey: KEYS.authentication },
			control,
			1000,
			GET,
		),
	);
}

const IDENTIFIED = { kind: 'identified', keyId: 0 } as const;
const EXCEPTION = { notSupported: 'd80102', notDeciphered: 'd80105' };

describe('general-ciphering with an identified key', () => {
	it('goes out as the facts lay it out', () => {
		const { client } = associated();
		const asked = client.request({ kind: 'get', target: REGISTER });
		const octets = Array.isArray(asked) && asked[0]?.kind === 'send' ? asked[0].octets : undefined;
		// Counters 1, 2 and 3 went into the AARQ, the proof and its message.
		expect(formatHex(octets as Uint8Array)).toBe(
			formatHex(byHand(CLIENT_TITLE, METER_TITLE, '0000000000000004', '00000004', GET)),
		);
	});

	it('is answered in kind, with the transaction of the request', () => {
		const { meter } = associated();
		const transaction = '1122334455667788';
		const [answer] = meter.receive(byHand(CLIENT_TITLE, METER_TITLE, transaction, '00000010', GET));
		const counter = formatHex(answer as Uint8Array)
			.slice(-2 * (4 + 9 + 12))
			.slice(0, 8);
		const value = parseHex('c401c100060012d687');
		expect(formatHex(answer as Uint8Array)).toBe(
			formatHex(byHand(METER_TITLE, CLIENT_TITLE, transaction, counter, value)),
		);
		// The very same octets again are a replay, refused with the counter that is wanted.
		expect(
			meter
				.receive(byHand(CLIENT_TITLE, METER_TITLE, transaction, '00000010', GET))
				.map((octets) => formatHex(octets)),
		).toEqual(['d8010600000011']);
	});

	it.each([
		['a wrapped key', request({ kind: 'wrapped', kekId: 0, wrapped: new Uint8Array(24) })],
		[
			'a key agreed on the way',
			request({ kind: 'agreed', parameters: Uint8Array.of(1), keyData: new Uint8Array(64) }),
		],
		['no key at all', request(undefined)],
		['a key nobody has', request({ kind: 'identified', keyId: 1 })],
		['another sender', request(IDENTIFIED, { originator: METER_TITLE })],
		['another recipient', request(IDENTIFIED, { recipient: CLIENT_TITLE })],
		['the broadcast bit', request(IDENTIFIED, {}, 0x70)],
		['another suite', request(IDENTIFIED, {}, 0x31)],
	])('stays closed with %s, and changes nothing', (_, octets) => {
		const { meter } = associated();
		expect(meter.receive(octets).map((answer) => formatHex(answer))).toEqual([
			EXCEPTION.notDeciphered,
		]);
		const [answer] = meter.receive(request(IDENTIFIED));
		expect(answer?.[0]).toBe(0xdd);
	});

	it('is refused by name where general protection was not agreed', () => {
		const way: Way = {
			...WAY,
			conformance: FULL_CONFORMANCE & ~conformance('general-protection'),
		};
		const { client, meter } = associated(way);
		expect(meter.receive(request(IDENTIFIED)).map((octets) => formatHex(octets))).toEqual([
			EXCEPTION.notSupported,
		]);
		expect(
			client.receive(
				byHand(METER_TITLE, CLIENT_TITLE, '0000000000000001', '00000fff', parseHex('c401c10000')),
			),
		).toEqual([{ kind: 'failed', failure: { why: 'not-secure', refusal: 'not-agreed' } }]);
	});

	it('and general-signing is refused by name on both sides, agreed or not', () => {
		const { client, meter } = associated();
		const signed = encodeApdu({
			apdu: 'general-signing',
			header: {
				transactionId: new Uint8Array(),
				originator: CLIENT_TITLE,
				recipient: METER_TITLE,
				dateTime: new Uint8Array(),
				otherInformation: new Uint8Array(),
			},
			content: GET,
			signature: new Uint8Array(64),
		});
		expect(meter.receive(signed).map((octets) => formatHex(octets))).toEqual([
			EXCEPTION.notSupported,
		]);
		expect(client.receive(signed)).toEqual([
			{ kind: 'failed', failure: { why: 'not-secure', refusal: 'not-agreed' } },
		]);
	});

	it('leaves less room for an answer, and none is longer than the client takes', () => {
		const way: Way = {
			...WAY,
			clientMaxPdu: 64,
			conformance: FULL_CONFORMANCE & ~conformance('general-block-transfer'),
		};
		const { client, meter } = associated(way);
		const ask = (target: typeof REGISTER) => {
			const asked = client.request({ kind: 'get', target });
			let events: ClientEvent[] = Array.isArray(asked) ? asked : [];
			while (events[0]?.kind === 'send') {
				const [answer] = meter.receive(events[0].octets);
				expect(answer?.length).toBeLessThanOrEqual(64);
				events = client.receive(answer as Uint8Array);
			}
			return events;
		};
		expect(ask(REGISTER)).toMatchObject([{ kind: 'answer' }]);
		// An octet a block: slow, and right.
		expect(ask(PROFILE)).toMatchObject([
			{ kind: 'answer', answer: { result: { data: profileRows(96) } } },
		]);
	});

	it('does not open an association', () => {
		const client = clientOf(WAY);
		client.associate();
		expect(
			client.receive(
				byHand(METER_TITLE, CLIENT_TITLE, '0000000000000001', '00000001', parseHex('c401c10000')),
			),
		).toEqual([{ kind: 'failed', failure: { why: 'not-secure', refusal: 'not-agreed' } }]);
	});
});
