/**
 * The virtual meter: an STS decoder and a supply as one immutable value of plain data. Every function
 * takes a meter and an instant and gives another meter; nothing in it ticks by itself. What JSON makes of
 * it is the meter (`meter-json.ts`).
 */
import { parseHex } from '../bytes/hex.ts';
import { ENCRYPTION_ALGORITHMS, type Ea } from '../sts/algorithms.ts';
import {
	createDecoder,
	USUAL_DECODER,
	type Decoder,
	type DecoderSettings,
} from '../sts/decoder/decoder.ts';
import { UNLOCKED } from '../sts/decoder/lockout.ts';
import type { TokenResult } from '../sts/decoder/token-result.ts';
import { mfrCodeOf, parseDrn } from '../sts/drn.ts';
import type { KeyType } from '../sts/key-type.ts';
import type { BaseDate } from '../sts/tid.ts';
import { noteEvent, type MeterEvent } from './meter-events.ts';
import { connectLoad, countEnergy, createSupply, relayOf, type Supply } from './supply.ts';

/** Choices of a make of meter, besides those of its decoder. */
export interface MeterSettings {
	/** The most credit the register holds; a token that would pass it is refused and stays good. */
	readonly creditCapacityWh: number;
	/** Below this the meter warns. */
	readonly lowCreditWh: number;
	/** The highest power limit a token may set. */
	readonly highestPowerLimitW: number;
}

/** A register of seven digits before the point, a warning at 10 kWh, limits up to 100 kW. */
export const USUAL_METER: MeterSettings = {
	creditCapacityWh: 9_999_999_900,
	lowCreditWh: 10_000,
	highestPowerLimitW: 100_000,
};

/** The layout of the value; another number is another layout. */
export const METER_VERSION = 1;

/** Software version that the meter shows for test 10. */
export const METER_SOFTWARE = 'Tokenline virtual meter 1';

/** A virtual meter. */
export interface VirtualMeter {
	readonly version: typeof METER_VERSION;
	/** Meter number, 11 or 13 digits. */
	readonly drn: string;
	readonly decoder: Decoder;
	readonly supply: Supply;
	/** The result of the last token, until another is entered. */
	readonly lastResult: TokenResult | null;
	/** Newest last. */
	readonly events: readonly MeterEvent[];
	readonly settings: MeterSettings;
}

/** What a maker puts into a new meter. */
export interface MeterMaking {
	readonly drn: string;
	readonly ea: Ea;
	/** Supply group code, 6 digits. */
	readonly sgc: string;
	readonly krn: number;
	readonly ti: number;
	readonly kt: KeyType;
	readonly ken: number;
	/** Base date of the key: the factory's TID counts from it. */
	readonly baseDate: BaseDate;
	/** The decoder key in hex: 16 digits for EA07, 32 for EA11. */
	readonly decoderKeyHex: string;
	readonly manufacturedMs: number;
	/** Credit from the factory; none unless said. */
	readonly creditWh?: number;
	readonly decoderSettings?: DecoderSettings;
	readonly settings?: MeterSettings;
}

/**
 * A new meter. Tokens from before its manufacture are old to it.
 * @throws {RangeError} slip: a DRN that is not one, or a key of the wrong length for the algorithm
 */
export function createVirtualMeter(making: MeterMaking): VirtualMeter {
	const { ea, sgc, krn, ti, kt, ken, decoderKeyHex, manufacturedMs } = making;
	const drn = parseDrn(making.drn);
	if ('refusal' in drn) throw new RangeError(`not a meter number: ${drn.refusal}`);
	if (parseHex(decoderKeyHex).length !== ENCRYPTION_ALGORITHMS[ea].keyOctets)
		throw new RangeError('the decoder key has the wrong length for the algorithm');
	const keyRegister = { decoderKeyHex, ea, sgc, krn, ti, kt, ken };
	return {
		version: METER_VERSION,
		drn: drn.drn,
		decoder: createDecoder(
			{ keyRegister, mfrCode: mfrCodeOf(drn.drn), baseDate: making.baseDate },
			manufacturedMs,
			making.decoderSettings ?? USUAL_DECODER,
		),
		supply: createSupply(making.creditWh ?? 0, manufacturedMs),
		lastResult: null,
		events: [{ kind: 'manufactured', atMs: manufacturedMs }],
		settings: making.settings ?? USUAL_METER,
	};
}

/** Whether credit is left but little: the warning that a meter shows or sounds. */
export function isCreditLow(meter: VirtualMeter): boolean {
	const { creditWh } = meter.supply;
	return creditWh > 0 && creditWh < meter.settings.lowCreditWh;
}

/** The meter with another supply, and with what the change made happen noted. */
export function withSupply(meter: VirtualMeter, supply: Supply, atMs: number): VirtualMeter {
	const changed = { ...meter, supply };
	let { events } = meter;
	const wasClosed = relayOf(meter.supply) === 'closed';
	const isClosed = relayOf(supply) === 'closed';
	if (!isCreditLow(meter) && isCreditLow(changed))
		events = noteEvent(events, { kind: 'credit-low', atMs });
	if (wasClosed !== isClosed)
		events = noteEvent(events, { kind: isClosed ? 'relay-closed' : 'relay-opened', atMs });
	return { ...changed, events };
}

/** Brings the meter to an instant: energy is counted at the load that stood. */
export function advanceTo(meter: VirtualMeter, instantMs: number): VirtualMeter {
	return withSupply(meter, countEnergy(meter.supply, instantMs), instantMs);
}

/**
 * Brings the meter to an instant, then connects a load (whole watts, 0 … 100,000), which counts from
 * there on. @throws {RangeError} slip: another load
 */
export function advance(
	meter: VirtualMeter,
	{ loadW, instantMs }: { readonly loadW: number; readonly instantMs: number },
): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	return withSupply(counted, connectLoad(counted.supply, loadW), instantMs);
}

/** Someone opens the meter's cover: it notes the tamper and cuts off until a token clears it. */
export function tamper(meter: VirtualMeter, instantMs: number): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	if (counted.supply.tampered) return counted;
	const events = noteEvent(counted.events, { kind: 'tamper-detected', atMs: instantMs });
	return withSupply({ ...counted, events }, { ...counted.supply, tampered: true }, instantMs);
}

/** The mains come back: energy is not counted for the time without, and a lock-out is forgotten. */
export function powerUp(meter: VirtualMeter, instantMs: number): VirtualMeter {
	return {
		...meter,
		decoder: { ...meter.decoder, lockout: UNLOCKED },
		supply: { ...meter.supply, countedMs: instantMs },
		events: noteEvent(meter.events, { kind: 'power-up', atMs: instantMs }),
	};
}
