/** The GMAC over a challenge (IEC 62056-5-3, 5.7.4): SC ‖ IC ‖ tag, 17 octets. */
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { type CipherContext, counterOf, initialVector, tagOf } from './cipher.ts';
import { HEADER_OCTETS, SYSTEM_TITLE_OCTETS, TAG_OCTETS } from './suite.ts';

export const GMAC_OCTETS = HEADER_OCTETS + TAG_OCTETS;

/** SC ‖ IC ‖ tag over SC ‖ AK ‖ `challenge`; `control` is 10 | suite. */
export function gmac(
	context: CipherContext,
	control: number,
	counter: number,
	challenge: Uint8Array,
): Uint8Array {
	const iv = initialVector(context.systemTitle, counter);
	return new Writer(GMAC_OCTETS)
		.u8(control)
		.u32(counter)
		.bytes(tagOf(context, iv, control, challenge))
		.finish();
}

/** Whether `value` is what the owner of `context` makes of `challenge` under `control`. */
export function gmacHolds(
	context: CipherContext,
	control: number,
	challenge: Uint8Array,
	value: Uint8Array,
): boolean {
	if (value.length !== GMAC_OCTETS || value[0] !== control) return false;
	// A peer that told no title, or an odd one, has proved nothing.
	if (context.systemTitle.length !== SYSTEM_TITLE_OCTETS) return false;
	return equalBytes(gmac(context, control, counterOf(value), challenge), value);
}
