/**
 * The virtual meter of one row of this device as a device that answers DLMS. Each of its steps is one
 * transaction of the store: what another hand did meanwhile is taken up first, what the step changed is
 * kept before anybody hears of it.
 *
 * Always holds: one keeper at a time per meter (the port's claim sees to that), so that the counters in its
 * memory are the newest.
 */
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import { packLoads, unpackLoads } from '#lib/browser/store/virtual-meter-loads.ts';
import {
	cosemAt,
	meterClockMs,
	readRow,
	rowOf,
	type StandingMeter,
} from '#lib/browser/store/virtual-meter-row.ts';
import type { StoredVirtualMeter } from '#lib/browser/store/store.ts';
import type { LoadRow } from '#lib/core/meter/cosem/load-profile.ts';
import { type DeviceHost, VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';

/** The meter that was there is there no longer: taken down, damaged, or back from the factory. */
export class MeterGone extends Error {
	override readonly name = 'MeterGone';
}

const sameCounters = (a: StandingMeter['counters'], b: StandingMeter['counters']): boolean =>
	JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

export class MeterKeeper {
	readonly device: VirtualMeterDevice;
	readonly #store: TokenlineStore;
	readonly #wall: DeviceHost;
	#standing: StandingMeter;
	/** What of it is in the store. */
	#snapshot: string;
	#rows: readonly LoadRow[];
	#changes: number;
	#turn: Promise<unknown> = Promise.resolve();

	/** The meter `drn` of this device. @throws {MeterGone} there is none that can be read */
	static async open(store: TokenlineStore, drn: string, wall: DeviceHost): Promise<MeterKeeper> {
		return store.transaction('r', [store.virtualMeters, store.virtualMeterLoads], async () => {
			const row = await store.virtualMeters.get(drn);
			return new MeterKeeper(store, wall, row, await wholeOf(store, row, wall.nowMs()));
		});
	}

	private constructor(
		store: TokenlineStore,
		wall: DeviceHost,
		row: StoredVirtualMeter | undefined,
		{ standing, rows }: WholeMeter,
	) {
		this.#store = store;
		this.#wall = wall;
		this.#standing = standing;
		this.#snapshot = row?.snapshot ?? '';
		this.#rows = rows;
		const { cosem: meter, counters } = standing;
		this.device = new VirtualMeterDevice(
			{ meter, counters },
			{
				nowMs: () => meterClockMs(this.#standing, wall.nowMs()),
				random: (octets) => wall.random(octets),
			},
		);
		this.#changes = this.device.changes;
	}

	/** The meter as it was last read or kept. */
	get standing(): StandingMeter {
		return this.#standing;
	}

	/**
	 * One step of the meter in one transaction; resolves when what it changed is kept. Steps wait for one
	 * another. @throws {MeterGone}; whatever the store throws
	 */
	step(work: () => void, keepAnyhow = false): Promise<void> {
		const done = this.#turn.then(() => this.#step(work, keepAnyhow));
		this.#turn = done.catch(() => undefined);
		return done;
	}

	async #step(work: () => void, keepAnyhow: boolean): Promise<void> {
		const store = this.#store;
		const kept = await store.transaction(
			'rw',
			[store.virtualMeters, store.virtualMeterLoads],
			async () => {
				const { drn } = this.#standing.provision;
				const row = await store.virtualMeters.get(drn);
				if (row?.snapshot !== this.#snapshot) await this.#takeUp(row);
				work();
				if (this.device.changes === this.#changes && !keepAnyhow) return undefined;
				return this.#keep();
			},
		);
		if (!kept) return;
		// Only now: what a broken transaction wrote was never there.
		this.#standing = kept.standing;
		this.#snapshot = kept.snapshot;
		this.#rows = kept.standing.cosem.loadProfile.rows;
		this.#changes = kept.changes;
	}

	/** What another hand did. */
	async #takeUp(row: StoredVirtualMeter | undefined): Promise<void> {
		const { standing, rows } = await wholeOf(this.#store, row, this.#wall.nowMs());
		if (!sameCounters(standing.counters, this.#standing.counters)) throw new MeterGone();
		this.#standing = standing;
		this.#snapshot = row?.snapshot ?? '';
		this.#rows = rows;
		this.device.change(() => standing.cosem);
		this.#changes = this.device.changes;
	}

	async #keep(): Promise<{ standing: StandingMeter; snapshot: string; changes: number }> {
		const store = this.#store;
		const savedAtMs = Math.max(this.#wall.nowMs(), this.#standing.savedAtMs);
		const { meter: cosem, counters } = this.device.state;
		const standing = { ...this.#standing, cosem, counters, savedAtMs };
		const { changes } = this.device;
		const apart = { ...cosem, loadProfile: { ...cosem.loadProfile, rows: [] } };
		const row = rowOf({ ...standing, cosem: apart });
		if (cosem.loadProfile.rows !== this.#rows) {
			const numbers = packLoads(cosem.loadProfile.rows);
			await store.virtualMeterLoads.put({ drn: row.drn, numbers });
		}
		await store.virtualMeters.put(row);
		return { standing, snapshot: row.snapshot, changes };
	}
}

/** A meter at an instant, and the rows of its load profile that are stored. */
interface WholeMeter {
	readonly standing: StandingMeter;
	readonly rows: readonly LoadRow[];
}

/** The meter of a row at an instant, its load profile with it. @throws {MeterGone} */
async function wholeOf(
	store: TokenlineStore,
	row: StoredVirtualMeter | undefined,
	nowMs: number,
): Promise<WholeMeter> {
	const read = row && readRow(row);
	if (!read || 'refusal' in read) throw new MeterGone();
	const stored = await store.virtualMeterLoads.get(read.provision.drn);
	const earlier = unpackLoads(stored?.numbers ?? []);
	if (!earlier) throw new MeterGone();
	const { loadProfile } = read.cosem;
	const rows = loadProfile.rows.length === 0 ? earlier : [...earlier, ...loadProfile.rows];
	const whole = { ...read, cosem: { ...read.cosem, loadProfile: { ...loadProfile, rows } } };
	const savedAtMs = Math.max(nowMs, read.savedAtMs);
	return { standing: { ...whole, cosem: cosemAt(whole, nowMs), savedAtMs }, rows: earlier };
}
