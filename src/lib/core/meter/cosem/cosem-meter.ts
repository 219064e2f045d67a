/**
 * The DLMS side of the virtual meter as one immutable value around the meter value: what a DLMS client
 * can see that the meter itself does not keep. Plain data; every function takes an instant and gives
 * another value.
 *
 * Always holds: token entries and load rows are bounded; nothing a client sends is kept whole but at
 * most `MAX_KEPT_TOKEN_OCTETS` of it.
 */
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { connectLoad } from '../supply.ts';
import { advanceTo, type VirtualMeter, withSupply } from '../virtual-meter.ts';
import { type KeySet, TEST_KEY_SETS } from './client-setups.ts';
import {
	captureUntil,
	createLoadProfile,
	type LoadProfile,
	setLoadProfileClock,
} from './load-profile.ts';

/** One token that a client entered, as the payment logs show it. */
export interface TokenEntry {
	readonly atMs: number;
	/** What was received, cut to the octets that are kept. */
	readonly tokenHex: string;
	readonly result: TokenResult;
	/** Energy the token credited; 0 where it did not. */
	readonly creditedWh: number;
	/** Credit after it. */
	readonly creditWh: number;
}

/** Entries kept. */
export const TOKEN_ENTRY_CAPACITY = 100;

/** Octets kept of what was entered; a token has at most twenty. */
export const MAX_KEPT_TOKEN_OCTETS = 32;

/** The virtual meter as a DLMS client meets it. */
export interface CosemMeter {
	readonly meter: VirtualMeter;
	/** What the meter's clock is ahead of the true time. */
	readonly clockOffsetMs: number;
	readonly loadProfile: LoadProfile;
	/** Newest last. */
	readonly entries: readonly TokenEntry[];
	/** The load that a remote disconnection took off; null while connected. */
	readonly disconnectedLoadW: number | null;
	/** One per security set-up. */
	readonly keySets: readonly KeySet[];
}

/** A meter whose DLMS side has just been switched on. */
export function createCosemMeter(meter: VirtualMeter, instantMs: number): CosemMeter {
	return {
		meter,
		clockOffsetMs: 0,
		loadProfile: createLoadProfile(instantMs),
		entries: [],
		disconnectedLoadW: null,
		keySets: TEST_KEY_SETS,
	};
}

/** Brings everything to an instant: energy counted, rows captured. */
export function advanceCosemMeter(value: CosemMeter, instantMs: number): CosemMeter {
	if (instantMs <= value.meter.supply.countedMs) return value;
	const { meter, profile } = captureUntil(
		value.meter,
		value.loadProfile,
		instantMs,
		value.clockOffsetMs,
	);
	return { ...value, meter, loadProfile: profile };
}

/** What the meter's clock shows at an instant, in epoch milliseconds. */
export function clockAt(value: CosemMeter, instantMs: number): number {
	return instantMs + value.clockOffsetMs;
}

/** The meter with its clock set to `clockMs`. */
export function setClock(value: CosemMeter, clockMs: number, instantMs: number): CosemMeter {
	return {
		...value,
		clockOffsetMs: clockMs - instantMs,
		loadProfile: setLoadProfileClock(value.loadProfile, clockMs),
	};
}

/** The meter with one more token entry. */
export function noteEntry(value: CosemMeter, entry: TokenEntry): CosemMeter {
	return { ...value, entries: [...value.entries, entry].slice(-TOKEN_ENTRY_CAPACITY) };
}

/** Takes the load off, until it is reconnected; does nothing where it is off already. */
export function disconnectRemotely(value: CosemMeter, instantMs: number): CosemMeter {
	if (value.disconnectedLoadW !== null) return value;
	const { loadW } = value.meter.supply;
	return { ...value, meter: withLoad(value.meter, 0, instantMs), disconnectedLoadW: loadW };
}

/** Puts the load back that a remote disconnection took off. */
export function reconnectRemotely(value: CosemMeter, instantMs: number): CosemMeter {
	if (value.disconnectedLoadW === null) return value;
	const meter = withLoad(value.meter, value.disconnectedLoadW, instantMs);
	return { ...value, meter, disconnectedLoadW: null };
}

function withLoad(meter: VirtualMeter, loadW: number, instantMs: number): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	return withSupply(counted, connectLoad(counted.supply, loadW), instantMs);
}
