/**
 * The keys of this device, made here and kept by the browser as keys, not as octets: no script can read
 * them, ours included. It can use them.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { VaultDatabase } from './tables.ts';
import { webCrypto } from './vault-fault.ts';

const ROW = 'device';

export interface DeviceKeys {
	/** The device's id, UUIDv7. */
	readonly id: string;
	/** ECDSA P-256: signs the journal. */
	readonly signing: CryptoKeyPair;
	/** ECDH P-256: what the backend seals for this device is sealed to this key. */
	readonly agreement: CryptoKeyPair;
	/** AES-256-GCM: the outer of the two layers around a vault's key. */
	readonly secret: CryptoKey;
	readonly createdAtMs: number;
}

export interface DeviceKeysRow extends DeviceKeys {
	readonly name: typeof ROW;
	readonly schema: 1;
}

/** A public key as the backend is told it: RFC 7517, nothing but the point. */
export interface PublicJwk {
	readonly kty: 'EC';
	readonly crv: 'P-256';
	readonly x: string;
	readonly y: string;
}

/** The keys of this device; undefined where none were made, or they were wiped. @throws {StoreFault} */
export async function readDeviceKeys(db: VaultDatabase): Promise<DeviceKeys | undefined> {
	return stored(() => db.deviceKeys.get(ROW));
}

/**
 * The keys of this device, made now if there are none. Two tabs end with the same.
 * @throws {StoreFault} @throws {VaultFault}
 */
export async function ensureDeviceKeys(
	db: VaultDatabase,
	newId: () => string,
	nowMs: number,
): Promise<DeviceKeys> {
	const here = await readDeviceKeys(db);
	if (here) return here;
	const made = await makeDeviceKeys(newId(), nowMs);
	return stored(() =>
		db.transaction('rw', db.deviceKeys, async () => {
			const first = await db.deviceKeys.get(ROW);
			if (first) return first;
			await db.deviceKeys.add(made);
			return made;
		}),
	);
}

async function makeDeviceKeys(id: string, createdAtMs: number): Promise<DeviceKeysRow> {
	const subtle = webCrypto();
	const curve = { namedCurve: 'P-256' };
	const [signing, agreement, secret] = await Promise.all([
		subtle.generateKey({ name: 'ECDSA', ...curve }, false, ['sign', 'verify']),
		subtle.generateKey({ name: 'ECDH', ...curve }, false, ['deriveBits', 'deriveKey']),
		subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
	]);
	return { name: ROW, schema: 1, id, signing, agreement, secret, createdAtMs };
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
