/**
 * DLMS secrets at rest: AES-256-GCM under a key of the home, each bound to the meter and generation that it
 * is of, so that a row that was moved or turned back does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const KEY_OCTETS = 32;
const IV_OCTETS = 12;
const TAG_OCTETS = 16;
const TAG = { authTagLength: TAG_OCTETS };

/** Which secret it is. */
export interface SecretPlace {
	readonly utilityId: string;
	readonly drn: string;
	readonly generation: number;
}

export interface SecretSeal {
	/** Base64url: nonce, sealed text, tag. */
	seal(place: SecretPlace, plain: string): string;
	/** Undefined: of another place or another home, or changed. */
	open(place: SecretPlace, sealed: string): string | undefined;
}

/** A new key as its file holds it. */
export function makeSealKey(): string {
	return randomBytes(KEY_OCTETS).toString('base64url');
}

/** @throws {Error} when the file is not a key */
export function openSecretSeal(path: string): SecretSeal {
	return sealUnder(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url'));
}

/** @throws {Error} when it is not 32 octets */
export function sealUnder(key: Uint8Array): SecretSeal {
	if (key.length !== KEY_OCTETS) throw new Error('the key of the DLMS secrets is not 32 octets');
	return {
		seal(place, plain) {
			const iv = randomBytes(IV_OCTETS);
			const cipher = createCipheriv('aes-256-gcm', key, iv, TAG).setAAD(aadOf(place));
			const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
			return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
		},
		open(place, text) {
			const octets = Buffer.from(text, 'base64url');
			if (octets.length < IV_OCTETS + TAG_OCTETS) return undefined;
			const decipher = createDecipheriv('aes-256-gcm', key, octets.subarray(0, IV_OCTETS), TAG)
				.setAAD(aadOf(place))
				.setAuthTag(octets.subarray(-TAG_OCTETS));
			try {
				const plain = decipher.update(octets.subarray(IV_OCTETS, -TAG_OCTETS));
				return Buffer.concat([plain, decipher.final()]).toString('utf8');
			} catch {
				return undefined;
			}
		},
	};
}

function aadOf({ utilityId, drn, generation }: SecretPlace): Buffer {
	return Buffer.from(JSON.stringify(['tokenline dlms secrets', utilityId, drn, generation]));
}
