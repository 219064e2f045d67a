/**
 * Keys on the way: AES key wrap (RFC 3394; IEC 62056-5-3, 5.3.6.2) and the concatenation KDF of key
 * agreement (NIST SP 800-56A; 5.3.6.3).
 */
import { aeskw } from '@noble/ciphers/aes.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { suiteOf, type SuiteId } from './suite.ts';

/** Which key a key transfer carries, and class 64 names. */
export const KEY_IDS = [
	{ id: 0, name: 'global-unicast-encryption' },
	{ id: 1, name: 'global-broadcast-encryption' },
	{ id: 2, name: 'authentication' },
	{ id: 3, name: 'key-encryption' },
] as const;
export type KeyName = (typeof KEY_IDS)[number]['name'];

/** What an agreed key is for, the last octet of its algorithm id. */
export const KEY_ALGORITHMS = [
	{ id: 0, name: 'aes-gcm-128' },
	{ id: 1, name: 'aes-gcm-256' },
	{ id: 2, name: 'aes-wrap-128' },
	{ id: 3, name: 'aes-wrap-256' },
] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number]['name'];

const ALGORITHM_PREFIX = [0x60, 0x85, 0x74, 0x05, 0x08, 0x03];

/** `key` under `kek`: 8 octets longer. @throws {Error} slip: lengths AES cannot take */
export function wrapKey(kek: Uint8Array, key: Uint8Array): Uint8Array {
	return aeskw(kek).encrypt(key);
}

/** The key inside `wrapped`, or undefined where it was not wrapped under `kek`. */
export function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
	// The library refuses by throwing, both the wrong length and the wrong check value.
	try {
		return aeskw(kek).decrypt(wrapped);
	} catch {
		return undefined;
	}
}

/** The seven octets that name what a key is for. */
export function algorithmId(name: KeyAlgorithm): Uint8Array {
	const row = KEY_ALGORITHMS.find((candidate) => candidate.name === name);
	return Uint8Array.of(...ALGORITHM_PREFIX, (row as (typeof KEY_ALGORITHMS)[number]).id);
}

/**
 * H(00000001 ‖ Z ‖ algorithm ‖ party U ‖ party V), whole: SHA-256 gives 32 octets, SHA-384 gives 48.
 * Parties are system titles; for static keys U is longer by the transaction id with its length.
 */
export function concatenationKdf(
	hash: 'sha256' | 'sha384',
	z: Uint8Array,
	algorithm: Uint8Array,
	partyU: Uint8Array,
	partyV: Uint8Array,
): Uint8Array {
	const message = concatBytes(Uint8Array.of(0, 0, 0, 1), z, algorithm, partyU, partyV);
	return hash === 'sha256' ? sha256(message) : sha384(message);
}

/** The agreed encryption key of a suite. @throws {TypeError} slip: suite 0 agrees on no keys */
export function agreedKey(
	suite: SuiteId,
	z: Uint8Array,
	partyU: Uint8Array,
	partyV: Uint8Array,
): Uint8Array {
	const { hash, keyOctets } = suiteOf(suite);
	if (!hash) throw new TypeError('suite 0 has no key agreement');
	const algorithm = algorithmId(keyOctets === 16 ? 'aes-gcm-128' : 'aes-gcm-256');
	return concatenationKdf(hash, z, algorithm, partyU, partyV).slice(0, keyOctets);
}
