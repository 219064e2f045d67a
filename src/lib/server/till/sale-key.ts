/**
 * The key that tills seal their sales to, and the seal of what goes back: JWE compact (RFC 7516), ECDH-ES over
 * P-256, AES-256-GCM. The private half lies in the home and is the same on every node.
 */
import { createECDH, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import { SALE_SEAL } from '#lib/core/sync/till-journal.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';

export interface SaleKey {
	readonly publicKey: DeviceKey;
	/** Undefined: sealed to another key or otherwise, or changed. */
	unseal(sealed: string): Promise<string | undefined>;
}

/** A new key as its file holds it: the private scalar, base64url. */
export function makeSaleKey(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return privateKey.export({ format: 'jwk' }).d ?? '';
}

/** @throws {Error} when the file is not a key */
export async function openSaleKey(path: string): Promise<SaleKey> {
	return await saleKeyOf(readFileSync(path, 'utf8').trim());
}

/** @throws {Error} when it is not a key of P-256 */
export async function saleKeyOf(d: string): Promise<SaleKey> {
	const ecdh = createECDH('prime256v1');
	ecdh.setPrivateKey(Buffer.from(d, 'base64url'));
	const point = ecdh.getPublicKey();
	const publicKey: DeviceKey = {
		...{ kty: 'EC', crv: 'P-256' },
		x: point.subarray(1, 33).toString('base64url'),
		y: point.subarray(33).toString('base64url'),
	};
	const key = await importJWK({ ...publicKey, d }, SALE_SEAL.alg);
	const only = {
		keyManagementAlgorithms: [SALE_SEAL.alg],
		contentEncryptionAlgorithms: [SALE_SEAL.enc],
	};
	return {
		publicKey,
		async unseal(sealed) {
			try {
				const { plaintext } = await compactDecrypt(sealed, key, only);
				return new TextDecoder().decode(plaintext);
			} catch {
				return undefined;
			}
		},
	};
}

/** @throws {Error} slip: no key of P-256 */
export async function sealTo(to: DeviceKey, text: string): Promise<string> {
	return await new CompactEncrypt(Buffer.from(text))
		.setProtectedHeader({ ...SALE_SEAL })
		.encrypt(await importJWK({ ...to }, SALE_SEAL.alg));
}
