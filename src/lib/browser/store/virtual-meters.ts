/**
 * The virtual meters of this device. Every change reads the meter anew, brings it to now, changes it and
 * writes it in one transaction, so that two tabs are two hands on one meter: a token is taken once.
 */
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import type { TokenlineStore } from './store.ts';
import {
	manufacture,
	meterAt,
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
export type MeterChange<Answer> = (
	meter: VirtualMeter,
	clockMs: number,
) => { readonly meter: VirtualMeter; readonly answer: Answer };

/** The load that hangs behind a meter fresh from the factory, in W. */
export const FIRST_LOAD_W = 300;

/** One meter of this device. */
export async function readVirtualMeter(store: TokenlineStore, drn: string): Promise<MeterHere> {
	const row = await store.virtualMeters.get(drn);
	if (!row) return { kind: 'absent', drn };
	const { label } = row;
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

/**
 * Hangs a meter on the wall, unless it hangs there already.
 * @throws {RangeError} the papers do not describe a meter
 */
export async function installVirtualMeter(
	store: TokenlineStore,
	provision: VirtualMeterProvision,
	nowMs: number,
): Promise<void> {
	const row = rowOf(fromFactory(provision, nowMs));
	await store.transaction('rw', store.virtualMeters, async () => {
		if (!(await store.virtualMeters.get(provision.drn))) await store.virtualMeters.add(row);
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
): Promise<void> {
	await store.virtualMeters.put(rowOf(fromFactory(provision, nowMs)));
}

/** Changes a meter as it stands now. Undefined: there is none to change, or it cannot be read. */
export function changeVirtualMeter<Answer>(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	change: MeterChange<Answer>,
): Promise<Answer | undefined> {
	return rewrite(store, drn, nowMs, (standing, clockMs) => {
		const { meter, answer } = change(standing.meter, clockMs);
		return { standing: { ...standing, meter }, answer };
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

function rewrite<Answer>(
	store: TokenlineStore,
	drn: string,
	nowMs: number,
	change: (standing: StandingMeter, clockMs: number) => { standing: StandingMeter; answer: Answer },
): Promise<Answer | undefined> {
	return store.transaction('rw', store.virtualMeters, async () => {
		const here = await readVirtualMeter(store, drn);
		if (here.kind !== 'standing') return undefined;
		const meter = meterAt(here.standing, nowMs);
		const { standing, answer } = change(
			{ ...here.standing, meter, savedAtMs: nowMs },
			meter.supply.countedMs,
		);
		await store.virtualMeters.put(rowOf(standing));
		return answer;
	});
}

/** A new meter, hung up and switched on now: energy counts from here on. */
function fromFactory(provision: VirtualMeterProvision, nowMs: number): StandingMeter {
	const made = manufacture(provision);
	const supply = { ...made.supply, loadW: FIRST_LOAD_W, countedMs: nowMs };
	return { provision, meter: { ...made, supply }, lapse: 1, savedAtMs: nowMs };
}
