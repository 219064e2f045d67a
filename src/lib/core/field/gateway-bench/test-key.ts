/**
 * The decoder keys of a run: the one that a meter of the public-test estate has by its papers, and the
 * bench's own, to which it is changed for a while. The bench's follows from the meter's, so that a run that
 * broke off can be put right by the next one.
 *
 * Always holds: no key of a real supply group comes here; papers are only ever of the public-test estate.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { parseHex } from '../../bytes/hex.ts';
import { asciiOctets } from '../../dlms/axdr/build.ts';
import { ENCRYPTION_ALGORITHMS, type Ea } from '../../sts/algorithms.ts';
import { type Cipher, prepareCipher } from '../../sts/ciphers/cipher.ts';
import { encodeKeyChange, type NewKey } from '../../sts/key-change.ts';
import { nextKrn } from '../../sts/key-attributes.ts';
import type { KeyType } from '../../sts/key-type.ts';
import type { BaseDate } from '../../sts/tid.ts';

/** A decoder key of the public-test estate with its attributes. */
export interface TestKey {
	readonly ea: Ea;
	/** Supply group code, 6 digits. */
	readonly sgc: string;
	readonly krn: number;
	readonly ti: number;
	readonly kt: KeyType;
	readonly ken: number;
	readonly baseDate: BaseDate;
	/** 16 hexadecimal digits for EA07, 32 for EA11. */
	readonly decoderKeyHex: string;
}

/** Which key is in the meter: its own, or the bench's. */
export type KeyPlace = 'home' | 'away';

const LABEL = asciiOctets('Tokenline gateway bench');
const KEN_NEVER = 255;

export class BenchKeys {
	readonly home: TestKey;
	readonly #octets: Readonly<Record<KeyPlace, Uint8Array>>;
	readonly #ciphers: Readonly<Record<KeyPlace, Cipher>>;
	readonly #foreign: Cipher;

	/** @throws {RangeError} slip: a key of another length than the algorithm's */
	constructor(home: TestKey) {
		this.home = home;
		const octets = parseHex(home.decoderKeyHex);
		const { keyOctets } = ENCRYPTION_ALGORITHMS[home.ea];
		const away = derived(octets, 1, keyOctets);
		this.#octets = { home: octets, away };
		this.#ciphers = { home: prepareCipher(home.ea, octets), away: prepareCipher(home.ea, away) };
		this.#foreign = prepareCipher(home.ea, derived(octets, 2, keyOctets));
	}

	/** The key revision that the meter shows while it has a key. */
	krn(place: KeyPlace): number {
		return place === 'home' ? this.home.krn : nextKrn(this.home.krn);
	}

	cipher(place: KeyPlace): Cipher {
		return this.#ciphers[place];
	}

	/** A key that no meter of this run has. */
	get foreign(): Cipher {
		return this.#foreign;
	}

	/** The attributes of a key of the run; the bench's own may be given others. */
	newKey(place: KeyPlace, changes: Partial<NewKey> = {}): NewKey {
		const { sgc, ti, kt } = this.home;
		const ken = place === 'home' ? this.home.ken : KEN_NEVER;
		const attributes = { sgc, ti, kt, ken, krn: this.krn(place), rollover: false };
		return { decoderKey: this.#octets[place], ...attributes, ...changes };
	}

	/** The tokens of a change to the other key, under the one that is in the meter. */
	change(from: KeyPlace, newKey: NewKey): readonly string[] {
		return encodeKeyChange(newKey, this.#ciphers[from]);
	}
}

function derived(key: Uint8Array, number: number, octets: number): Uint8Array {
	const hash = sha256.create().update(LABEL).update(Uint8Array.of(number)).update(key);
	return hash.digest().slice(0, octets);
}
