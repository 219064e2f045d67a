import { describe, expect, it } from 'vitest';
import {
	componentsOf,
	contentDigest,
	formatSignatureInput,
	prepareSignature,
	signatureBase,
} from '#lib/core/sync/http-signature.ts';

const message = { method: 'PUT', path: '/api/v1/vends/1', query: '?a=b%20c' };
const parameters = { createdS: 1_795_000_000, keyId: 'T-001', nonce: 'n0n0n0n0n0n0n0n0' };
const digest = contentDigest('RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=');

describe('the signature base', () => {
	it('has one line a component and the parameters last, as RFC 9421 section 2.5 writes it', () => {
		const { base, headers } = prepareSignature({ ...message, contentDigest: digest }, parameters);
		const input =
			'("@method" "@path" "@query" "content-digest");created=1795000000;keyid="T-001";nonce="n0n0n0n0n0n0n0n0";alg="ecdsa-p256-sha256"';
		expect(base).toBe(
			[
				'"@method": PUT',
				'"@path": /api/v1/vends/1',
				'"@query": ?a=b%20c',
				'"content-digest": sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:',
				`"@signature-params": ${input}`,
			].join('\n'),
		);
		expect(headers('AAAA')).toEqual({
			'content-digest': digest,
			'signature-input': `tokenline=${input}`,
			signature: 'tokenline=:AAAA:',
		});
	});

	it('of a request without a body and a query says so', () => {
		const bare = { ...message, query: '' };
		expect(componentsOf(bare)).toEqual(['@method', '@path', '@query']);
		expect(signatureBase(bare, componentsOf(bare), 'x')).toBe(
			'"@method": PUT\n"@path": /api/v1/vends/1\n"@query": ?\n"@signature-params": x',
		);
		expect(formatSignatureInput(bare, parameters)).not.toContain('content-digest');
	});

	it('keeps the order in which the components were named', () => {
		const base = signatureBase(message, ['@query', '@method', '@path'], 'x');
		expect(base.split('\n').map((line) => line.split(':')[0])).toEqual([
			...['"@query"', '"@method"', '"@path"', '"@signature-params"'],
		]);
	});

	it('is not made over what is not signed', () => {
		expect(() => signatureBase(message, ['@authority'], 'x')).toThrow(RangeError);
		expect(() => signatureBase(message, ['content-digest'], 'x')).toThrow(RangeError);
	});
});
