import { describe, expect, it } from 'vitest';
import { contentHash } from '#lib/server/content-hash.ts';

describe('contentHash', () => {
	it('is that of the canonical text, whatever the order of members', () => {
		const { canonical, hash } = contentHash({ b: [1, 'é'], a: { d: null, c: 1e21 } });
		expect(canonical).toBe('{"a":{"c":1e+21,"d":null},"b":[1,"é"]}');
		expect(contentHash({ a: { c: 1e21, d: null }, b: [1, 'é'] }).hash).toBe(hash);
		expect(hash).toMatch(/^[0-9a-f]{64}$/);
	});

	it('tells contents apart', () => {
		const hashes = [{ a: 1 }, { a: '1' }, { a: null }, {}, { a: [1] }].map(
			(request) => contentHash(request).hash,
		);
		expect(new Set(hashes).size).toBe(hashes.length);
	});
});
