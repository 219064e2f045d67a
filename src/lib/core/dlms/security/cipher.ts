/**
 * Ciphering one payload with AES-GCM (IEC 62056-5-3, 5.3.5; NIST SP 800-38D).
 *
 * The octets are SC ‖ IC ‖ payload ‖ tag. IV = system title of the sender ‖ IC. Additional data:
 * authenticated only SC ‖ AK ‖ plaintext; encrypted only none; both SC ‖ AK. Whatever else the APDU
 * binds (the header of general-ciphering) follows AK.
 *
 * Always holds: a payload whose tag is wrong is never given out, not even in part.
 */
import { ctr, gcm } from '@noble/ciphers/aes.js';
import { Breach } from '#lib/core/bytes/breach.ts';
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { concatBytes, Writer } from '#lib/core/bytes/writer.ts';
import {
	decodeSecurityControl,
	expectSystemTitle,
	HEADER_OCTETS,
	MAX_COUNTER,
	type SecurityControl,
	TAG_OCTETS,
} from './suite.ts';

const NOTHING = new Uint8Array();
const GCM_TAG_OCTETS = 16;

/** What the sender of a payload ciphers with. */
export interface CipherContext {
	/** The encryption key: 16 octets in suites 0 and 1, 32 in suite 2. */
	readonly key: Uint8Array;
	/** The authentication key, as long as `key`. */
	readonly authenticationKey: Uint8Array;
	/** 8 octets, of the sender. */
	readonly systemTitle: Uint8Array;
	/** What the APDU binds beside the payload; usually nothing. */
	readonly bound?: Uint8Array;
}

/** Why a payload stays closed. */
export type CipherRefusal = 'wrong-tag' | 'no-protection' | 'compressed';

export interface Opened {
	readonly control: SecurityControl;
	readonly counter: number;
	readonly plaintext: Uint8Array;
}

/**
 * Ciphers `plaintext`; `control` is a security control octet, `counter` 0 … 2³² − 1.
 * @throws {RangeError} slip: a counter or system title out of range, or a control that protects nothing
 */
export function cipherPayload(
	context: CipherContext,
	control: number,
	counter: number,
	plaintext: Uint8Array,
): Uint8Array {
	const { authenticated, encrypted, compressed } = decodeSecurityControl(control);
	if (compressed || !(authenticated || encrypted))
		throw new RangeError('a security control that cannot be sent');
	const iv = initialVector(context.systemTitle, counter);
	const out = new Writer(HEADER_OCTETS + plaintext.length + TAG_OCTETS).u8(control).u32(counter);
	if (!authenticated) return out.bytes(keyStream(context.key, iv, plaintext)).finish();
	if (!encrypted)
		return out
			.bytes(plaintext)
			.bytes(tagOf(context, iv, control, plaintext))
			.finish();
	const sealed = gcm(context.key, iv, additionalData(context, control)).encrypt(plaintext);
	return out.bytes(sealed.subarray(0, plaintext.length + TAG_OCTETS)).finish();
}

/**
 * Opens SC ‖ IC ‖ payload ‖ tag.
 * @returns the plaintext, or why there is none
 * @throws {Breach} `payload-too-short`
 */
export function openPayload(
	context: CipherContext,
	content: Uint8Array,
): Opened | { readonly refused: CipherRefusal } {
	const control = content[0] as number;
	const flags = decodeSecurityControl(content.length > 0 ? control : 0);
	const overhead = HEADER_OCTETS + (flags.authenticated ? TAG_OCTETS : 0);
	if (content.length < overhead)
		throw new Breach('payload-too-short', content.length, 'IEC 62056-5-3, 5.3.5');
	if (flags.compressed) return { refused: 'compressed' };
	if (!flags.authenticated && !flags.encrypted) return { refused: 'no-protection' };
	const counter = counterOf(content);
	const iv = initialVector(context.systemTitle, counter);
	const body = content.subarray(HEADER_OCTETS, content.length - overhead + HEADER_OCTETS);
	const tag = content.subarray(HEADER_OCTETS + body.length);
	const plaintext = flags.encrypted ? keyStream(context.key, iv, body) : body.slice();
	if (flags.authenticated && !equalBytes(expectedTag(context, iv, control, plaintext), tag))
		return { refused: 'wrong-tag' };
	return { control: flags, counter, plaintext };
}

/** The invocation counter of SC ‖ IC ‖ …. @throws {Breach} `payload-too-short` */
export function counterOf(content: Uint8Array): number {
	if (content.length < HEADER_OCTETS)
		throw new Breach('payload-too-short', content.length, 'IEC 62056-5-3, 5.3.5');
	return new DataView(content.buffer, content.byteOffset + 1, 4).getUint32(0);
}

/** The tag over additional data alone, 12 octets: GMAC, and messages that are only authenticated. */
export function tagOf(
	context: CipherContext,
	iv: Uint8Array,
	control: number,
	plaintext: Uint8Array,
): Uint8Array {
	const data = concatBytes(additionalData(context, control), plaintext);
	return gcm(context.key, iv, data).encrypt(NOTHING).subarray(0, TAG_OCTETS);
}

function expectedTag(
	context: CipherContext,
	iv: Uint8Array,
	control: number,
	plaintext: Uint8Array,
): Uint8Array {
	if (!decodeSecurityControl(control).encrypted) return tagOf(context, iv, control, plaintext);
	// The library only opens whole tags of 16 octets; ours are cut, so the tag is made again.
	const sealed = gcm(context.key, iv, additionalData(context, control)).encrypt(plaintext);
	return sealed.subarray(-GCM_TAG_OCTETS).subarray(0, TAG_OCTETS);
}

function additionalData(context: CipherContext, control: number): Uint8Array {
	return concatBytes(Uint8Array.of(control), context.authenticationKey, context.bound ?? NOTHING);
}

/** AES-GCM's own counter mode: the block after the one that masks the tag is number 2. */
function keyStream(key: Uint8Array, iv: Uint8Array, octets: Uint8Array): Uint8Array {
	return ctr(key, concatBytes(iv, Uint8Array.of(0, 0, 0, 2))).encrypt(octets);
}

/**
 * System title ‖ IC, 12 octets.
 * @throws {RangeError} slip: a title that is not 8 octets, a counter outside 32 bits
 */
export function initialVector(systemTitle: Uint8Array, counter: number): Uint8Array {
	expectSystemTitle(systemTitle);
	if (!Number.isInteger(counter) || counter < 0 || counter > MAX_COUNTER)
		throw new RangeError('an invocation counter outside 32 bits');
	return new Writer(12).bytes(systemTitle).u32(counter).finish();
}
