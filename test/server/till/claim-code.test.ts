/** The hash a claim is found by: one for each utility, meter, code and home. */
import { expect, it } from 'vitest';
import { hashClaim } from '#lib/server/till/claim-code.ts';

it('is another one for every part that differs', () => {
	const home = Buffer.alloc(32, 1);
	const hash = hashClaim(home, 'lakeside', '00000000018', 'ABCD1234*');
	expect(hash).toMatch(/^[0-9a-f]{64}$/);
	expect(hashClaim(home, 'lakeside', '00000000018', 'ABCD1234*')).toBe(hash);
	const others = [
		hashClaim(Buffer.alloc(32, 2), 'lakeside', '00000000018', 'ABCD1234*'),
		hashClaim(home, 'hillside', '00000000018', 'ABCD1234*'),
		hashClaim(home, 'lakeside', '00000000026', 'ABCD1234*'),
		hashClaim(home, 'lakeside', '00000000018', 'ABCD1235*'),
	];
	expect(new Set([hash, ...others]).size).toBe(5);
});
