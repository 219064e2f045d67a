/**
 * Gives a journal's rows their places, all of a request in one transaction and with the journal's head taken: what
 * fits is there for good before any of it is carried out, and each row is known again however often it comes.
 */
import type { JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import type { TillCaller } from './carrying.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { lockJournal } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { TillEntryRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import { isClockTold, raiseAlarm, type Alarm } from './alarms.ts';
import { amountOf } from './carry-out-sale.ts';
import { contradict, isSuspended } from './contradiction.ts';
import { decideEntry, decideMissing } from './decide-row.ts';
import { clockError } from './judge-clock.ts';
import { totalsUpTo } from './judge-queued.ts';
import { readKnown, type Known } from './known-places.ts';
import { offlineTermsOf } from './offline-terms.ts';
import type { ReadEntry, ReadMissing, ReadRow } from './read-rows.ts';
import { storeClaims } from './store-claims.ts';

export interface Handing {
	/** Who hands the rows in: the till itself, or somebody of the office. */
	readonly by: Caller;
	readonly till: TillCaller;
	readonly deviceId: string;
	/** Whether a journal that was ended by a contradiction may still be added to: by the office, as far as it fits. */
	readonly evenSuspended: boolean;
}

export type Placed =
	| { readonly placed: 'entry'; readonly row: TillEntryRow; readonly read: ReadEntry }
	| {
			readonly placed: 'missing';
			readonly sequence: number;
			readonly hash: string;
			/** It is missing on the device only: we had it before. */
			readonly row: TillEntryRow | undefined;
	  }
	| {
			readonly placed: 'nowhere';
			readonly sequence: number | null;
			readonly refusal: Refusal;
	  };

/**
 * In the rows' own order. Refusals of a row: those it has already (`readRows`), `journal-suspended`,
 * `journal-gap` with the number that is expected, `journal-fork` with the first that two entries have,
 * `id-reused`.
 */
export async function placeRows(
	backend: Pick<Backend, 'database' | 'clock' | 'homeSecret'>,
	handing: Handing,
	rows: readonly ReadRow[],
): Promise<Placed[]> {
	return await transact(backend.database, async (write) => {
		await lockJournal(write, handing.deviceId);
		const known = await readKnown(write, handing.deviceId, rows);
		const placing = new Placing(write, handing, known, backend.clock.nowMs());
		placing.isEnded = !handing.evenSuspended && (await isSuspended(write, handing));
		placing.totals = await totalsUpTo(write, handing.deviceId, known.head.sequence);
		const placed: Placed[] = [];
		for (const row of rows) placed.push(await placing.place(row));
		await placing.store(backend.homeSecret);
		return placed;
	});
}

/** One request's rows on their way into one journal. */
class Placing {
	/** Nothing more is taken of it. */
	isEnded = false;
	/** Of sales promised without a token, up to the head. */
	totals = { count: 0, sumMinor: 0 };
	readonly #write: Write;
	readonly #handing: Handing;
	readonly #known: Known;
	readonly #nowMs: number;
	readonly #begin: JournalHead;
	#head: JournalHead;
	readonly #entries: { readonly row: TillEntryRow; readonly read: ReadEntry }[] = [];
	readonly #missing: ReadMissing['missing'][] = [];

	constructor(write: Write, handing: Handing, known: Known, nowMs: number) {
		this.#write = write;
		this.#handing = handing;
		this.#known = known;
		this.#nowMs = nowMs;
		this.#begin = this.#head = known.head;
	}

	async place(read: ReadRow): Promise<Placed> {
		if (read.what === 'refused') return nowhere(read.sequence, read.refusal);
		if (read.what === 'missing') return this.#placeMissing(read);
		return await this.#placeEntry(read);
	}

	async #placeEntry(read: ReadEntry): Promise<Placed> {
		const { entry, text, hash } = read;
		if (this.isEnded) return nowhere(entry.sequence, { refusal: 'journal-suspended' });
		const found = decideEntry(this.#head, this.#known.places, entry, hash);
		switch (found.standing) {
			case 'known': {
				const row = this.#known.rows.get(entry.sequence);
				if (row === undefined) throw new TypeError('a place without its entry');
				return { placed: 'entry', row, read };
			}
			case 'gap': {
				const { expected } = found;
				return nowhere(entry.sequence, { refusal: 'journal-gap', facts: { expected } });
			}
			case 'contradicts': {
				await contradict(this.#write, this.#handing, { entry, text, hash, found }, this.#nowMs);
				this.isEnded = !this.#handing.evenSuspended;
				const facts = { sequence: found.sequence };
				return nowhere(entry.sequence, { refusal: 'journal-fork', facts });
			}
			case 'next':
			case 'found':
				return await this.#take(read, found.standing);
		}
	}

	async #take(read: ReadEntry, standing: 'next' | 'found'): Promise<Placed> {
		const { entry, text, hash } = read;
		if (this.#known.ids.has(entry.id)) return nowhere(entry.sequence, { refusal: 'id-reused' });
		const before =
			standing === 'next'
				? this.totals
				: await totalsUpTo(this.#write, entry.deviceId, entry.sequence - 1);
		const isPromised = read.sale?.promise === 'provisional';
		const totals = {
			count: before.count + (isPromised ? 1 : 0),
			sumMinor: before.sumMinor + (isPromised && read.sale ? amountOf(read.sale) : 0),
		};
		const row = this.#rowOf({ entry, text, hash }, totals);
		if (standing === 'next') {
			this.totals = totals;
			this.#head = { sequence: entry.sequence, hash };
		}
		this.#known.ids.add(entry.id);
		this.#known.rows.set(entry.sequence, row);
		this.#known.places.set(entry.sequence, { hash, isMissing: false });
		this.#entries.push({ row, read });
		return { placed: 'entry', row, read };
	}

	#placeMissing({ missing }: ReadMissing): Placed {
		const { sequence, hash } = missing;
		if (this.isEnded) return nowhere(sequence, { refusal: 'journal-suspended' });
		const found = decideMissing(this.#head, this.#known.places, missing);
		if (typeof found === 'object')
			return nowhere(sequence, { refusal: 'journal-gap', facts: { ...found } });
		if (found === 'next') {
			this.#head = { sequence, hash };
			this.#known.places.set(sequence, { hash, isMissing: true });
			this.#missing.push(missing);
		}
		const row = this.#known.rows.get(sequence);
		return { placed: 'missing', sequence, hash, row: row?.hash === hash ? row : undefined };
	}

	#rowOf(
		{ entry, text, hash }: Pick<ReadEntry, 'entry' | 'text' | 'hash'>,
		totals: { readonly count: number; readonly sumMinor: number },
	): TillEntryRow {
		const { utilityId, vendorId, terminalId } = this.#handing.till;
		return {
			...{ id: entry.id, utility_id: utilityId, vendor_id: vendorId, terminal_id: terminalId },
			...{ device_id: entry.deviceId, sequence: entry.sequence, hash, kind: entry.kind },
			...{ subject_id: subjectOf(entry), operator_id: entry.operatorId },
			...{ at_ms: entry.atMs, offset_ms: entry.offsetMs, taken_at_ms: this.#nowMs },
			known_sequence: this.#begin.sequence,
			...{ provisional_count: totals.count, provisional_minor: totals.sumMinor },
			entry: text,
		};
	}

	async store(homeSecret: Uint8Array): Promise<void> {
		const write = this.#write;
		for (let at = 0; at < this.#entries.length; at += ROWS_AT_ONCE)
			await write
				.insertInto('till_entry')
				.values(this.#entries.slice(at, at + ROWS_AT_ONCE).map(({ row }) => row))
				.execute();
		await storeClaims(write, homeSecret, this.#entries);
		for (const missing of this.#missing) await this.#storeMissing(missing);
		if (this.#head !== this.#begin)
			await write
				.updateTable('till_head')
				.set({ ...this.#head })
				.where('device_id', '=', this.#handing.deviceId)
				.execute();
		await this.#judgeClock();
	}

	async #storeMissing({ sequence, hash }: ReadMissing['missing']): Promise<void> {
		const { deviceId } = this.#handing;
		const row = { device_id: deviceId, sequence, hash, told_at_ms: this.#nowMs };
		await this.#write.insertInto('till_missing').values(row).execute();
		const about = { sequence, entryId: null, entry: null, facts: {} };
		await this.#raise({ kind: 'missing', ...about });
	}

	/** Of the first entry that tells of it. */
	async #judgeClock(): Promise<void> {
		const [first] = this.#entries;
		if (first === undefined) return;
		const terms = await offlineTermsOf(this.#write, first.row.vendor_id);
		const ageMs = Math.max(terms.queued?.ageMs ?? 0, terms.reserve?.lifeMs ?? 0);
		for (const { read } of this.#entries) {
			const aheadMs = clockError(read.entry, this.#nowMs, ageMs);
			if (aheadMs === undefined) continue;
			if (await isClockTold(this.#write, this.#handing.deviceId, this.#nowMs)) return;
			const { sequence, id: entryId } = read.entry;
			await this.#raise({ kind: 'clock', sequence, entryId, entry: null, facts: { aheadMs } });
			return;
		}
	}

	async #raise(alarm: Alarm): Promise<void> {
		await raiseAlarm(this.#write, this.#handing, alarm, this.#nowMs);
	}
}

/** Fewer parameters than either database takes in one statement. */
const ROWS_AT_ONCE = 100;

function nowhere(sequence: number | null, refusal: Refusal): Placed {
	return { placed: 'nowhere', sequence, refusal };
}

/** What an entry is about, where that is not itself. Pure. */
export function subjectOf(entry: SignedTillEntry): string | null {
	switch (entry.kind) {
		case 'sale':
			return null;
		case 'reveal':
		case 'reserve-ended':
		case 'reprint':
			return entry.content.vendId;
		case 'batch-opened':
		case 'batch-closed':
			return entry.content.batchId;
		case 'refund-paid':
			return entry.content.saleId;
	}
}
