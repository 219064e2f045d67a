/** The least that a durable write costs: one row, one commit, one after the other, by the bare driver. */
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { isServer } from '#lib/server/database/place.ts';

export interface BareInserts {
	/** Rows per second over so long. */
	run(durationMs: number): Promise<number>;
	close(): Promise<void>;
}

const TABLE = 'create table bare (id integer primary key, words text not null)';
const WORDS = 'as many octets as a short row of a real table may well have';

export async function bareInserts(place: string): Promise<BareInserts> {
	return isServer(place) ? await intoServer(place) : intoFile(`${place}-bare`);
}

function intoFile(path: string): BareInserts {
	const sqlite = new DatabaseSync(path);
	sqlite.exec(`pragma journal_mode = wal; pragma synchronous = full; ${TABLE}`);
	const insert = sqlite.prepare('insert into bare (words) values (?)');
	return {
		run: (durationMs) =>
			counted(durationMs, () => {
				insert.run(WORDS);
			}),
		close: () => Promise.resolve(sqlite.close()),
	};
}

async function intoServer(url: string): Promise<BareInserts> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(TABLE.replace('integer', 'serial'));
	const insert = { name: 'bare', text: 'insert into bare (words) values ($1)', values: [WORDS] };
	return {
		run: (durationMs) => counted(durationMs, () => client.query(insert)),
		close: () => client.end(),
	};
}

async function counted(durationMs: number, once: () => unknown): Promise<number> {
	const started = performance.now();
	let rows = 0;
	for (; performance.now() - started < durationMs; rows += 1) await once();
	return (rows / (performance.now() - started)) * 1_000;
}
