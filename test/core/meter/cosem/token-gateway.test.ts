import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import {
	encodeTokenParameter,
	TOKEN_ENCODINGS,
	type TokenEncoding,
} from '#lib/core/dlms/profile/meter-profile.ts';
import { parseCosemMeter, storedCosemMeter } from '#lib/core/meter/cosem/cosem-json.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { type GatewaySettings, USUAL_GATEWAY } from '#lib/core/meter/cosem/gateway.ts';
import { enterOnKeypad, TOKEN_ENTRY_CAPACITY } from '#lib/core/meter/cosem/token-entry.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { creditToken, MADE_MS, MADE_TID, meterOnBench } from '../bench-meter.ts';
import { Asker } from './asking.ts';

const NOW_MS = MADE_MS + 40_000_000;
const TID = MADE_TID + 20;
const GATEWAY = [115, '0.0.19.40.0'] as const;
const OTHER_KEY = prepareCipher(7, parseHex('0123456789abcdef'));

type Making = Parameters<typeof meterOnBench>[0];

const asker = (gateway: Partial<GatewaySettings> = {}, making: Making = {}): Asker =>
	new Asker(
		createCosemMeter(meterOnBench(making), MADE_MS, { ...USUAL_GATEWAY, ...gateway }),
		NOW_MS,
	);

/** The code in a token_status. */
function codeIn(data: Data | string | undefined): unknown {
	if (typeof data !== 'object' || data.type !== 'structure') return data;
	const [code] = data.value;
	return code?.type === 'enum' ? code.value : undefined;
}

const enter = (client: Asker, token: string) =>
	client.call(...GATEWAY, 1, octetString(asciiOctets(token)));
const statusOf = (client: Asker) => codeIn(client.get(...GATEWAY, 6));
const shown = (client: Asker) => client.value(...GATEWAY, 2);

describe('the gateway as most meters have it', () => {
	it('answers with the verdict, and a repeated token with "used"', () => {
		const client = asker();
		const token = creditToken(30, TID);
		expect(codeIn(enter(client, token).returned)).toBe(3);
		expect(codeIn(enter(client, token).returned)).toBe(6);
		expect(client.meter.meter.supply.creditWh).toBe(3000);
		expect(client.meter.entries).toMatchObject([
			{ atMs: NOW_MS, delivery: 'remote', result: 'Accept', creditedWh: 3000, creditWh: 3000 },
			{ result: 'UsedError', creditedWh: 0 },
		]);
	});

	it('takes every encoding of the field', () => {
		for (const [at, encoding] of TOKEN_ENCODINGS.entries()) {
			const client = asker();
			const parameter = encodeTokenParameter(creditToken(10, TID + at), encoding);
			expect(codeIn(client.call(...GATEWAY, 1, parameter).returned)).toBe(3);
		}
	});

	it.each([
		['nothing', new Uint8Array()],
		['nineteen digits', asciiOctets('1'.repeat(19))],
		['twenty letters', asciiOctets('A'.repeat(20))],
		['BCD with a letter', parseHex('1234567890123456789a')],
		['a number of 67 bits', parseHex('040000000000000000')],
		['a thousand octets', new Uint8Array(1000).fill(0x31)],
	])('takes %s for no token', (_, octets) => {
		const client = asker();
		expect(codeIn(client.call(...GATEWAY, 1, octetString(octets)).returned)).toBe(4);
		expect(shown(client)).toEqual(octets.subarray(0, 32));
		expect(client.meter.meter.decoder).toEqual(meterOnBench().decoder);
	});

	it('keeps the last hundred entries', () => {
		const client = asker();
		for (let entry = 0; entry < TOKEN_ENTRY_CAPACITY + 5; entry += 1)
			enter(client, String(entry).padStart(20, '0'));
		expect(client.meter.entries).toHaveLength(TOKEN_ENTRY_CAPACITY);
	});
});

