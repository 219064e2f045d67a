/**
 * A vending key: the secret of a supply group and key revision from which all decoder keys of its meters
 * come (sts.md §11.7). Its octets exist in the security module only. No text made here ever tells them.
 */
import { isDkga, KEY_GENERATIONS, type Dkga } from './algorithms.ts';
import { hasOddParity } from './ciphers/des.ts';

/** A vending key's octets with the key generation they are for: 8 octets for DKGA02, 20 for DKGA04. */
export interface VendingKey {
	readonly dkga: Dkga;
	readonly bytes: Uint8Array;
}

/** Why octets are not a vending key, in order of precedence. */
export type VendingKeyRefusal = 'unknown-dkga' | 'vending-key-length' | 'vending-key-parity';

/**
 * The first thing wrong with a vending key, or nothing. Every octet of a DKGA02 key has odd parity; a key
 * without it is refused rather than mended, because two readings of it would give two decoder keys
 * (sts.md §21, point 1).
 */
export function checkVendingKey(key: VendingKey): VendingKeyRefusal | undefined {
	if (!isDkga(key.dkga)) return 'unknown-dkga';
	const generation = KEY_GENERATIONS[key.dkga];
	if (key.bytes.length !== generation.vendingKeyOctets) return 'vending-key-length';
	if (generation.oddParity && !hasOddParity(key.bytes)) return 'vending-key-parity';
	return undefined;
}
