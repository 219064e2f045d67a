/** A till's public key: ECDSA P-256 as a JWK. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';

/** Undefined: no point of the curve. */
export function importDeviceKey(jwk: DeviceKey): KeyObject | undefined {
	try {
		return createPublicKey({ key: { ...jwk }, format: 'jwk' });
	} catch {
		return undefined;
	}
}

/** Whether the key signed the text. @param signature r and s, 64 octets */
export function isSignedBy(key: KeyObject, text: string, signature: Uint8Array): boolean {
	return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
