/** Hexadecimal text ↔ octets. Lower case on the way out, either case on the way in. */

const DIGITS = /^(?:[0-9a-fA-F]{2})*$/;

const OCTET_TEXT: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
	octet.toString(16).padStart(2, '0'),
);

/** Octets as lower-case hex without separators. */
export function formatHex(bytes: Uint8Array): string {
	let text = '';
	for (const octet of bytes) text += OCTET_TEXT[octet];
	return text;
}

/**
 * Hex text as octets; white space between octets is allowed.
 * @throws {TypeError} slip: an odd number of digits or a character that is not one
 */
export function parseHex(text: string): Uint8Array {
	const digits = text.replace(/\s+/g, '');
	if (!DIGITS.test(digits))
		throw new TypeError('not hexadecimal: whole octets of 0-9, a-f expected');
	const bytes = new Uint8Array(digits.length / 2);
	for (let at = 0; at < bytes.length; at += 1)
		bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
	return bytes;
}
