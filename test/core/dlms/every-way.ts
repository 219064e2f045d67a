/**
 * The four ways every decoder is fed: whole, cut at every octet, with octets after the end, and with
 * every octet spoiled. Only a value or a `Breach` may come out.
 */
import { expect } from 'vitest';
import { Breach } from '#lib/core/bytes/breach.ts';

/** Whether `decode` refuses `octets` as a breach; anything else thrown fails the test. */
export function breaches(decode: (octets: Uint8Array) => unknown, octets: Uint8Array): boolean {
	try {
		decode(octets);
		return false;
	} catch (error) {
		expect(error).toBeInstanceOf(Breach);
		return true;
	}
}

/** Feeds `octets` in the four ways; `whole` says that no shorter or longer run may be accepted. */
export function expectSturdy(
	decode: (octets: Uint8Array) => unknown,
	octets: Uint8Array,
	whole = true,
): void {
	expect(breaches(decode, octets)).toBe(false);
	for (let length = 0; length < octets.length; length += 1) {
		const refused = breaches(decode, octets.subarray(0, length));
		if (whole) expect(refused, `cut to ${length} octets`).toBe(true);
	}
	const longer = new Uint8Array(octets.length + 1);
	longer.set(octets);
	if (whole) expect(breaches(decode, longer), 'with a trailing octet').toBe(true);
	else breaches(decode, longer);
	for (let at = 0; at < octets.length; at += 1) {
		for (const flip of [0x01, 0x80, 0xff]) {
			const spoiled = octets.slice();
			spoiled[at] = (spoiled[at] as number) ^ flip;
			breaches(decode, spoiled);
		}
	}
}

/** Octets whose `slice` is a view of the same memory, as that of a socket's buffer is. */
class ViewSlicing extends Uint8Array<ArrayBuffer> {
	override slice(from?: number, to?: number): Uint8Array<ArrayBuffer> {
		return this.subarray(from, to);
	}
}

/** A copy of `octets` in a buffer that slices into views. */
export function viewSlicing(octets: Uint8Array): Uint8Array<ArrayBuffer> {
	return new ViewSlicing(new Uint8Array(octets).buffer);
}
