/**
 * What an operator's rows at a till are sealed with: three keys in one record of their vault, made with the
 * PIN. In use they are keys that the browser does not show, and locked there are none.
 */
import { compactDecrypt } from 'jose';
import * as v from 'valibot';
import { SALE_SEAL } from '#lib/core/sync/till-journal.ts';
import type { UnsealRefusal } from '#lib/core/field/keeping.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import { formatBase64url, parseBase64url } from './base64url.ts';
import { isWrongTag } from './sealing.ts';
import { webCrypto } from './vault-fault.ts';
import type { Vault } from './vault.ts';

/** The record in the vault. */
const RECORD = 'till-keys';
const RECORD_VERSION = 1;
/** The form of what `sealHere` seals. */
export const SEALED_HERE_VERSION = 1;
const IV_OCTETS = 12;
const KEY_OCTETS = 32;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

const KeyText = v.pipe(v.string(), v.regex(/^[\w-]+$/));
const Kept = v.strictObject({
	/** PKCS #8, ECDH P-256: opens the answers. */
	inbox: KeyText,
	/** AES-256-GCM: seals the rows. */
	rows: KeyText,
	/** HMAC-SHA-256: by what meters are searched for. */
	tags: KeyText,
});

/** Octets sealed to the operator, with the form of what is inside. */
export interface SealedOctets {
	readonly version: number;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly octets: Uint8Array<ArrayBuffer>;
}

interface Keys {
	readonly inbox: CryptoKey;
	readonly rows: CryptoKey;
	readonly tags: CryptoKey;
}

/**
 * Makes an operator's keys and puts them into their open vault, in the place of any that were there.
 * @returns the public half of the inbox; undefined: the vault is locked. @throws {StoreFault} @throws {VaultFault}
 */
export async function makeOperatorKeys(vault: Vault): Promise<DeviceKey | undefined> {
	const subtle = webCrypto();
	const pair = await subtle.generateKey(CURVE, true, ['deriveBits']);
	const { x = '', y = '' } = await subtle.exportKey('jwk', pair.publicKey);
	const inbox = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
	const [rows, tags] = [randomOctets(KEY_OCTETS), randomOctets(KEY_OCTETS)];
	const kept = {
		inbox: formatBase64url(inbox),
		rows: formatBase64url(rows),
		tags: formatBase64url(tags),
	};
	const octets = new TextEncoder().encode(JSON.stringify(kept));
	try {
		const sealed = await vault.seal(RECORD, RECORD_VERSION, octets, null);
		return sealed ? { kty: 'EC', crv: 'P-256', x, y } : undefined;
	} finally {
		for (const secret of [inbox, rows, tags, octets]) secret.fill(0);
	}
}

/** An operator's keys in use. Everything answers `undefined` while the vault is locked. */
export class OperatorKeys {
	readonly #vault: Vault;
	#keys: Promise<Keys | UnsealRefusal> | undefined;

