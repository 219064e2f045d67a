/**
 * A virtual meter as this device keeps it: the meter of `core/meter/cosem` with its counters, how fast its
 * time runs, what is wrong with its line, and the papers it came with, so that it can be taken back to the
 * factory without a network. All pure: a row and an instant in, a meter or a refusal out.
 *
 * The load profile has a row of its own (`virtual-meter-loads.ts`): here are only the rows captured since
 * it was written.
 *
 * The meter's clock runs with the wall's while nobody looks. Only while a page keeps saving it may it run
 * faster; so a page that was closed never finds a year gone by.
 */
import * as v from 'valibot';
import {
	type CosemJsonRefusal,
	parseCosemMeter,
	storedCosemMeter,
} from '#lib/core/meter/cosem/cosem-json.ts';
import { advanceCosemMeter, type CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { powerUp, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { LINE_FAULT_NAMES, type LineFaultName } from '#lib/link/line-faults.ts';
import { migrateRow1 } from './virtual-meter-migrate-1.ts';
import type { StoredVirtualMeter } from './store.ts';

/** How many times faster than the wall's clock a meter's may run. */
export const TIME_LAPSES = [1, 60, 3600] as const;
export type TimeLapse = (typeof TIME_LAPSES)[number];

/** Saved no longer ago than this, a meter is being looked at, and its time lapse holds. */
export const WATCHED_MS = 10_000;

/** Away for longer than this counts as a power cut: energy is counted up to here only. */
export const CATCH_UP_LIMIT_MS = 31 * 24 * 3_600_000;

/** A meter on this device. Its own clock stands at `supply.countedMs`, the wall's at `savedAtMs`. */
export interface StandingMeter {
	readonly provision: VirtualMeterProvision;
	readonly cosem: CosemMeter;
	/** Invocation counters by space. */
	readonly counters: Readonly<Record<string, number>>;
	readonly lapse: TimeLapse;
	/** Planted in the line that a technician's probe meets; none where all is well. */
	readonly lineFaults: readonly LineFaultName[];
	readonly savedAtMs: number;
}

/** Why a row is not a meter. */
export type RowRefusal = 'not-json' | 'not-a-row' | CosemJsonRefusal;

export const ROW_VERSION = 2;
const Row = v.strictObject({
	row: v.literal(ROW_VERSION),
	provision: VirtualMeterProvision,
	lapse: v.picklist(TIME_LAPSES),
	lineFaults: v.pipe(
		v.array(v.picklist(LINE_FAULT_NAMES)),
		v.check((names) => new Set(names).size === names.length),
	),
	stored: v.unknown(),
});

/** The row of a meter. */
export function rowOf(standing: StandingMeter): StoredVirtualMeter {
	const { provision, lapse, lineFaults, cosem, counters, savedAtMs } = standing;
	const stored = storedCosemMeter({ meter: cosem, counters });
	return {
		drn: provision.drn,
		label: provision.label,
		snapshot: JSON.stringify({ row: ROW_VERSION, provision, lapse, lineFaults, stored }),
		updatedAtMs: savedAtMs,
	};
}

/** A row read back, or why it is none. The values of a broken row are never told. */
export function readRow(row: StoredVirtualMeter): StandingMeter | { refusal: RowRefusal } {
	const json = parseJson(row.snapshot);
	if (json === undefined) return { refusal: 'not-json' };
	const current = migrateRow1(json);
	if (typeof current === 'object' && current !== null && 'refusal' in current)
		return { refusal: current.refusal as RowRefusal };
	const parsed = v.safeParse(Row, current);
	if (!parsed.success || parsed.output.provision.drn !== row.drn) return { refusal: 'not-a-row' };
	const read = parseCosemMeter(parsed.output.stored);
	if ('refusal' in read) return { refusal: read.refusal };
	if (read.meter.meter.drn !== row.drn) return { refusal: 'corrupt' };
	const { provision, lapse, lineFaults } = parsed.output;
	const { meter: cosem, counters } = read;
	return { provision, cosem, counters, lapse, lineFaults, savedAtMs: row.updatedAtMs };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) ?? undefined;
	} catch {
		return undefined;
	}
}

/** What the meter's clock shows when the wall's shows `nowMs`. A wall clock set back counts as no time. */
export function meterClockMs({ cosem, lapse, savedAtMs }: StandingMeter, nowMs: number): number {
	const awayMs = Math.max(0, nowMs - savedAtMs);
	return cosem.meter.supply.countedMs + (awayMs <= WATCHED_MS ? awayMs * lapse : awayMs);
}

/** All of the meter at an instant of the wall's clock: what it used meanwhile is counted. */
export function cosemAt(standing: StandingMeter, nowMs: number): CosemMeter {
	const { cosem } = standing;
	const clockMs = meterClockMs(standing, nowMs);
	const countedToMs = cosem.meter.supply.countedMs + CATCH_UP_LIMIT_MS;
	if (clockMs <= countedToMs) return advanceCosemMeter(cosem, clockMs);
	const before = advanceCosemMeter(cosem, countedToMs);
	return advanceCosemMeter({ ...before, meter: powerUp(before.meter, clockMs) }, clockMs);
}

/** The meter itself at an instant of the wall's clock. */
export function meterAt(standing: StandingMeter, nowMs: number): VirtualMeter {
	return cosemAt(standing, nowMs).meter;
}
