/**
 * Gives a journal's rows their places, all of a request in one transaction and with the journal's head taken: what
 * fits is there for good before any of it is carried out, and each row is known again however often it comes.
 */
import type { JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { TillCaller } from './carrying.ts';
import type { Caller } from '../access/caller.ts';
import type { Digits } from '../vend/finish-issue.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { TillEntryRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import { contradict } from './contradiction.ts';
import { decideEntry, decideMissing } from './decide-row.ts';
import { entryRowOf, totalsWith, type Totals } from './entry-row.ts';
import { totalsUpTo } from './judge-queued.ts';
import { takeKnown, type Known } from './known-places.ts';
import type { ReadEntry, ReadMissing, ReadRow } from './read-rows.ts';
import { storePlaced, type Added } from './store-placed.ts';
import { tellClock } from './tell-clock.ts';
import { tellRate } from './tell-rate.ts';

export interface Handing {
	/** Who hands the rows in: the till itself, or somebody of the office. */
	readonly by: Caller;
	readonly till: TillCaller;
	readonly deviceId: string;
	/** Whether a journal that was ended by a contradiction may still be added to: by the office, as far as it fits. */
	readonly evenSuspended: boolean;
	/** Whether somebody is shown the tokens now: where nobody is, they can still be taken back. */
	readonly digits: Digits;
}

export interface PlacedEntry {
	readonly placed: 'entry';
	readonly row: TillEntryRow;
	readonly read: ReadEntry;
	/** Taken by an earlier request. */
	readonly wasThere: boolean;
}
export type Placed =
	| PlacedEntry
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
	backend: Pick<Backend, 'database' | 'clock' | 'homeSecret' | 'till'>,
	handing: Handing,
	rows: readonly ReadRow[],
): Promise<Placed[]> {
	return await transact(backend.database, async (write) => {
		const { deviceId, till } = handing;
		const known = await takeKnown(write, deviceId, till.terminalId, rows);
		const nowMs = backend.clock.nowMs();
		const placing = new Placing(write, handing, known, nowMs);
		const placed: Placed[] = [];
		for (const row of rows) placed.push(await placing.place(row));
		const added = placing.added();
		await storePlaced(write, backend.homeSecret, handing, added, nowMs);
		const entries = added.entries.map(({ read }) => read);
		await tellClock(write, handing, entries, nowMs);
		await tellRate(write, handing, entries, backend.till.operatorSalesHour, nowMs);
		return placed;
	});
}

/** One request's rows on their way into one journal. */
class Placing {
	readonly #write: Write;
	readonly #handing: Handing;
	readonly #known: Known;
	readonly #nowMs: number;
	/** Nothing more is taken of it. */
	#isEnded: boolean;
	#totals: Totals;
	#head: JournalHead;
	readonly #entries: { readonly row: TillEntryRow; readonly read: ReadEntry }[] = [];
	readonly #missing: ReadMissing['missing'][] = [];

	constructor(write: Write, handing: Handing, known: Known, nowMs: number) {
		this.#write = write;
		this.#handing = handing;
		this.#known = known;
		this.#nowMs = nowMs;
		this.#isEnded = known.isSuspended && !handing.evenSuspended;
		this.#totals = known.totals;
		this.#head = known.head;
	}

	async place(read: ReadRow): Promise<Placed> {
		if (read.what === 'refused') return nowhere(read.sequence, read.refusal);
		if (read.what === 'missing') return this.#placeMissing(read);
		return await this.#placeEntry(read);
	}

	async #placeEntry(read: ReadEntry): Promise<Placed> {
		const { entry, text, hash } = read;
		if (this.#isEnded) return nowhere(entry.sequence, { refusal: 'journal-suspended' });
		const found = decideEntry(this.#head, this.#known.places, entry, hash);
		switch (found.standing) {
			case 'known': {
				const row = this.#known.rows.get(entry.sequence);
				if (row === undefined) throw new TypeError('a place without its entry');
				return { placed: 'entry', row, read, wasThere: true };
			}
			case 'gap': {
				const { expected } = found;
				return nowhere(entry.sequence, { refusal: 'journal-gap', facts: { expected } });
			}
			case 'contradicts': {
				await contradict(this.#write, this.#handing, { entry, text, hash, found }, this.#nowMs);
				this.#isEnded = !this.#handing.evenSuspended;
				const facts = { sequence: found.sequence };
				return nowhere(entry.sequence, { refusal: 'journal-fork', facts });
			}
			case 'next':
			case 'found':
				return await this.#take(read, found.standing);
		}
	}

	async #take(read: ReadEntry, standing: 'next' | 'found'): Promise<Placed> {
		const { entry, hash } = read;
		if (this.#known.ids.has(entry.id)) return nowhere(entry.sequence, { refusal: 'id-reused' });
		const before =
			standing === 'next'
				? this.#totals
				: await totalsUpTo(this.#write, entry.deviceId, entry.sequence - 1);
		const totals = totalsWith(before, read);
		const knownSequence = this.#known.head.sequence;
		const place = { nowMs: this.#nowMs, knownSequence, totals };
		const row = entryRowOf(this.#handing.till, read, place);
		if (standing === 'next') {
			this.#totals = totals;
			this.#head = { sequence: entry.sequence, hash };
		}
		this.#known.ids.add(entry.id);
		this.#known.rows.set(entry.sequence, row);
		this.#known.places.set(entry.sequence, { hash, isMissing: false });
		this.#entries.push({ row, read });
		return { placed: 'entry', row, read, wasThere: false };
	}

	#placeMissing({ missing }: ReadMissing): Placed {
		const { sequence, hash } = missing;
		if (this.#isEnded) return nowhere(sequence, { refusal: 'journal-suspended' });
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

	/** What this request has added, to be written down. */
	added(): Added {
		const head = this.#head === this.#known.head ? null : this.#head;
		return { entries: this.#entries, missing: this.#missing, head };
	}
}

function nowhere(sequence: number | null, refusal: Refusal): Placed {
	return { placed: 'nowhere', sequence, refusal };
}
