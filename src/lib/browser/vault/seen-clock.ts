/**
 * The time that a device has seen: what expires does so by this clock. It follows the device's own clock
 * forward and never goes back with it, because the highest instant it has shown is kept on the disk; and
 * while a page is open it goes on whatever somebody does to the device's clock.
 *
 * The backend's clock is the truth: hearing it sets this one, also back (a device that was in 2099 by
 * mistake would else find every pack expired for the rest of its days).
 *
 * What it cannot see: that the clock was set back while no page was open, by less than has passed since.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { VaultDatabase } from './tables.ts';

const ROW = 'device';

export interface SeenTimeRow {
	readonly name: typeof ROW;
	readonly schema: 1;
	/** The highest instant that was shown, epoch milliseconds. */
	readonly seenMs: number;
	/** What is added to the device's clock to have the backend's; 0 before it was heard. */
	readonly offsetMs: number;
	/** How often the backend was heard: whose count is lower has nothing to say about the time. */
	readonly heard: number;
}

/** The device's clocks. */
export interface DeviceClocks {
	/** Epoch milliseconds, as the person set them. */
	readonly nowMs: () => number;
	/** Milliseconds since any instant, never set by anybody: `performance.now`. */
	readonly tickMs: () => number;
}

export class SeenClock {
	readonly #db: VaultDatabase;
	readonly #clocks: DeviceClocks;
	#row: SeenTimeRow;
	#tickAtRow: number;

	/** Opens the clock where it was left. @throws {StoreFault} */
	static async open(db: VaultDatabase, clocks: DeviceClocks): Promise<SeenClock> {
		const row = await stored(() => db.seenTime.get(ROW));
		const start = { name: ROW, schema: 1, seenMs: clocks.nowMs(), offsetMs: 0, heard: 0 } as const;
		const clock = new SeenClock(db, clocks, row ?? start);
		await clock.keep();
		return clock;
	}

	private constructor(db: VaultDatabase, clocks: DeviceClocks, row: SeenTimeRow) {
		this.#db = db;
		this.#clocks = clocks;
		this.#row = row;
		this.#tickAtRow = clocks.tickMs();
	}

	/** Epoch milliseconds; never less than before, but for the backend's word. */
	nowMs(): number {
		const { seenMs, offsetMs } = this.#row;
		const ticked = seenMs + Math.max(0, this.#clocks.tickMs() - this.#tickAtRow);
		return Math.round(Math.max(ticked, this.#clocks.nowMs() + offsetMs));
	}

	/** What the backend's clock was ahead of the device's when it was last heard; null: never heard. */
	get offsetMs(): number | null {
		return this.#row.heard > 0 ? this.#row.offsetMs : null;
	}

	/** Puts what was seen on the disk. @throws {StoreFault} */
	async keep(): Promise<void> {
		await this.#write((onDisk) => {
			const { heard, offsetMs } = this.#row;
			// Another tab heard the backend since: ours is a time that is no longer believed.
			if (onDisk && onDisk.heard > heard) return onDisk;
			const seenMs = Math.max(this.nowMs(), onDisk?.heard === heard ? onDisk.seenMs : 0);
			return { name: ROW, schema: 1, seenMs, offsetMs, heard };
		});
	}

	/** The backend said what time it is. @throws {StoreFault} */
	async hear(serverMs: number): Promise<void> {
		await this.#write((onDisk) => ({
			name: ROW,
			schema: 1,
			seenMs: serverMs,
			offsetMs: serverMs - this.#clocks.nowMs(),
			heard: Math.max(onDisk?.heard ?? 0, this.#row.heard) + 1,
		}));
	}

	async #write(decide: (onDisk: SeenTimeRow | undefined) => SeenTimeRow): Promise<void> {
		const { seenTime } = this.#db;
		const row = await stored(() =>
			this.#db.transaction('rw', seenTime, async () => {
				const next = decide(await seenTime.get(ROW));
				await seenTime.put(next);
				return next;
			}),
		);
		this.#row = row;
		this.#tickAtRow = this.#clocks.tickMs();
	}
}
