/**
 * Whether two octet strings are the same, in time that depends on their length only, so that a
 * comparison of tags or digests tells an attacker nothing.
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let at = 0; at < a.length; at += 1) difference |= (a[at] as number) ^ (b[at] as number);
	return difference === 0;
}
