/**
 * The key by which push services know this backend (VAPID, RFC 8292): ECDSA P-256. The private half lies in
 * the home and is the same on every node; browsers subscribe with the public one, and a new key would end
 * every subscription.
 */
import { createECDH, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importJWK, SignJWT } from 'jose';

export interface PushKey {
	/** The uncompressed point, base64url. */
	readonly publicKey: string;
	/** The header of a request to a push service. @param origin of the push service */
	authorization(origin: string, nowMs: number): Promise<string>;
}

/** Push services take at most a day; a request is sent at once. */
const GOOD_FOR_S = 12 * 60 * 60;

/** A new key as its file holds it: the private scalar, base64url. */
export function makePushKey(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return privateKey.export({ format: 'jwk' }).d ?? '';
}

/** @param contact `mailto:` or `https:`, for a push service's people @throws {Error} when the file is not a key */
export async function openPushKey(path: string, contact: string): Promise<PushKey> {
	return await pushKeyOf(readFileSync(path, 'utf8').trim(), contact);
}

/** @throws {Error} when it is not a key of P-256 */
export async function pushKeyOf(d: string, contact: string): Promise<PushKey> {
	const ecdh = createECDH('prime256v1');
	ecdh.setPrivateKey(Buffer.from(d, 'base64url'));
	const point = ecdh.getPublicKey();
	const [x, y] = [point.subarray(1, 33), point.subarray(33)];
	const jwk = {
		kty: 'EC',
		crv: 'P-256',
		x: x.toString('base64url'),
		y: y.toString('base64url'),
		d,
	};
	const key = await importJWK(jwk, 'ES256');
	const publicKey = point.toString('base64url');
	return {
		publicKey,
		async authorization(origin, nowMs) {
			const token = await new SignJWT({ sub: contact })
				.setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
				.setAudience(origin)
				.setExpirationTime(Math.floor(nowMs / 1_000) + GOOD_FOR_S)
				.sign(key);
			return `vapid t=${token}, k=${publicKey}`;
		},
	};
}
