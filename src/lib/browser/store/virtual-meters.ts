/**
 * The virtual meters of this device. Every change reads the meter anew, brings it to now, changes it and
 * writes it in one transaction, so that two tabs are two hands on one meter: a token is taken once.
 */
import type { CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { type PresetName, USUAL_PRESET } from '#lib/core/meter/presets.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';
import type { TokenlineStore, StoredVirtualMeter } from './store.ts';
import { fromFactory } from './virtual-meter-factory.ts';
import { appendLoads } from './virtual-meter-loads.ts';
import {
	cosemAt,
	readRow,
	rowOf,
	type RowRefusal,
	type StandingMeter,
	type TimeLapse,
} from './virtual-meter-row.ts';

/** What this device has under a meter number. */
export type MeterHere =
	| { readonly kind: 'absent'; readonly drn: string }
	| {
			readonly kind: 'unreadable';
			readonly drn: string;
			readonly label: string;
			readonly refusal: RowRefusal;
	  }
	| {
			readonly kind: 'standing';
			readonly drn: string;
			readonly label: string;
			readonly standing: StandingMeter;
	  };

/** A change of a meter at an instant of its own clock, and what is to be told of it. */
export type MeterChange<Meter, Answer> = (
	meter: Meter,
	clockMs: number,
) => { readonly meter: Meter; readonly answer: Answer };

/** One meter of this device, its load profile left where it is. */
export async function readVirtualMeter(store: TokenlineStore, drn: string): Promise<MeterHere> {
	const row = await store.virtualMeters.get(drn);
	return row ? meterHere(row) : { kind: 'absent', drn };
}

/** What a row says, as far as it can be read. */
export function meterHere(row: StoredVirtualMeter): MeterHere {
	const { drn, label } = row;
	const read = readRow(row);
	return 'refusal' in read
		? { kind: 'unreadable', drn, label, refusal: read.refusal }
		: { kind: 'standing', drn, label, standing: read };
}

/** Every virtual meter of this device, by number. */
export async function readVirtualMeters(store: TokenlineStore): Promise<MeterHere[]> {
	const drns = await store.virtualMeters.orderBy('drn').primaryKeys();
	return store.transaction('r', store.virtualMeters, () =>
		Promise.all(drns.map((drn) => readVirtualMeter(store, drn))),
	);
}

const tablesOf = (store: TokenlineStore) => [store.virtualMeters, store.virtualMeterLoads];

/**
 * Hangs a meter on the wall, unless it hangs there already.
 * @throws {RangeError} the papers do not describe a meter
 */
export async function installVirtualMeter(
	store: TokenlineStore,
	provision: VirtualMeterProvision,
	nowMs: number,
	preset: PresetName = USUAL_PRESET,
): Promise<void> {
	const row = rowOf(fromFactory(provision, preset, nowMs));
	await store.transaction('rw', tablesOf(store), async () => {
		if (await store.virtualMeters.get(provision.drn)) return;
		await store.virtualMeterLoads.delete(provision.drn);
		await store.virtualMeters.add(row);
	});
}

/**
 * Takes a meter back to the factory, whatever is stored of it.
 * @throws {RangeError} the papers do not describe a meter
 */
export async function resetVirtualMeter(
	store: TokenlineStore,
	provision: VirtualMeterProvision,
	nowMs: number,
	preset: PresetName = USUAL_PRESET,
): Promise<void> {
	const row = rowOf(fromFactory(provision, preset, nowMs));
	await store.transaction('rw', tablesOf(store), async () => {
		await store.virtualMeterLoads.delete(provision.drn);
		await store.virtualMeters.put(row);
	});
}

/** Changes all of a meter as it stands now. Undefined: there is none to change, or it cannot be read. */
export function changeCosemMeter<Answer>(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	change: MeterChange<CosemMeter, Answer>,
): Promise<Answer | undefined> {
	return rewrite(store, drn, nowMs, (standing, clockMs) => {
		const { meter, answer } = change(standing.cosem, clockMs);
		return { standing: { ...standing, cosem: meter }, answer };
	});
}

/** As `changeCosemMeter`, of the meter itself. */
export function changeVirtualMeter<Answer>(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	change: MeterChange<VirtualMeter, Answer>,
): Promise<Answer | undefined> {
	return changeCosemMeter(store, drn, nowMs, (cosem, clockMs) => {
		const { meter, answer } = change(cosem.meter, clockMs);
		return { meter: { ...cosem, meter }, answer };
	});
}

/** Lets the meter's time run so many times faster, from now on and in every tab. */
export async function setTimeLapse(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	lapse: TimeLapse,
): Promise<void> {
	await rewrite(store, drn, nowMs, (standing) => ({
		standing: { ...standing, lapse },
		answer: undefined,
	}));
}

/** Plants faults in the meter's line, in place of those that were; the next probe meets them. */
export async function plantLineFaults(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	lineFaults: readonly LineFaultName[],
): Promise<void> {
	await rewrite(store, drn, nowMs, (standing) => ({
		standing: { ...standing, lineFaults },
		answer: undefined,
	}));
}

function rewrite<Answer>(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	change: (standing: StandingMeter, clockMs: number) => { standing: StandingMeter; answer: Answer },
): Promise<Answer | undefined> {
	return store.transaction('rw', tablesOf(store), async () => {
		const here = await readVirtualMeter(store, drn);
		if (here.kind !== 'standing') return undefined;
		const cosem = cosemAt(here.standing, nowMs);
		const { standing, answer } = change(
			{ ...here.standing, cosem, savedAtMs: nowMs },
			cosem.meter.supply.countedMs,
		);
		await store.virtualMeters.put(rowOf(await withLoadsApart(store, standing)));
		return answer;
	});
}

/** The meter without the rows it has captured, which go behind those that are stored. */
async function withLoadsApart(
	store: TokenlineStore,
	standing: StandingMeter,
): Promise<StandingMeter> {
	const { cosem, provision } = standing;
	const { rows } = cosem.loadProfile;
	if (rows.length === 0) return standing;
	const { drn } = provision;
	const stored = await store.virtualMeterLoads.get(drn);
	await store.virtualMeterLoads.put({ drn, numbers: appendLoads(stored?.numbers ?? [], rows) });
	const loadProfile = { ...cosem.loadProfile, rows: [] };
	return { ...standing, cosem: { ...cosem, loadProfile } };
}
