/**
 * The key file of the software module: vending keys under AES-256-GCM, with a key that scrypt makes from a
 * passphrase. Only the module's own process imports this file.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { KEY_GENERATIONS } from '#lib/core/sts/algorithms.ts';
import { createOnce } from '../create-once.ts';
import { replaceFile } from '../replace-file.ts';
import type { SlotAttributes } from './port.ts';

/** RFC 7914 cost: 32 MiB, about a tenth of a second. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const KEY_OCTETS = 32;
const FORMAT = 'tokenline-software-key-file-1';

export interface StoredKey extends SlotAttributes {
	readonly bytes: Buffer;
}

export interface KeyStore {
	readonly keys: ReadonlyMap<string, StoredKey>;
	/** From which the random field of each token is made, repeatably. */
	readonly rndSecret: Buffer;
}

interface KeyFile {
	readonly format: typeof FORMAT;
	readonly salt: string;
	readonly iv: string;
	readonly tag: string;
	readonly sealed: string;
}

export interface KeyFilePaths {
	readonly keyFile: string;
	readonly passphraseFile: string;
}

/** Makes passphrase and key file with fresh keys, unless they are there. Answers whether it made them. */
export function initialiseKeyFile(paths: KeyFilePaths, slots: readonly SlotAttributes[]): boolean {
	if (existsSync(paths.keyFile)) return false;
	createOnce(paths.passphraseFile, randomBytes(24).toString('base64url'));
	const store = { rndSecret: randomBytes(KEY_OCTETS), keys: makeKeys(slots) };
	return createOnce(paths.keyFile, textOf(store, readPassphrase(paths)));
}

/**
 * Opens the key file, and first adds to it the keys that this release has slots for and the file has not.
 * A key that is there is never replaced.
 * @param exclusively keeps the other processes of this home from doing the same at the same time
 * @throws {Error} as `openKeyFile`
 */
export function openCompleteKeyFile(
	paths: KeyFilePaths,
	slots: readonly SlotAttributes[],
	exclusively: <Result>(work: () => Result) => Result,
): KeyStore {
	const missingIn = ({ keys }: KeyStore) => slots.filter(({ slot }) => !keys.has(slot));
	const found = openKeyFile(paths);
	if (missingIn(found).length === 0) return found;
	return exclusively(() => {
		// Another process may have been first.
		const { rndSecret, keys } = openKeyFile(paths);
		const store = {
			rndSecret,
			keys: new Map([...keys, ...makeKeys(missingIn({ rndSecret, keys }))]),
		};
		replaceFile(paths.keyFile, textOf(store, readPassphrase(paths)));
		return store;
	});
}

/** @throws {Error} when the file or the passphrase is not there, or one is not of the other */
export function openKeyFile(paths: KeyFilePaths): KeyStore {
	const file = JSON.parse(readFileSync(paths.keyFile, 'utf8')) as KeyFile;
	if (file.format !== FORMAT) throw new Error('the key file is of another format');
	const plain = JSON.parse(unseal(file, readPassphrase(paths)).toString()) as {
		rndSecret: string;
		keys: (SlotAttributes & { bytes: string })[];
	};
	return {
		rndSecret: Buffer.from(plain.rndSecret, 'base64'),
		keys: new Map(
			plain.keys.map((key) => [key.slot, { ...key, bytes: Buffer.from(key.bytes, 'base64') }]),
		),
	};
}

function makeKeys(slots: readonly SlotAttributes[]): Map<string, StoredKey> {
	return new Map(slots.map((slot) => [slot.slot, { ...slot, bytes: makeVendingKey(slot) }]));
}

function textOf({ rndSecret, keys }: KeyStore, passphrase: string): string {
	const plain = {
		rndSecret: rndSecret.toString('base64'),
		keys: [...keys.values()].map((key) => ({ ...key, bytes: key.bytes.toString('base64') })),
	};
	return `${JSON.stringify(seal(Buffer.from(JSON.stringify(plain)), passphrase), null, '\t')}\n`;
}

function readPassphrase({ passphraseFile }: KeyFilePaths): string {
	return readFileSync(passphraseFile, 'utf8').trim();
}

function makeVendingKey({ dkga }: SlotAttributes): Buffer {
	const generation = KEY_GENERATIONS[dkga === 2 ? 2 : 4];
	const bytes = randomBytes(generation.vendingKeyOctets);
	return generation.oddParity ? Buffer.from(bytes.map(withOddParity)) : bytes;
}

/** DES keeps the lowest bit of each octet of a key for making the number of ones odd. */
function withOddParity(octet: number): number {
	let ones = 0;
	for (let rest = octet >>> 1; rest > 0; rest >>>= 1) ones += rest & 1;
	return (octet & 0xfe) | (ones % 2 === 0 ? 1 : 0);
}

function seal(plain: Buffer, passphrase: string): KeyFile {
	const salt = randomBytes(16);
	const iv = randomBytes(12);
	const cipher = createCipheriv(
		'aes-256-gcm',
		scryptSync(passphrase, salt, KEY_OCTETS, SCRYPT),
		iv,
	);
	cipher.setAAD(Buffer.from(FORMAT));
	const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
	const text = (bytes: Buffer) => bytes.toString('base64');
	return {
		format: FORMAT,
		salt: text(salt),
		iv: text(iv),
		tag: text(cipher.getAuthTag()),
		sealed: text(sealed),
	};
}

function unseal(file: KeyFile, passphrase: string): Buffer {
	const bytes = (text: string) => Buffer.from(text, 'base64');
	const key = scryptSync(passphrase, bytes(file.salt), KEY_OCTETS, SCRYPT);
	const decipher = createDecipheriv('aes-256-gcm', key, bytes(file.iv));
	decipher.setAAD(Buffer.from(FORMAT));
	decipher.setAuthTag(bytes(file.tag));
	try {
		return Buffer.concat([decipher.update(bytes(file.sealed)), decipher.final()]);
	} catch {
		throw new Error('the passphrase does not open the key file');
	}
}
