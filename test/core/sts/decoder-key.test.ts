import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { deriveDecoderKey } from '#lib/core/sts/decoder-key.ts';
import type { KeyAttributes } from '#lib/core/sts/key-attributes.ts';
import type { VendingKey } from '#lib/core/sts/vending-key.ts';

const DES_KEY: VendingKey = { dkga: 2, bytes: parseHex('abababababababab') };
const HMAC_KEY: VendingKey = {
	dkga: 4,
	bytes: parseHex('abababababababab949494949494949401234567'),
};
const ATTRIBUTES: KeyAttributes = {
	pan: '600727000000000009',
	ea: 7,
	sgc: '201457',
	ti: 1,
	krn: 1,
	kt: 2,
	baseDate: 2014,
};

function derive(vendingKey: VendingKey, changes: object = {}) {
	const derived = deriveDecoderKey(vendingKey, { ...ATTRIBUTES, ...changes });
	return 'refusal' in derived ? derived.refusal : formatHex(derived.decoderKey);
}

describe('a decoder key', () => {
	it('comes from a DES vending key by DKGA02', () => {
		expect(derive(DES_KEY, { sgc: '123456' })).toBe('e653341f9d5bf36f');
	});

	it('comes from a 160-bit vending key by DKGA04, as long as the cipher wants', () => {
		expect(derive(HMAC_KEY)).toBe('87f3ecbb2e46b48f');
		expect(derive(HMAC_KEY, { ea: 11 })).toBe('929bd3a415c9420a05ec5ee9f3ce91c3');
		expect(derive(HMAC_KEY, { ti: 2 })).toBe('7f78cdd220be39b8');
		expect(derive(HMAC_KEY, { ti: 2, ea: 11 })).toBe('b199270a77af96d3156c51b0964a8782');
		const rolled = { sgc: '203557', krn: 6, baseDate: 2035 };
		expect(derive(HMAC_KEY, rolled)).toBe('8fbfa995248bf7f8');
		expect(derive(HMAC_KEY, { ...rolled, ea: 11 })).toBe('7e037bf6fe9a96eeffb9836415c7b71f');
	});

	it('does not hang on the base date under DKGA02', () => {
		expect(derive(DES_KEY, { baseDate: 1993 })).toBe(derive(DES_KEY, { baseDate: 2035 }));
	});

	it('is the same for every meter when it is a common key', () => {
		const other = { kt: 3, pan: '000001000000000082' };
		expect(derive(DES_KEY, { kt: 3 })).toBe(derive(DES_KEY, other));
		expect(derive(HMAC_KEY, { kt: 3 })).toBe(derive(HMAC_KEY, other));
		expect(derive(HMAC_KEY, { kt: 3, pan: '600727000000000000' })).toBe(derive(HMAC_KEY, other));
		expect(derive(HMAC_KEY, { kt: 2 })).not.toBe(derive(HMAC_KEY, { ...other, kt: 2 }));
	});

	it.each<[string, VendingKey, object]>([
		['unknown-dkga', { dkga: 3 as 2, bytes: DES_KEY.bytes }, {}],
		['vending-key-length', { dkga: 2, bytes: HMAC_KEY.bytes }, {}],
		['vending-key-length', { dkga: 4, bytes: DES_KEY.bytes }, {}],
		['vending-key-parity', { dkga: 2, bytes: parseHex('aaabababababababab'.slice(0, 16)) }, {}],
		['unknown-ea', HMAC_KEY, { ea: 9 }],
		['pan-not-18-digits', HMAC_KEY, { pan: '60072700000000000' }],
		['pan-check-digit', HMAC_KEY, { pan: '600727000000000008' }],
		['sgc-not-6-digits', HMAC_KEY, { sgc: '12345' }],
		['ti-out-of-range', HMAC_KEY, { ti: 100 }],
		['krn-out-of-range', HMAC_KEY, { krn: 0 }],
		['krn-out-of-range', HMAC_KEY, { krn: 10 }],
		['unknown-key-type', HMAC_KEY, { kt: 4 }],
		['unknown-base-date', HMAC_KEY, { baseDate: 2000 }],
		['ea-needs-other-dkga', DES_KEY, { ea: 11 }],
	])('is refused by name: %s', (refusal, vendingKey, changes) => {
		expect(derive(vendingKey, changes)).toBe(refusal);
	});
});