describe('a gateway with settings of its own', () => {
	it('returns nothing from enter, and has the status to be read', () => {
		const client = asker({ returnsStatus: false });
		expect(enter(client, creditToken(30, TID))).toEqual({ result: 'success', returned: undefined });
		expect(statusOf(client)).toBe(3);
	});

	it.each<[TokenEncoding]>([['ascii-20'], ['bcd-10'], ['binary-9']])(
		'takes only %s where that is all it takes',
		(only) => {
			for (const encoding of TOKEN_ENCODINGS) {
				const client = asker({ encodings: [only] });
				const parameter = encodeTokenParameter(creditToken(10, TID), encoding);
				const { returned } = client.call(...GATEWAY, 1, parameter);
				expect(codeIn(returned)).toBe(encoding === only ? 3 : 4);
			}
		},
	);

	it('says "received" first, and the verdict when the token has been worked through', () => {
		const client = asker({ processingMs: 8000 });
		const token = creditToken(30, TID);
		expect(codeIn(enter(client, token).returned)).toBe(8);
		expect(shown(client)).toEqual(asciiOctets(token));
		client.instantMs += 7999;
		expect(statusOf(client)).toBe(8);
		expect(client.meter.meter.supply.creditWh).toBe(0);
		client.instantMs += 1;
		expect(statusOf(client)).toBe(3);
		expect(client.meter.entries).toMatchObject([{ atMs: NOW_MS, creditWh: 3000 }]);
		expect(client.meter.meter.events.at(-1)).toMatchObject({ kind: 'token', atMs: NOW_MS + 8000 });
	});

	it('works a token through at its time, however late somebody looks', () => {
		const client = asker({ processingMs: 8000 });
		enter(client, creditToken(30, TID));
		client.instantMs += 40_000_000;
		expect(statusOf(client)).toBe(3);
		expect(client.meter.meter.events.at(-1)).toMatchObject({ atMs: NOW_MS + 8000 });
	});

	it('takes no other token meanwhile', () => {
		const client = asker({ processingMs: 8000 });
		enter(client, creditToken(30, TID));
		expect(enter(client, creditToken(30, TID + 1)).result).toBe('temporary-failure');
		client.instantMs += 8000;
		expect(codeIn(enter(client, creditToken(30, TID + 1)).returned)).toBe(8);
	});

	it.each([
		['a good token', creditToken(1, TID), {}, [8, 0, 1, 2, 3]],
		['what only looks like a token', '12345678901234567890', {}, [8, 0, 0, 0, 5]],
		['an old token', creditToken(1, MADE_TID - 1), {}, [8, 0, 1, 1, 6]],
		[
			'a token it has no function for',
			creditToken(1, TID),
			{ preset: 'single-phase-postpaid' },
			[8, 0, 1, 2, 7],
		],
		['what is no token', '7', {}, [8, 8, 8, 8, 4]],
		['a token under another key', creditToken(1, TID, OTHER_KEY), {}, [8, 0, 0, 0, 5]],
	] as const)('tells how far %s has come', (_, token, making, expected) => {
		const client = asker({ processingMs: 4000, showsProgress: true }, making);
		const codes = [codeIn(enter(client, token).returned)];
		for (let second = 1; second <= 4; second += 1) {
			client.instantMs += 1000;
			codes.push(statusOf(client));
		}
		expect(codes).toEqual(expected);
	});

	it('comes back from storage in the middle of it', () => {
		const client = asker({ processingMs: 8000, showsProgress: true, encodings: ['bcd-10'] });
		enter(client, creditToken(30, TID));
		const stored: unknown = JSON.parse(
			JSON.stringify(storedCosemMeter({ meter: client.meter, counters: {} })),
		);
		expect(parseCosemMeter(stored)).toEqual({ meter: client.meter, counters: {} });
		expect(client.meter.gateway.pending).toMatchObject({ digits: null });
	});
});

describe('a token keyed in at the meter', () => {
	it('is shown by the gateway as one that came by hand', () => {
		const client = asker();
		enter(client, creditToken(1, TID));
		const token = creditToken(2, TID + 1);
		const { value, outcome } = enterOnKeypad(client.meter, token, NOW_MS);
		expect(outcome.result).toBe('Accept');
		const after = new Asker(value, NOW_MS);
		expect(shown(after)).toEqual(asciiOctets(token));
		expect(after.value(...GATEWAY, 5)).toBe(2);
		expect(after.get(7, '0.0.99.17.0', 2)).toMatchObject({
			value: [{ value: [{}, {}, { value: 0 }, {}] }, { value: [{}, {}, { value: 2 }, {}] }],
		});
	});

	it('may be anything at all', () => {
		for (const text of ['', 'ключ', '1'.repeat(5000)]) {
			const { value, outcome } = enterOnKeypad(asker().meter, text, NOW_MS);
			expect(outcome.result).toBe('FormatError');
			expect(parseCosemMeter(storedCosemMeter({ meter: value, counters: {} }))).toMatchObject({
				counters: {},
			});
		}
	});
});

describe('a gateway with a planted fault', () => {
	it('never comes to an end', () => {
		const client = asker({}, { plants: ['status-never-final'] });
		expect(codeIn(enter(client, creditToken(30, TID)).returned)).toBe(3);
		expect(statusOf(client)).toBe(2);
		client.instantMs += 3_600_000;
		expect(statusOf(client)).toBe(2);
		expect(client.meter.meter.supply.creditWh).toBe(3000);
	});

	it('shows the entry before the last', () => {
		const client = asker({}, { plants: ['status-of-earlier-token'] });
		const [first, second] = [creditToken(30, TID), creditToken(31, TID)];
		expect(codeIn(enter(client, first).returned)).toBe(3);
		expect(shown(client)).toEqual(new Uint8Array());
		expect(statusOf(client)).toBe(0);
		expect(codeIn(enter(client, second).returned)).toBe(6);
		expect(shown(client)).toEqual(asciiOctets(first));
		expect(statusOf(client)).toBe(3);
	});
});
