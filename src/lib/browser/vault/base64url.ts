/** Octets as text without padding, RFC 4648, 5. */

export function formatBase64url(octets: Uint8Array): string {
	let binary = '';
	for (const octet of octets) binary += String.fromCharCode(octet);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws {TypeError} slip: not such text */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> {
	if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new TypeError('not base64url');
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
