/**
 * What the software module remembers: which requests it made something for, in their order, and how many
 * units went out under each key. No digits and no keys. Shared by all module processes of a home.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What a request makes. */
export type RequestKind = 'credit' | 'management' | 'key-change';

/** A request that is about to be answered for the first time. */
export interface MadeRequest {
	readonly requestId: string;
	readonly kind: RequestKind;
	/** Digest of what was asked for. */
	readonly contents: string;
	readonly slot: string;
	/** What the token carries, 0.1 kWh; 0 where it is no credit. */
	readonly deciKwh: number;
	/** The key's limit over its whole life; null for none. */
	readonly limitDeciKwh: number | null;
}

export interface UsageJournal {
	/** The digest of what the id was used for; undefined: it was not. */
	contentsOf(requestId: string): string | undefined;
	/**
	 * Writes a request down, once, and counts its units. `other`: the id was used for other contents;
	 * `limit`: the key has not so many units left, and nothing is written.
	 */
	record(request: MadeRequest): 'recorded' | 'other' | 'limit';
	/** How many requests were recorded, over all lives. */
	count(): number;
	/** Their ids in the order of recording, those after the first `after`, at most `limit` of them. */
	idsAfter(after: number, limit: number): string[];
	/** Runs while no other process of this home does anything exclusively or records. */
	exclusively<Result>(work: () => Result): Result;
	close(): void;
}

// Killing a process loses nothing. A power cut may lose the latest records, for which no vend waits: the
// count is then short by them, and the daily close says so.
const SETUP = `
	pragma busy_timeout = 5000;
	pragma journal_mode = wal;
	pragma synchronous = normal;
	create table if not exists made (
		position integer primary key,
		request_id text not null unique,
		kind text not null,
		contents text not null
	);
	create table if not exists spent (slot text primary key, deci_kwh integer not null) without rowid;
`;

/** @param path of a file, made if it is not there, or `:memory:` */
export function openUsageJournal(path: string): UsageJournal {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const database = new DatabaseSync(path);
	database.exec(SETUP);
	const known = database.prepare('select contents from made where request_id = ?');
	// Nothing is ever deleted, so positions run from 1 without a gap.
	const insert = database.prepare(
		'insert into made values ((select coalesce(max(position), 0) + 1 from made), ?, ?, ?)',
	);
	const spent = database.prepare('select deci_kwh from spent where slot = ?');
	const spend = database.prepare(
		'insert into spent values (?, ?) on conflict do update set deci_kwh = deci_kwh + excluded.deci_kwh',
	);
	const count = database.prepare('select coalesce(max(position), 0) as requests from made');
	const ids = database.prepare(
		'select request_id from made where position > ? order by position limit ?',
	);

	const contentsOf = (requestId: string) => known.get(requestId)?.contents as string | undefined;

	function recordNow(request: MadeRequest): 'recorded' | 'other' | 'limit' {
		const { requestId, kind, contents, slot, deciKwh, limitDeciKwh } = request;
		const before = contentsOf(requestId);
		if (before !== undefined) return before === contents ? 'recorded' : 'other';
		const already = Number(spent.get(slot)?.deci_kwh ?? 0);
		if (limitDeciKwh !== null && deciKwh > 0 && already + deciKwh > limitDeciKwh) return 'limit';
		insert.run(requestId, kind, contents);
		if (deciKwh > 0) spend.run(slot, deciKwh);
		return 'recorded';
	}

	function exclusively<Result>(work: () => Result): Result {
		database.exec('begin immediate');
		try {
			const result = work();
			database.exec('commit');
			return result;
		} catch (error) {
			database.exec('rollback');
			throw error;
		}
	}

	return {
		contentsOf,
		record: (request) => exclusively(() => recordNow(request)),
		count: () => Number(count.get()?.requests),
		idsAfter: (after, limit) => ids.all(after, limit).map((row) => row.request_id as string),
		exclusively,
		close: () => database.close(),
	};
}
