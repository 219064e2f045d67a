import { describe, expect, it } from 'vitest';
import { makeSealKey, sealUnder } from '#lib/server/dlms-secret/secret-seal.ts';

const seal = sealUnder(Buffer.alloc(32, 1));
const place = { utilityId: 'lakeside', drn: '00000000018', generation: 3 };

describe('a sealed secret', () => {
	it('opens where it was sealed, and is another text each time', () => {
		const [one, other] = [seal.seal(place, 'a secret, é'), seal.seal(place, 'a secret, é')];
		expect(one).not.toBe(other);
		expect(seal.open(place, one)).toBe('a secret, é');
		expect(seal.open(place, other)).toBe('a secret, é');
		expect(seal.open(place, seal.seal(place, ''))).toBe('');
	});

	it.each([
		['another utility', { utilityId: 'hilltop' }],
		['another meter', { drn: '00000000026' }],
		['the generation before', { generation: 2 }],
	])('does not open for %s', (_, other) => {
		expect(seal.open({ ...place, ...other }, seal.seal(place, 'x'))).toBeUndefined();
	});

	it('does not open under another key', () => {
		const text = seal.seal(place, 'x');
		expect(sealUnder(Buffer.alloc(32, 2)).open(place, text)).toBeUndefined();
	});

	it('does not open when any bit of it is changed, or it is cut', () => {
		const octets = Buffer.from(seal.seal(place, 'ab'), 'base64url');
		for (let bit = 0; bit < octets.length * 8; bit += 1) {
			const changed = Buffer.from(octets);
			changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(seal.open(place, changed.toString('base64url')), String(bit)).toBeUndefined();
		}
		for (let length = 0; length < octets.length; length += 1) {
			const cut = octets.subarray(0, length).toString('base64url');
			expect(seal.open(place, cut), String(length)).toBeUndefined();
		}
	});
});

it('takes a key of 32 octets only', () => {
	expect(() => sealUnder(Buffer.alloc(16))).toThrow(/32 octets/);
	const made = Buffer.from(makeSealKey(), 'base64url');
	expect(made).toHaveLength(32);
	expect(makeSealKey()).not.toBe(makeSealKey());
});
