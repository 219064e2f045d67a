/** Databases to measure on: a file, and a PostgreSQL server of the bench's own where one is installed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '../postgres-server.ts';

export interface BenchPlace {
	readonly name: string;
	/** Empty, as `TOKENLINE_DATABASE` takes it. */
	readonly open: () => Promise<string>;
	readonly close: () => Promise<void>;
}

export function benchPlaces(): BenchPlace[] {
	const isThere = PostgresServer.isThere();
	if (!isThere) console.log('PostgreSQL: not installed here, left out');
	return [embedded(), ...(isThere ? [server()] : [])];
}

function embedded(): BenchPlace {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-bench-'));
	return {
		name: 'SQLite',
		open: () => Promise.resolve(join(folder, 'bench.db')),
		close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
	};
}

/** With the server's own defaults: every commit waits for the disk. */
function server(): BenchPlace {
	let running: PostgresServer | undefined;
	return {
		name: 'PostgreSQL',
		async open() {
			running = await PostgresServer.start();
			return await running.createDatabase('bench');
		},
		close: async () => await running?.stop(),
	};
}