	constructor(vault: Vault) {
		this.#vault = vault;
		vault.guard({ empty: () => (this.#keys = undefined) });
	}

	/** Why nothing can be sealed or opened; undefined: it can. @throws {StoreFault} */
	async refusal(): Promise<UnsealRefusal | undefined> {
		const keys = await this.#open();
		return typeof keys === 'string' ? keys : undefined;
	}

	/** Seals a value, bound to what it is part of. @param place such as `sale/…` */
	async seal(place: string, value: unknown): Promise<SealedOctets | undefined> {
		const keys = await this.#inHand();
		if (!keys) return undefined;
		const iv = randomOctets(IV_OCTETS);
		const plain = new TextEncoder().encode(JSON.stringify(value));
		const box = await webCrypto().encrypt(gcm(iv, SEALED_HERE_VERSION, place), keys.rows, plain);
		plain.fill(0);
		return { version: SEALED_HERE_VERSION, iv, octets: new Uint8Array(box) };
	}

	/** What was sealed at this place; undefined: locked, another's, or damaged. */
	async open(place: string, { version, iv, octets }: SealedOctets): Promise<unknown> {
		const keys = await this.#inHand();
		if (!keys) return undefined;
		try {
			const plain = await webCrypto().decrypt(gcm(iv, version, place), keys.rows, octets);
			return JSON.parse(new TextDecoder().decode(plain)) as unknown;
		} catch (cause) {
			if (isWrongTag(cause)) return undefined;
			throw cause;
		}
	}

	/** By what a meter is searched for, base64url. */
	async tag(drn: string): Promise<string | undefined> {
		const keys = await this.#inHand();
		if (!keys) return undefined;
		const octets = await webCrypto().sign('HMAC', keys.tags, new TextEncoder().encode(drn));
		return formatBase64url(new Uint8Array(octets));
	}

	/** What the backend sealed to this operator's inbox, as text; undefined: locked, or not for them. */
	async openAnswer(jwe: string): Promise<string | undefined> {
		const keys = await this.#inHand();
		return keys && openJwe(jwe, keys.inbox);
	}

	async #inHand(): Promise<Keys | undefined> {
		const keys = await this.#open();
		return typeof keys === 'string' ? undefined : keys;
	}

	#open(): Promise<Keys | UnsealRefusal> {
		if (!this.#vault.isOpen()) return Promise.resolve('locked');
		if (this.#keys) return this.#keys;
		const opening = this.#unseal();
		this.#keys = opening;
		// What did not open is looked at again the next time.
		const forget = () => {
			if (this.#keys === opening) this.#keys = undefined;
		};
		opening.then((keys) => typeof keys === 'string' && forget(), forget);
		return opening;
	}

	async #unseal(): Promise<Keys | UnsealRefusal> {
		const unsealed = await this.#vault.unseal(RECORD);
		if ('refused' in unsealed) return unsealed.refused;
		if (unsealed.version > RECORD_VERSION) return 'newer-version';
		const kept = v.safeParse(Kept, JSON.parse(new TextDecoder().decode(unsealed.octets)));
		unsealed.octets.fill(0);
		if (!kept.success) return 'damaged';
		const keys = await importKeys(kept.output);
		return this.#vault.isOpen() ? keys : 'locked';
	}
}

/** A JWE of the till's one form, as text; undefined: it does not open with this key. */
export async function openJwe(jwe: string, key: CryptoKey): Promise<string | undefined> {
	try {
		const { plaintext } = await compactDecrypt(jwe, key, {
			keyManagementAlgorithms: [SALE_SEAL.alg],
			contentEncryptionAlgorithms: [SALE_SEAL.enc],
		});
		const text = new TextDecoder().decode(plaintext);
		plaintext.fill(0);
		return text;
	} catch {
		return undefined;
	}
}

async function importKeys({ inbox, rows, tags }: v.InferOutput<typeof Kept>): Promise<Keys> {
	const subtle = webCrypto();
	const hmac = { name: 'HMAC', hash: 'SHA-256' };
	const [inboxKey, rowsKey, tagsKey] = await Promise.all([
		subtle.importKey('pkcs8', parseBase64url(inbox), CURVE, false, ['deriveBits']),
		subtle.importKey('raw', parseBase64url(rows), 'AES-GCM', false, ['encrypt', 'decrypt']),
		subtle.importKey('raw', parseBase64url(tags), hmac, false, ['sign']),
	]);
	return { inbox: inboxKey, rows: rowsKey, tags: tagsKey };
}

function gcm(iv: Uint8Array<ArrayBuffer>, version: number, place: string): AesGcmParams {
	const bound = new TextEncoder().encode(JSON.stringify(['tokenline-till', version, place]));
	return { name: 'AES-GCM', iv, additionalData: bound };
}

const randomOctets = (count: number) => crypto.getRandomValues(new Uint8Array(count));
