/**
 * Key-change tokens: a new decoder key, cut into sections and encrypted under the present one (IEC
 * 62055-41 6.2.7–6.2.10, sts.md §12). A 64-bit key takes two tokens, or three when the supply group is to
 * be carried too; a 128-bit key always takes four. They carry neither TID nor RND, so the same set made
 * again is the same digits.
 */
import { ENCRYPTION_ALGORITHMS } from './algorithms.ts';
import { readWord, writeWord } from './block.ts';
import type { Cipher } from './ciphers/cipher.ts';
import { encodeToken, type TokenWish } from './encode.ts';
import type { KeyAttributes } from './key-attributes.ts';
import {
	isKeyTypeChangePermitted,
	PERMITTED_KEY_TYPE_CHANGES,
	type KeyType,
	type KeyTypeChanges,
} from './key-type.ts';
import type { FieldsOf } from './subclasses.ts';
import { decideTid, type TidRefusal } from './tid.ts';

/** The key that a set of key-change tokens brings. */
export interface NewKey {
	/** 8 octets for EA07, 16 for EA11. */
	readonly decoderKey: Uint8Array;
	/** Key expiry number, 0 … 255. */
	readonly ken: number;
	readonly krn: number;
	readonly kt: KeyType;
	readonly ti: number;
	/** Supply group code, 6 digits; nothing when the set did not carry it (a set of two). */
	readonly sgc: string | undefined;
	/** Whether the meter is to forget the TIDs it has taken: the base date moves on. */
	readonly rollover: boolean;
}

/** The key now in the meter, or the one to come, as the till knows it. */
export type KeyState = KeyAttributes & { readonly ken: number };

/** Why a key change cannot be issued, in order of precedence. */
export type KeyChangeRefusal =
	'other-meter' | 'other-ea' | 'key-type-change' | 'rollover-needs-new-key' | TidRefusal;

/** Whether the new key has a later base date, which the set must tell the meter. */
export function isRollover(from: KeyAttributes, to: KeyAttributes): boolean {
	return to.baseDate > from.baseDate;
}

/**
 * Whether a key change may be issued now. The new key must be able to issue tokens at once; the present
 * one may have expired, for that is how such meters are rescued (sts.md §6.9).
 */
export function decideKeyChange(
	from: KeyState,
	to: KeyState,
	instantMs: number,
	changes: KeyTypeChanges = PERMITTED_KEY_TYPE_CHANGES,
): { rollover: boolean } | { refusal: KeyChangeRefusal } {
	if (from.pan !== to.pan) return { refusal: 'other-meter' };
	if (from.ea !== to.ea) return { refusal: 'other-ea' };
	if (!isKeyTypeChangePermitted(from.kt, to.kt, changes)) return { refusal: 'key-type-change' };
	const rollover = isRollover(from, to);
	// Under the same vending key, old tokens would become playable again (sts.md §12.7).
	if (rollover && from.sgc === to.sgc && from.krn === to.krn)
		return { refusal: 'rollover-needs-new-key' };
	const first = decideTid({ instantMs, baseDate: to.baseDate, ken: to.ken });
	return 'refusal' in first ? first : { rollover };
}

function section(subclass: number, fields: TokenWish['fields']): TokenWish {
	return { classNumber: 2, subclass, fields };
}

function firstSection(newKey: NewKey, threeTokens: 0 | 1): FieldsOf<'firstSection'> {
	const { ken, krn, kt, rollover, decoderKey } = newKey;
	return {
		kenHigh: ken >>> 4,
		krn,
		rollover: rollover ? 1 : 0,
		threeTokens,
		kt,
		keyPart: readWord(decoderKey, 0),
	};
}

function secondSection({ ken, ti, decoderKey }: NewKey): FieldsOf<'secondSection'> {
	return { kenLow: ken & 15, ti, keyPart: readWord(decoderKey, decoderKey.length - 4) };
}

/**
 * The sections of a new key in the order in which they are issued: two or three for 8 octets, four for 16.
 * A set of three or four carries the supply group.
 * @throws {RangeError} slip: a key of another length, or four sections without a supply group
 */
export function keyChangeSections(newKey: NewKey): readonly TokenWish[] {
	const { decoderKey } = newKey;
	const sgc = newKey.sgc === undefined ? undefined : Number(newKey.sgc);
	if (decoderKey.length === 8) {
		const three = sgc === undefined ? [] : [section(8, { sgc, pad: 0 })];
		return [
			section(3, firstSection(newKey, three.length === 0 ? 0 : 1)),
			section(4, secondSection(newKey)),
			...three,
		];
	}
	if (decoderKey.length !== 16) throw new RangeError('a decoder key has 8 or 16 octets');
	if (sgc === undefined) throw new RangeError('a set of four carries the supply group code');
	return [
		section(3, firstSection(newKey, 0)),
		section(4, secondSection(newKey)),
		section(8, { sgcLow: sgc & 0xfff, keyPart: readWord(decoderKey, 4) }),
		section(9, { sgcHigh: sgc >>> 12, keyPart: readWord(decoderKey, 8) }),
	];
}

/**
 * A set of key-change tokens, first section first.
 * @param present the key that is in the meter now
 * @throws {RangeError} slip: a new key of another length than the meter's cipher takes
 */
export function encodeKeyChange(newKey: NewKey, present: Cipher): readonly string[] {
	if (newKey.decoderKey.length !== ENCRYPTION_ALGORITHMS[present.ea].keyOctets)
		throw new RangeError('a meter keeps its encryption algorithm and key length');
	return keyChangeSections(newKey).map((wish) => encodeToken(wish, present));
}

/** The sections of a set, each under the number of its token, as a meter gathers them. */
export interface GatheredSections {
	readonly first?: FieldsOf<'firstSection'>;
	readonly second?: FieldsOf<'secondSection'>;
	readonly thirdOf64?: FieldsOf<'thirdSectionOf64'>;
	readonly thirdOf128?: FieldsOf<'thirdSectionOf128'>;
	readonly fourthOf128?: FieldsOf<'fourthSectionOf128'>;
}

function joinWords(words: readonly number[]): Uint8Array {
	const bytes = new Uint8Array(words.length * 4);
	words.forEach((word, at) => writeWord(bytes, at * 4, word));
	return bytes;
}

const formatSgc = (sgc: number) => String(sgc).padStart(6, '0');

/** The key that gathered sections make, or nothing while one is missing (sts.md §12.3). */
export function assembleNewKey(sections: GatheredSections, keyOctets: 8 | 16): NewKey | undefined {
	const { first, second, thirdOf64, thirdOf128, fourthOf128 } = sections;
	if (!first || !second) return undefined;
	const shared = {
		ken: (first.kenHigh << 4) | second.kenLow,
		krn: first.krn,
		kt: first.kt as KeyType,
		ti: second.ti,
		rollover: first.rollover === 1,
	};
	if (keyOctets === 8) {
		if (first.threeTokens === 1 && !thirdOf64) return undefined;
		const sgc = first.threeTokens === 1 && thirdOf64 ? formatSgc(thirdOf64.sgc) : undefined;
		return { ...shared, sgc, decoderKey: joinWords([first.keyPart, second.keyPart]) };
	}
	if (!thirdOf128 || !fourthOf128) return undefined;
	return {
		...shared,
		sgc: formatSgc((fourthOf128.sgcHigh << 12) | thirdOf128.sgcLow),
		decoderKey: joinWords([first.keyPart, thirdOf128.keyPart, fourthOf128.keyPart, second.keyPart]),
	};
}
