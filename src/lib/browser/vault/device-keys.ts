/**
 * The keys of one person's device, made here and kept by the browser as keys, not as octets: no script can
 * read them, ours included. It can use them. Two people on one machine have two devices.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { VaultDatabase } from './tables.ts';
import { webCrypto } from './vault-fault.ts';

export interface DeviceKeys {
	/** Whose device it is, as the backend calls them. */
	readonly owner: string;
	/** The device's id, UUIDv7. */
	readonly id: string;
	/** What its owner calls it; it keeps that name. */
	readonly name: string;
	/** ECDSA P-256: signs the journal. */
	readonly signing: CryptoKeyPair;
	/** ECDH P-256: what the backend seals for this device is sealed to this key. */
	readonly agreement: CryptoKeyPair;
	/** AES-256-GCM: the outer of the two layers around a vault's key. */
	readonly secret: CryptoKey;
	readonly createdAtMs: number;
}

export interface DeviceKeysRow extends DeviceKeys {
	readonly schema: 1;
}

/** A public key as the backend is told it: RFC 7517, nothing but the point. */
export interface PublicJwk {
	readonly kty: 'EC';
	readonly crv: 'P-256';
	readonly x: string;
	readonly y: string;
}

/** The keys of a device; undefined where none were made, or they were wiped. @throws {StoreFault} */
export async function readDeviceKeys(
	db: VaultDatabase,
	owner: string,
): Promise<DeviceKeys | undefined> {
	return stored(() => db.deviceKeys.get(owner));
}

/**
 * The keys of a device, made now if there are none. Two tabs end with the same.
 * @throws {StoreFault} @throws {VaultFault}
 */
export async function ensureDeviceKeys(
	db: VaultDatabase,
	{ owner, name }: Pick<DeviceKeys, 'owner' | 'name'>,
	newId: () => string,
	nowMs: number,
): Promise<DeviceKeys> {
	const here = await readDeviceKeys(db, owner);
	if (here) return here;
	const pairs = await makePairs();
	const made: DeviceKeysRow = {
		...{ owner, name, schema: 1, id: newId(), createdAtMs: nowMs },
		...pairs,
		secret: await makeSecret(),
	};
	return stored(() =>
		db.transaction('rw', db.deviceKeys, async () => {
			const first = await db.deviceKeys.get(owner);
			if (first) return first;
			await db.deviceKeys.add(made);
			return made;
		}),
	);
}

/**
 * Another device for the same person: a new id and new pairs of keys. The secret stays, and so the vault.
 * @returns undefined: there was none. @throws {StoreFault} @throws {VaultFault}
 */
export async function renewDeviceKeys(
	db: VaultDatabase,
	owner: string,
	newId: () => string,
	nowMs: number,
): Promise<DeviceKeys | undefined> {
	const pairs = await makePairs();
	return stored(() =>
		db.transaction('rw', db.deviceKeys, async () => {
			const before = await db.deviceKeys.get(owner);
			if (!before) return undefined;
			const next = { ...before, ...pairs, id: newId(), createdAtMs: nowMs };
			await db.deviceKeys.put(next);
			return next;
		}),
	);
}

async function makePairs(): Promise<Pick<DeviceKeys, 'signing' | 'agreement'>> {
	const curve = { namedCurve: 'P-256' };
	const [signing, agreement] = await Promise.all([
		webCrypto().generateKey({ name: 'ECDSA', ...curve }, false, ['sign', 'verify']),
		webCrypto().generateKey({ name: 'ECDH', ...curve }, false, ['deriveBits', 'deriveKey']),
	]);
	return { signing, agreement };
}

function makeSecret(): Promise<CryptoKey> {
	return webCrypto().generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The public halves, to register the device with. */
export async function publicKeysOf({
	signing,
	agreement,
}: DeviceKeys): Promise<{ signing: PublicJwk; agreement: PublicJwk }> {
	return { signing: await publicJwk(signing), agreement: await publicJwk(agreement) };
}

async function publicJwk({ publicKey }: CryptoKeyPair): Promise<PublicJwk> {
	const { x, y } = await webCrypto().exportKey('jwk', publicKey);
	if (x === undefined || y === undefined) throw new TypeError('not a point of P-256');
	return { kty: 'EC', crv: 'P-256', x, y };
}

const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** ECDSA P-256 with SHA-256, r ‖ s: 64 octets. */
export async function signAsDevice(
	{ signing }: DeviceKeys,
	octets: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await webCrypto().sign(ECDSA, signing.privateKey, octets));
}

/** Whether a signature is this device's. */
export async function isSignedByDevice(
	{ signing }: DeviceKeys,
	signature: Uint8Array<ArrayBuffer>,
	octets: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
	return webCrypto().verify(ECDSA, signing.publicKey, signature, octets);
}
