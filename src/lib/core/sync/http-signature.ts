/**
 * The one form in which a till signs its requests: RFC 9421 HTTP message signatures, ECDSA P-256 with
 * SHA-256, under one label, over one list of components. Both sides make the signature base here; hashing
 * and signing are the host's.
 *
 * `@path` and `@query` are signed rather than `@target-uri`: a proxy that ends TLS, or a second host name,
 * changes the origin that the server sees, never these. A request is still of no use elsewhere, because a
 * device key belongs to one enrolment in one deployment.
 */

export const SIGNATURE_LABEL = 'tokenline';
export const SIGNATURE_ALGORITHM = 'ecdsa-p256-sha256';

const TARGET = ['@method', '@path', '@query'] as const;
const BODY = 'content-digest';

export interface SignedMessage {
	/** Upper case. */
	readonly method: string;
	/** As the WHATWG URL has it: percent-encoded, beginning with `/`. */
	readonly path: string;
	/** With its question mark, or empty. */
	readonly query: string;
	/** The whole header; absent where there is no body. */
	readonly contentDigest?: string;
}

export interface SignatureParameters {
	/** Epoch seconds. */
	readonly createdS: number;
	/** The till's id. */
	readonly keyId: string;
	/** Unguessable, new for each request; printable ASCII without quote and backslash. */
	readonly nonce: string;
}

/** `Content-Digest` (RFC 9530) of a body. @param sha256Base64 padded base64 of its SHA-256 */
export function contentDigest(sha256Base64: string): string {
	return `sha-256=:${sha256Base64}:`;
}

/** What is signed: all of it, and nothing else; a till names it in this order. */
export function componentsOf({ contentDigest }: SignedMessage): readonly string[] {
	return contentDigest === undefined ? TARGET : [...TARGET, BODY];
}

/** The value of `Signature-Input`'s member: components and parameters. */
export function formatSignatureInput(
	message: SignedMessage,
	{ createdS, keyId, nonce }: SignatureParameters,
): string {
	const names = componentsOf(message)
		.map((name) => `"${name}"`)
		.join(' ');
	return `(${names});created=${createdS};keyid="${keyId}";nonce="${nonce}";alg="${SIGNATURE_ALGORITHM}"`;
}

/**
 * The octets that are signed, as ASCII text (RFC 9421, 2.5).
 * @param components in the order of `input`; @throws {RangeError} slip: one that is not signed here
 * @param input the value of the member of `Signature-Input`, as it was sent
 */
export function signatureBase(
	message: SignedMessage,
	components: readonly string[],
	input: string,
): string {
	const lines = components.map((name) => `"${name}": ${componentOf(message, name)}`);
	return [...lines, `"@signature-params": ${input}`].join('\n');
}

function componentOf(message: SignedMessage, name: string): string {
	if (name === '@method') return message.method;
	if (name === '@path') return message.path;
	// RFC 9421, 2.2.7: a target without a query is signed as a lone question mark.
	if (name === '@query') return message.query === '' ? '?' : message.query;
	if (name === BODY && message.contentDigest !== undefined) return message.contentDigest;
	throw new RangeError(`${name} is not a component that is signed`);
}

/** All that a till adds to a request but the signature itself. */
export function prepareSignature(
	message: SignedMessage,
	parameters: SignatureParameters,
): { base: string; headers: (signatureBase64: string) => Record<string, string> } {
	const input = formatSignatureInput(message, parameters);
	return {
		base: signatureBase(message, componentsOf(message), input),
		headers: (signatureBase64) => ({
			...(message.contentDigest !== undefined && { 'content-digest': message.contentDigest }),
			'signature-input': `${SIGNATURE_LABEL}=${input}`,
			signature: `${SIGNATURE_LABEL}=:${signatureBase64}:`,
		}),
	};
}
