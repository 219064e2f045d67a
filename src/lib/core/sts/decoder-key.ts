/**
 * Decoder key generation: from a vending key and the attributes of one meter to the key that its tokens
 * are encrypted with (IEC 62055-41 6.5.3, sts.md §11). DKGA02 is DES with feed-forward, DKGA04 the
 * leading octets of HMAC-SHA-256 over counted, length-prefixed fields. Runs in the security module.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { parseHex } from '../bytes/hex.ts';
import { ENCRYPTION_ALGORITHMS, KEY_GENERATIONS } from './algorithms.ts';
import { desEncrypt } from './ciphers/des.ts';
import {
	checkKeyAttributes,
	type KeyAttributes,
	type KeyAttributesRefusal,
} from './key-attributes.ts';
import { COMMON_PAN } from './meter-pan.ts';
import type { KeyType } from './key-type.ts';
import { checkVendingKey, type VendingKey, type VendingKeyRefusal } from './vending-key.ts';

/** Why no decoder key can be made, in order of precedence. */
export type DecoderKeyRefusal = VendingKeyRefusal | KeyAttributesRefusal | 'ea-needs-other-dkga';

const COMMON_KEY_TYPE = 3;

/**
 * The PANBlock, 16 hex digits: the last digits of the issuer, then the DRN, without check digit of the
 * PAN (sts.md §11.1). For a common key the DRN's digits are zeros.
 */
export function formatPanBlock(iin: string, drn: string, kt: KeyType): string {
	const drnDigits = iin.length === 6 ? 11 : 13;
	const meter = kt === COMMON_KEY_TYPE ? '0'.repeat(drnDigits) : drn;
	return (iin.slice(1) + meter).slice(-16);
}

/** The CONTROLBlock, 16 hex digits: key type, supply group, tariff index, key revision, filler (sts.md §11.2). */
export function formatControlBlock(
	attributes: Pick<KeyAttributes, 'kt' | 'sgc' | 'ti' | 'krn'>,
): string {
	const { kt, sgc, ti, krn } = attributes;
	return `${kt}${sgc}${String(ti).padStart(2, '0')}${krn}ffffff`;
}

/** The PAN a key is generated for: a common key has one stand-in for all its meters (sts.md §21, point 3). */
function panOf(attributes: KeyAttributes): string {
	return attributes.kt === COMMON_KEY_TYPE ? COMMON_PAN : attributes.pan;
}

/** DKGA02: DES of PANBlock ⊕ CONTROLBlock, with data and key fed forward (sts.md §11.3). */
function deriveByDes(vendingKey: Uint8Array, attributes: KeyAttributes): Uint8Array {
	// Digits 2 to 17 of the PAN are its PANBlock, whichever issuer it has (sts.md §11.1).
	const panBlock = parseHex(panOf(attributes).slice(1, 17));
	const controlBlock = parseHex(formatControlBlock(attributes));
	const mixed = panBlock.map((octet, at) => octet ^ (controlBlock[at] as number));
	return desEncrypt(vendingKey, mixed).map(
		(octet, at) => octet ^ (mixed[at] as number) ^ (vendingKey[at] as number),
	);
}

/** The message of DKGA04: two counted groups of length-prefixed ASCII fields, then the length wanted, in bits. */
export function keyDerivationMessage(attributes: KeyAttributes): Uint8Array {
	const { code, keyOctets } = ENCRYPTION_ALGORITHMS[attributes.ea];
	const field = (text: string) => [text.length, ...Array.from(text, (c) => c.charCodeAt(0))];
	return Uint8Array.from([
		4,
		...field(KEY_GENERATIONS[4].code),
		...field(String(attributes.baseDate % 100)),
		...field(code),
		...field(String(attributes.ti).padStart(2, '0')),
		0,
		4,
		...field(attributes.sgc),
		...field(String(attributes.kt)),
		...field(String(attributes.krn)),
		...field(panOf(attributes)),
		...[0, 0, 0, keyOctets * 8],
	]);
}

/** DKGA04: the leading octets of the HMAC, as many as the cipher takes (sts.md §11.6). */
function deriveByHmac(vendingKey: Uint8Array, attributes: KeyAttributes): Uint8Array {
	const digest = hmac(sha256, vendingKey, keyDerivationMessage(attributes));
	return digest.slice(0, ENCRYPTION_ALGORITHMS[attributes.ea].keyOctets);
}

/**
 * The decoder key of one meter: 8 octets for EA07, 16 for EA11. Key material is never part of a refusal.
 */
export function deriveDecoderKey(
	vendingKey: VendingKey,
	attributes: KeyAttributes,
): { decoderKey: Uint8Array } | { refusal: DecoderKeyRefusal } {
	const refusal = checkVendingKey(vendingKey) ?? checkKeyAttributes(attributes);
	if (refusal) return { refusal };
	if (!KEY_GENERATIONS[vendingKey.dkga].algorithms.includes(attributes.ea))
		return { refusal: 'ea-needs-other-dkga' };
	const derive = vendingKey.dkga === 2 ? deriveByDes : deriveByHmac;
	return { decoderKey: derive(vendingKey.bytes, attributes) };
}
