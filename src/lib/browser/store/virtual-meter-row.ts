/**
 * A virtual meter as this device keeps it: the meter of `core/meter`, how fast its time runs, and the
 * papers it came with, so that it can be taken back to the factory without a network. All pure: a row and
 * an instant in, a meter or a refusal out.
 *
 * The meter's clock runs with the wall's while nobody looks. Only while a page keeps saving it may it run
 * faster; so a page that was closed never finds a year gone by.
 */
import * as v from 'valibot';
import { parseVirtualMeter, type MeterJsonRefusal } from '#lib/core/meter/meter-json.ts';
import {
	advanceTo,
	createVirtualMeter,
	powerUp,
	type VirtualMeter,
} from '#lib/core/meter/virtual-meter.ts';
import { isKeyType } from '#lib/core/sts/key-type.ts';
import { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import type { StoredVirtualMeter } from './store.ts';

/** How many times faster than the wall's clock a meter's may run. */
export const TIME_LAPSES = [1, 60, 3600] as const;
export type TimeLapse = (typeof TIME_LAPSES)[number];

/** Saved no longer ago than this, a meter is being looked at, and its time lapse holds. */
export const WATCHED_MS = 10_000;

/** Away for longer than this counts as a power cut: energy is counted up to here only. */
export const CATCH_UP_LIMIT_MS = 31 * 24 * 3_600_000;

/** A meter on this device. Its own clock stands at `meter.supply.countedMs`, the wall's at `savedAtMs`. */
export interface StandingMeter {
	readonly provision: VirtualMeterProvision;
	readonly meter: VirtualMeter;
	readonly lapse: TimeLapse;
	readonly savedAtMs: number;
}

/** Why a row is not a meter. */
export type RowRefusal = 'not-json' | 'not-a-row' | MeterJsonRefusal;

const ROW_VERSION = 1;
const Row = v.strictObject({
	row: v.literal(ROW_VERSION),
	provision: VirtualMeterProvision,
	lapse: v.picklist(TIME_LAPSES),
	meter: v.unknown(),
});

/** The meter as the factory makes it. @throws {RangeError} the papers do not describe a meter */
export function manufacture(provision: VirtualMeterProvision): VirtualMeter {
	const { drn, ea, sgc, krn, ken, kt, ti, baseYear, decoderKeyHex, manufacturedAtMs } = provision;
	if (!isKeyType(kt)) throw new RangeError('not a key type');
	const meter = createVirtualMeter({
		...{ drn, ea, sgc, krn, ken, kt, decoderKeyHex },
		ti: Number(ti),
		baseDate: baseYear,
		manufacturedMs: manufacturedAtMs,
	});
	// What cannot be read back must not be stored.
	const read = parseVirtualMeter(JSON.parse(JSON.stringify(meter)));
	if ('refusal' in read) throw new RangeError(`not a meter: ${read.place ?? read.refusal}`);
	return meter;
}

/** Whether papers describe a meter that this app can make. */
export function describesMeter(provision: VirtualMeterProvision): boolean {
	try {
		manufacture(provision);
		return true;
	} catch {
		return false;
	}
}

/** The row of a meter. */
export function rowOf(standing: StandingMeter): StoredVirtualMeter {
	const { provision, lapse, meter, savedAtMs } = standing;
	return {
		drn: provision.drn,
		label: provision.label,
		snapshot: JSON.stringify({ row: ROW_VERSION, provision, lapse, meter }),
		updatedAtMs: savedAtMs,
	};
}

/** A row read back, or why it is none. The values of a broken row are never told. */
export function readRow(row: StoredVirtualMeter): StandingMeter | { refusal: RowRefusal } {
	const json = parseJson(row.snapshot);
	if (json === undefined) return { refusal: 'not-json' };
	const parsed = v.safeParse(Row, json);
	if (!parsed.success || parsed.output.provision.drn !== row.drn) return { refusal: 'not-a-row' };
	const read = parseVirtualMeter(parsed.output.meter);
	if ('refusal' in read) return { refusal: read.refusal };
	if (read.meter.drn !== row.drn) return { refusal: 'corrupt' };
	const { provision, lapse } = parsed.output;
	return { provision, lapse, meter: read.meter, savedAtMs: row.updatedAtMs };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) ?? undefined;
	} catch {
		return undefined;
	}
}

/** What the meter's clock shows when the wall's shows `nowMs`. A wall clock set back counts as no time. */
export function meterClockMs({ meter, lapse, savedAtMs }: StandingMeter, nowMs: number): number {
	const awayMs = Math.max(0, nowMs - savedAtMs);
	return meter.supply.countedMs + (awayMs <= WATCHED_MS ? awayMs * lapse : awayMs);
}

/** The meter at an instant of the wall's clock: what it used meanwhile is counted. */
export function meterAt(standing: StandingMeter, nowMs: number): VirtualMeter {
	const clockMs = meterClockMs(standing, nowMs);
	const countedToMs = standing.meter.supply.countedMs + CATCH_UP_LIMIT_MS;
	return clockMs > countedToMs
		? powerUp(advanceTo(standing.meter, countedToMs), clockMs)
		: advanceTo(standing.meter, clockMs);
}
