import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBase64url, parseBase64url } from '#lib/browser/vault/base64url.ts';

describe('base64url', () => {
	it('comes back as it was, and is what another library writes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
				const text = formatBase64url(octets);
				expect(text).toBe(Buffer.from(octets).toString('base64url'));
				expect(parseBase64url(text)).toEqual(Uint8Array.from(octets));
			}),
		);
	});

	it.each(['=', 'a', 'ab==', 'a+b/', 'ab c'])('%j is none', (text) => {
		expect(() => parseBase64url(text)).toThrow(TypeError);
	});
});
