/**
 * The key of a vault and the two layers around it.
 *
 * Inside, AES-256-GCM under a key that scrypt makes from the PIN. Outside, AES-256-GCM under the device's
 * secret, which the browser never shows. Who has a copy of the rows without the device's keys has nothing to
 * guess at; who has both guesses at scrypt's price. The outer layer also binds everything that the row says
 * in clear, so that a damaged row is known for one before a PIN is looked at: what fails after that is the PIN.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import {
	checkPolicy,
	NO_ATTEMPTS,
	type AttemptPolicy,
	type Attempts,
} from '#lib/core/field/pin-attempts.ts';
import { normalizePin } from '#lib/core/field/pin.ts';
import type { DeviceKeys } from './device-keys.ts';
import { isWrongTag } from './sealing.ts';
import { SALT_OCTETS, type Stretch, type StretchCost } from './stretch.ts';
import { webCrypto } from './vault-fault.ts';

export const VAULT_SCHEMA = 1;
const IV_OCTETS = 12;
const AES = 'AES-GCM';

/** What the outer layer binds. */
interface VaultTerms extends AttemptPolicy {
	readonly owner: string;
	readonly schema: typeof VAULT_SCHEMA;
	readonly cost: StretchCost;
	readonly salt: Uint8Array<ArrayBuffer>;
}

export interface VaultRow extends VaultTerms, Attempts {
	readonly iv: Uint8Array<ArrayBuffer>;
	/** Device layer ( IV of the PIN layer ‖ PIN layer ( the key ) ). */
	readonly box: Uint8Array<ArrayBuffer>;
	readonly createdAtMs: number;
	/** Of the last change of the PIN. */
	readonly changedAtMs: number;
}

/** What a PIN is wrapped with. */
export interface WrapPorts {
	readonly secret: DeviceKeys['secret'];
	readonly stretch: Stretch;
	readonly cost: StretchCost;
}

/** A new key; extractable, because it is to be wrapped. */
export function makeVaultKey(): Promise<CryptoKey> {
	return webCrypto().generateKey({ name: AES, length: 256 }, true, ['encrypt', 'decrypt']);
}

/** A key behind a PIN. */
export interface Wrapped {
	readonly row: VaultTerms & Attempts & Pick<VaultRow, 'iv' | 'box'>;
	/** The same key in the form that cannot be shown. */
	readonly key: CryptoKey;
}

/** Puts a key behind a PIN. @param key extractable; not to be kept */
export async function wrapVaultKey(
	key: CryptoKey,
	pin: string,
	{ owner, destroyAfter }: { owner: string } & AttemptPolicy,
	{ secret, stretch, cost }: WrapPorts,
): Promise<Wrapped> {
	const subtle = webCrypto();
	const salt = randomOctets(SALT_OCTETS);
	const terms: VaultTerms = { owner, schema: VAULT_SCHEMA, destroyAfter, cost, salt };
	checkPolicy(terms);
	const inner = randomOctets(IV_OCTETS);
	const pinKey = await stretchToKey(pin, terms, stretch);
	const wrapped = new Uint8Array(
		await subtle.wrapKey('raw', key, pinKey, { name: AES, iv: inner }),
	);
	const iv = randomOctets(IV_OCTETS);
	const both = new Uint8Array([...inner, ...wrapped]);
	const box = new Uint8Array(await subtle.encrypt(outer(iv, terms), secret, both));
	const row = { ...terms, ...NO_ATTEMPTS, iv, box };
	return { row, key: await unwrap(wrapped, inner, pinKey, false) };
}

/** The PIN layer, out of the device layer; undefined: the row is not what was written on this device. */
export async function openDeviceLayer(
	row: VaultRow,
	secret: CryptoKey,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	try {
		return new Uint8Array(await webCrypto().decrypt(outer(row.iv, row), secret, row.box));
	} catch (cause) {
		if (isWrongTag(cause)) return undefined;
		throw cause;
	}
}

/**
 * The vault's key; undefined: the PIN is wrong.
 * @param extractable only to wrap it anew
 */
export async function openPinLayer(
	layer: Uint8Array<ArrayBuffer>,
	pin: string,
	row: VaultRow,
	stretch: Stretch,
	extractable = false,
): Promise<CryptoKey | undefined> {
	const pinKey = await stretchToKey(pin, row, stretch);
	try {
		return await unwrap(layer.slice(IV_OCTETS), layer.slice(0, IV_OCTETS), pinKey, extractable);
	} catch (cause) {
		if (isWrongTag(cause)) return undefined;
		throw cause;
	}
}

function unwrap(
	wrapped: Uint8Array<ArrayBuffer>,
	iv: Uint8Array<ArrayBuffer>,
	pinKey: CryptoKey,
	extractable: boolean,
): Promise<CryptoKey> {
	const how = { name: AES, iv };
	const uses: KeyUsage[] = ['encrypt', 'decrypt'];
	return webCrypto().unwrapKey('raw', wrapped, pinKey, how, AES, extractable, uses);
}

async function stretchToKey(
	pin: string,
	{ salt, cost }: VaultTerms,
	stretch: Stretch,
): Promise<CryptoKey> {
	const typed = new TextEncoder().encode(normalizePin(pin));
	const octets = await stretch(typed, salt, cost);
	try {
		return await webCrypto().importKey('raw', octets, AES, false, ['wrapKey', 'unwrapKey']);
	} finally {
		octets.fill(0);
	}
}

function outer(iv: Uint8Array<ArrayBuffer>, terms: VaultTerms): AesGcmParams {
	const { owner, schema, destroyAfter, cost, salt } = terms;
	const { N, r, p } = cost;
	const bound = ['tokenline-vault', schema, owner, destroyAfter, N, r, p, formatHex(salt)];
	return { name: AES, iv, additionalData: new TextEncoder().encode(JSON.stringify(bound)) };
}

const randomOctets = (count: number) => crypto.getRandomValues(new Uint8Array(count));
