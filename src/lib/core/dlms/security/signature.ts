/**
 * ECDSA and ECDH of suites 1 and 2 (IEC 62056-5-3, 5.3.4): P-256 with SHA-256, P-384 with SHA-384.
 * Public keys are X ‖ Y, signatures R ‖ S, without any framing.
 */
import { p256, p384 } from '@noble/curves/nist.js';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { SuiteId } from './suite.ts';

/** The octet that says "uncompressed point", left out in DLMS. */
const UNCOMPRESSED = Uint8Array.of(4);

function curveOf(suite: SuiteId): typeof p256 {
	if (suite === 0) throw new TypeError('suite 0 has no signatures');
	return suite === 1 ? p256 : p384;
}

/** The public key of a private one, X ‖ Y. @throws {TypeError} slip: suite 0 */
export function publicKey(suite: SuiteId, privateKey: Uint8Array): Uint8Array {
	return curveOf(suite).getPublicKey(privateKey, false).slice(1);
}

/** R ‖ S over the hash of `message`; deterministic (RFC 6979). @throws {TypeError} slip: suite 0 */
export function sign(suite: SuiteId, privateKey: Uint8Array, message: Uint8Array): Uint8Array {
	return curveOf(suite).sign(message, privateKey, { lowS: false });
}

/** Whether `signature` is the owner's of `verifyingKey`; a malformed one is not. */
export function signatureHolds(
	suite: SuiteId,
	verifyingKey: Uint8Array,
	message: Uint8Array,
	signature: Uint8Array,
): boolean {
	try {
		return curveOf(suite).verify(signature, message, concatBytes(UNCOMPRESSED, verifyingKey), {
			lowS: false,
		});
	} catch {
		return false;
	}
}

/**
 * The shared secret Z of our private and their public key: the X coordinate.
 * @returns undefined where the public key is not a point of the curve
 */
export function sharedSecret(
	suite: SuiteId,
	privateKey: Uint8Array,
	peerPublicKey: Uint8Array,
): Uint8Array | undefined {
	const curve = curveOf(suite);
	try {
		return curve
			.getSharedSecret(privateKey, concatBytes(UNCOMPRESSED, peerPublicKey), true)
			.slice(1);
	} catch {
		return undefined;
	}
}
