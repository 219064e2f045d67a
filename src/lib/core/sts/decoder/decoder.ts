/**
 * The decoder inside a meter as a value: its key register, the TIDs it remembers, the sections of a key
 * change under way, its lock-out (IEC 62055-41 7, sts.md §13). Plain data, so that a meter can be written
 * down as JSON at any moment.
 */
import type { Ea } from '../algorithms.ts';
import type { KeyType, KeyTypeChanges } from '../key-type.ts';
import { PERMITTED_KEY_TYPE_CHANGES } from '../key-type.ts';
import type { GatheredSections } from '../key-change.ts';
import { minutesSince, type BaseDate } from '../tid.ts';
import { UNLOCKED, USUAL_LOCKOUT, type Lockout, type LockoutRule } from './lockout.ts';
import { factoryTidStore, TID_STORE_SIZE, type TidStore } from './tid-store.ts';

/** What the meter knows of its key. */
export interface KeyRegister {
	/** The decoder key in hex: 16 digits for EA07, 32 for EA11. */
	readonly decoderKeyHex: string;
	readonly ea: Ea;
	/** Supply group code, 6 digits; null once a set of two has changed the key without telling it. */
	readonly sgc: string | null;
	readonly krn: number;
	readonly ti: number;
	readonly kt: KeyType;
	readonly ken: number;
}

/** Sections of a key change that have come so far. */
export interface KeyChangeUnderWay {
	/** When the latest section was taken. */
	readonly latestMs: number;
	readonly sections: GatheredSections;
}

/** Choices of a make of meter. */
export interface DecoderSettings {
	readonly tidStoreSize: number;
	/** Whether TIDs past the key's expiry are refused; the standard leaves it to the maker. */
	readonly checksKeyExpiry: boolean;
	/** Whether an EA07 meter takes the third section with the supply group. */
	readonly takesThirdSection: boolean;
	/** After this long without another section, those gathered are dropped. */
	readonly keyChangeTimeoutMs: number;
	readonly keyTypeChanges: KeyTypeChanges;
	/** Null: never locks. */
	readonly lockout: LockoutRule | null;
}

/** Store of 50, expiry checked, three sections, ten minutes, narrow key-type table, usual lock-out. */
export const USUAL_DECODER: DecoderSettings = {
	tidStoreSize: TID_STORE_SIZE,
	checksKeyExpiry: true,
	takesThirdSection: true,
	keyChangeTimeoutMs: 600_000,
	keyTypeChanges: PERMITTED_KEY_TYPE_CHANGES,
	lockout: USUAL_LOCKOUT,
};

/** The decoder of one meter. */
export interface Decoder {
	readonly keyRegister: KeyRegister;
	/** Code of the maker, for class 1 tokens meant for one make only. */
	readonly mfrCode: number;
	readonly tidStore: TidStore;
	readonly keyChange: KeyChangeUnderWay | null;
	readonly lockout: Lockout;
	readonly settings: DecoderSettings;
}

/** A decoder as it leaves the factory at an instant, with a key of some base date. */
export function createDecoder(
	made: {
		readonly keyRegister: KeyRegister;
		readonly mfrCode: number;
		readonly baseDate: BaseDate;
	},
	manufacturedMs: number,
	settings: DecoderSettings = USUAL_DECODER,
): Decoder {
	const manufactureTid = Math.max(0, minutesSince(made.baseDate, manufacturedMs));
	return {
		keyRegister: made.keyRegister,
		mfrCode: made.mfrCode,
		tidStore: factoryTidStore(manufactureTid, settings.tidStoreSize),
		keyChange: null,
		lockout: UNLOCKED,
		settings,
	};
}
