/**
 * One sealed record: AES-256-GCM under the vault's key, bound to whose it is, what it is called, its version
 * and its end, so that a record in another's place, or with another end, does not open.
 */
import { webCrypto } from './vault-fault.ts';

export const SEALED_SCHEMA = 1;
const IV_OCTETS = 12;

/** What is not secret of a record. */
export interface SealedLabel {
	readonly owner: string;
	readonly name: string;
	/** Of the contents' form: the caller's own count. */
	readonly version: number;
	readonly sealedAtMs: number;
	/** Destroyed once this instant of seen time has come; null: kept until it is forgotten. */
	readonly expiresAtMs: number | null;
}

export interface SealedRow extends SealedLabel {
	readonly schema: typeof SEALED_SCHEMA;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly box: Uint8Array<ArrayBuffer>;
}

/** Seals octets; they are the caller's to overwrite. */
export async function sealRecord(
	key: CryptoKey,
	label: SealedLabel,
	octets: Uint8Array<ArrayBuffer>,
): Promise<SealedRow> {
	const iv = crypto.getRandomValues(new Uint8Array(IV_OCTETS));
	const box = await webCrypto().encrypt(gcm(iv, label), key, octets);
	return { ...label, schema: SEALED_SCHEMA, iv, box: new Uint8Array(box) };
}

/** The octets, the caller's to overwrite; undefined: the row is not what was sealed under this key. */
export async function openRecord(
	key: CryptoKey,
	row: SealedRow,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	try {
		return new Uint8Array(await webCrypto().decrypt(gcm(row.iv, row), key, row.box));
	} catch (cause) {
		if (isWrongTag(cause)) return undefined;
		throw cause;
	}
}

/** WebCrypto's only way to say that a tag is wrong. */
export function isWrongTag(cause: unknown): boolean {
	return cause instanceof DOMException && cause.name === 'OperationError';
}

function gcm(iv: Uint8Array<ArrayBuffer>, label: SealedLabel): AesGcmParams {
	const { owner, name, version, sealedAtMs, expiresAtMs } = label;
	const bound = ['tokenline-sealed', SEALED_SCHEMA, owner, name, version, sealedAtMs, expiresAtMs];
	return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(JSON.stringify(bound)) };
}
