/** A signed root: Ed25519 over the canonical JSON of what it says. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import type { AuditRoot } from '#lib/core/sync/wire-audit.ts';
import { createOnce } from '../create-once.ts';
import type { AuditRootRow } from '../database/schema.ts';

type Said = Pick<AuditRoot, 'utilityId' | 'date' | 'sequence' | 'hash' | 'signedAtMs'>;

/** Signs what is said; with it goes the public key. */
export interface RootSigner {
	(said: Said): AuditRoot;
}

/** The key of a home, made with its first use. @param path of a PEM file that only its owner reads */
export function openRootKey(path: string): RootSigner {
	createOnce(path, makeKey());
	return signerOf(readFileSync(path, 'utf8'));
}

export function makeKey(): string {
	const { privateKey } = generateKeyPairSync('ed25519');
	return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function signerOf(pem: string): RootSigner {
	const key = createPrivateKey(pem);
	const { x } = createPublicKey(key).export({ format: 'jwk' });
	if (x === undefined) throw new TypeError('not an Ed25519 key');
	return (said) => ({
		...said,
		publicKey: { kty: 'OKP', crv: 'Ed25519', x },
		signature: sign(null, octetsOf(said), key).toString('base64url'),
	});
}

/** Whether it was signed with the key that it names. Whose key that is, the reader has to know. */
export function isRootSigned({ publicKey, signature, ...said }: AuditRoot): boolean {
	try {
		const key = createPublicKey({ key: publicKey, format: 'jwk' });
		return verify(null, octetsOf(said), key, Buffer.from(signature, 'base64url'));
	} catch {
		return false;
	}
}

export function rootShape(row: AuditRootRow): AuditRoot {
	return {
		utilityId: row.utility_id,
		date: row.date,
		sequence: row.sequence,
		hash: row.hash,
		signedAtMs: row.signed_at_ms,
		publicKey: JSON.parse(row.public_key) as AuditRoot['publicKey'],
		signature: row.signature,
	};
}

function octetsOf({ utilityId, date, sequence, hash, signedAtMs }: Said): Buffer {
	return Buffer.from(canonicalize({ utilityId, date, sequence, hash, signedAtMs }) ?? '');
}
