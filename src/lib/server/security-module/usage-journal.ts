/**
 * What the software module remembers: which request was for which token, so that a request id is never
 * used for two, and how many there were. No digits and no keys. Shared by all module processes of a home.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface UsageJournal {
	/** `false`: the id was used for other contents. */
	record(requestId: string, contents: string): boolean;
	count(): number;
	close(): void;
}

export function openUsageJournal(path: string): UsageJournal {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const database = new DatabaseSync(path);
	// A record lost with the power is made again by the same request: no need to wait for the disk.
	database.exec(`
		pragma busy_timeout = 5000;
		pragma journal_mode = wal;
		pragma synchronous = normal;
		create table if not exists issued (request_id text primary key, contents text not null) without rowid;
	`);
	const insert = database.prepare('insert into issued values (?, ?) on conflict do nothing');
	const select = database.prepare('select contents from issued where request_id = ?');
	const count = database.prepare('select count(*) as tokens from issued');
	return {
		record(requestId, contents) {
			if (insert.run(requestId, contents).changes === 1) return true;
			return select.get(requestId)?.contents === contents;
		},
		count: () => Number(count.get()?.tokens),
		close: () => database.close(),
	};
}
