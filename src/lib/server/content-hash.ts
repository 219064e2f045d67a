/** The identity of a request's contents: SHA-256 over its RFC 8785 canonical JSON, hex. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical text and digest of a request. @throws {TypeError} slip: a value that JSON has no form for */
export function contentHash(request: object): { canonical: string; hash: string } {
	const canonical = canonicalize(request);
	if (canonical === undefined) throw new TypeError('not a JSON value');
	return { canonical, hash: createHash('sha256').update(canonical).digest('hex') };
}
