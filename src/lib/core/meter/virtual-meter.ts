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
import { type Charge, type ChargeRule, createCharge, skipCollections } from './charge.ts';
import { createDemand, type Demand, restartDemand } from './demand.ts';
import { createEmergencyCredit } from './emergency-credit.ts';
import { createMains, type Mains } from './mains.ts';
import { type MeterSettings, USUAL_METER } from './make-settings.ts';
import { type MeterEvent, noteEvent } from './meter-events.ts';
import { passTo } from './passage.ts';
import { PLANT_NAMES, type PlantName } from './plants.ts';
import { type PresetName, presetOf, USUAL_PRESET } from './presets.ts';
import { connectLoad, createSupply, isLow, type Supply } from './supply.ts';
import { beginTamper, type TamperKind, type Tampers, UNTOUCHED } from './tampers.ts';
import { FACTORY_CALENDAR } from './tariff/factory-calendar.ts';
import { createTariff, type Tariff } from './tariff/tariff.ts';
import { withTariff } from './tariff/with-tariff.ts';
import { NO_TRIPS } from './trips.ts';
import { withSupply } from './with-supply.ts';

/** The layout of the value; another number is another layout. */
export const METER_VERSION = 2;

/** Software version that a new meter shows for test 10. */
export const METER_SOFTWARE = 'Tokenline virtual meter 1';

/** A virtual meter. */
export interface VirtualMeter {
	readonly version: typeof METER_VERSION;
	/** Meter number, 11 or 13 digits. */
	readonly drn: string;
	readonly preset: PresetName;
	/** Name of the firmware that runs. */
	readonly software: string;
	readonly decoder: Decoder;
	readonly supply: Supply;
	/** A debt that the meter recovers. */
	readonly charge: Charge | null;
	/** Null: one register for all energy. */
	readonly tariff: Tariff | null;
	readonly demand: Demand;
	readonly mains: Mains;
	readonly tampers: Tampers;
	/** What the meter's clock is ahead of the true time. Instants everywhere else are true. */
	readonly clockOffsetMs: number;
	/** The result of the last token, until another is entered. */
	readonly lastResult: TokenResult | null;
	/** Newest last; a hundred of each log (`meter-events.ts`). */
	readonly events: readonly MeterEvent[];
	readonly settings: MeterSettings;
	/** Faults planted on purpose (`plants.ts`), in the order of their table. */
	readonly plants: readonly PlantName[];
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
	/** The make; a single-phase prepayment meter unless said. */
	readonly preset?: PresetName;
	/** Credit from the factory; none unless said, and none in credit mode. */
	readonly creditWh?: number;
	/** What the meter lends; nothing unless said, and nothing in credit mode. */
	readonly emergencyWh?: number;
	/** A debt to recover; none unless said, and none in credit mode. */
	readonly debt?: { readonly rule: ChargeRule; readonly owedWh: number };
	readonly plants?: readonly PlantName[];
	readonly decoderSettings?: DecoderSettings;
	readonly settings?: MeterSettings;
}

/**
 * A new meter. Tokens from before its manufacture are old to it.
 * @throws {RangeError} slip: a DRN that is not one, or a key of the wrong length for the algorithm
 */
export function createVirtualMeter(making: MeterMaking): VirtualMeter {
	const { ea, sgc, krn, ti, kt, ken, decoderKeyHex, manufacturedMs, debt } = making;
	const drn = parseDrn(making.drn);
	if ('refusal' in drn) throw new RangeError(`not a meter number: ${drn.refusal}`);
	if (parseHex(decoderKeyHex).length !== ENCRYPTION_ALGORITHMS[ea].keyOctets)
		throw new RangeError('the decoder key has the wrong length for the algorithm');
	const preset = making.preset ?? USUAL_PRESET;
	const { phases, mode, rates } = presetOf(preset);
	const keyRegister = { decoderKeyHex, ea, sgc, krn, ti, kt, ken };
	const emergency = createEmergencyCredit(making.emergencyWh ?? 0);
	const supply = { creditWh: making.creditWh ?? 0, emergency };
	return {
		version: METER_VERSION,
		drn: drn.drn,
		preset,
		software: METER_SOFTWARE,
		decoder: createDecoder(
			{ keyRegister, mfrCode: mfrCodeOf(drn.drn), baseDate: making.baseDate },
			manufacturedMs,
			making.decoderSettings ?? USUAL_DECODER,
		),
		supply: createSupply(presetOf(preset), supply, manufacturedMs),
		charge:
			debt && mode === 'prepayment' ? createCharge(debt.rule, debt.owedWh, manufacturedMs) : null,
		tariff: rates > 1 ? createTariff(FACTORY_CALENDAR, manufacturedMs) : null,
		demand: createDemand(manufacturedMs),
		mains: createMains(phases),
		tampers: UNTOUCHED,
		clockOffsetMs: 0,
		lastResult: null,
		events: [{ kind: 'manufactured', atMs: manufacturedMs }],
		settings: making.settings ?? USUAL_METER,
		plants: PLANT_NAMES.filter((name) => making.plants?.includes(name)),
	};
}

/** Whether credit is left but little: the warning that a meter shows or sounds. */
export function isCreditLow({ supply, settings }: VirtualMeter): boolean {
	return isLow(supply.creditWh, settings.lowCreditWh);
}

/** Brings the meter to an instant: what flowed is counted, what happened on the way is noted when it did. */
export function advanceTo(meter: VirtualMeter, instantMs: number): VirtualMeter {
	return passTo(meter, instantMs);
}

/**
 * Brings the meter to an instant, then connects a load (whole watts, 0 … 100,000 a phase, spread evenly),
 * which counts from there on. @throws {RangeError} slip: another load
 */
export function advance(
	meter: VirtualMeter,
	{ loadW, instantMs }: { readonly loadW: number; readonly instantMs: number },
): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	return withSupply(counted, connectLoad(counted.supply, loadW), instantMs);
}

/** Someone is at the meter: it notes the tamper, and where its make says so cuts off until a token clears it. */
export function tamper(
	meter: VirtualMeter,
	instantMs: number,
	kind: TamperKind = 'meter-cover',
): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	const tampers = beginTamper(counted.tampers, kind);
	if (tampers === counted.tampers) return counted;
	const event = { kind: 'tamper-detected', atMs: instantMs, tamper: kind } as const;
	const events = noteEvent(counted.events, event);
	const { supply, settings } = counted;
	const changed = {
		...supply,
		tampered: supply.tampered || settings.openingTampers.includes(kind),
		reversed: supply.reversed || kind === 'reversed-current',
	};
	return withSupply({ ...counted, tampers, events }, changed, instantMs);
}

/** The mains come back: nothing is counted for the time without, and lock-out and trips are forgotten. */
export function powerUp(meter: VirtualMeter, instantMs: number): VirtualMeter {
	const downMs = Math.min(meter.supply.countedMs, instantMs);
	const down = noteEvent(meter.events, { kind: 'power-down', atMs: downMs });
	const back = {
		...meter,
		decoder: { ...meter.decoder, lockout: UNLOCKED },
		charge: skipCollections(meter.charge, instantMs),
		demand: restartDemand(meter.demand, instantMs),
		mains: { ...meter.mains, disturbances: [], failures: meter.mains.failures + 1 },
		events: noteEvent(down, { kind: 'power-up', atMs: instantMs }),
	};
	const supply = { ...meter.supply, countedMs: instantMs, trips: NO_TRIPS };
	const fed = withSupply(back, supply, instantMs);
	return fed.tariff ? withTariff(fed, fed.tariff, instantMs) : fed;
}
