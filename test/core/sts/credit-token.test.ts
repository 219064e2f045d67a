import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { formatBlock } from '#lib/core/sts/block.ts';

interface CreditVector {
	id: string;
	kind: string;
	inputs: {
		key: { ea: 7 | 11 };
		class: number;
		subclass: number;
		tid: number;
		rnd: number;
		amount_units: number;
	};
	expected: { token: string; data_block: string; decoder_key: string };
}

const { vectors } = JSON.parse(
	readFileSync(new URL('../../vectors/sts-vectors.json', import.meta.url), 'utf8'),
) as { vectors: CreditVector[] };
const credits = vectors.filter(
	({ kind, inputs }) => kind === 'token' && inputs.class === 0 && inputs.subclass < 4,
);
const SERVICES = ['electricity', 'water', 'gas', 'time'] as const;

describe('a credit token', () => {
	it('has published examples to be held against', () => {
		expect(credits.length).toBeGreaterThan(150);
	});

	it.each(credits.map((vector) => [vector.id, vector] as const))(
		'is as published: %s',
		(_, vector) => {
			const { inputs, expected } = vector;
			const cipher = prepareCipher(inputs.key.ea, parseHex(expected.decoder_key));
			const { tid, rnd, amount_units: units } = inputs;
			const service = SERVICES[inputs.subclass];
			const token = encodeCreditToken({ ...(service && { service }), units, tid, rnd }, cipher);
			expect(token).toMatchObject({ digits: expected.token });
			const decoded = decodeToken(expected.token, cipher);
			expect(decoded).toMatchObject({ token: { kind: 'transfer-credit', fields: { tid, rnd } } });
			expect('block' in decoded && formatBlock(decoded.block)).toBe(expected.data_block);
		},
	);

	const CIPHER = prepareCipher(7, parseHex('0abc12def3456789'));

	it('says what it really carries', () => {
		expect(encodeCreditToken({ units: 20_000, tid: 1, rnd: 5 }, CIPHER)).toMatchObject({
			units: 20_004,
		});
		expect(encodeCreditToken({ units: 18_201_625, tid: 1, rnd: 5 }, CIPHER)).toEqual({
			refusal: 'amount-too-large',
		});
	});

	it('is a slip with a TID or RND out of range', () => {
		expect(() => encodeCreditToken({ units: 1, tid: 2 ** 24, rnd: 5 }, CIPHER)).toThrow(RangeError);
		expect(() => encodeCreditToken({ units: 1, tid: 1, rnd: 16 }, CIPHER)).toThrow(RangeError);
	});

	it.each([
		[
			'29054347139309851356',
			{ token: { kind: 'transfer-credit', fields: { rnd: 11, tid: 1_698_595, amount: 256 } } },
		],
		['29054347139309851357', { refusal: 'check-failed' }],
		['2905 4347 1393 0985 135', { refusal: 'too-short' }],
		['73786976294838206463', { refusal: 'reserved-class' }],
	])('%s reads as %j', (digits, read) => {
		expect(decodeToken(digits, CIPHER)).toMatchObject(read);
	});

	it('cannot be read without a key', () => {
		expect(decodeToken('29054347139309851356')).toEqual({ refusal: 'needs-key' });
	});

	it('shows no key when its cipher is printed', () => {
		expect(JSON.stringify(CIPHER)).toBe('{"ea":7}');
	});
});
