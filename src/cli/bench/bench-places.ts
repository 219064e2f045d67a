/** Databases to measure on: a file, and a PostgreSQL server of the bench's own where one is installed. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgres } from '../postgres.mjs';

export interface BenchPlace {
	readonly name: string;
	/** Empty, as `TOKENLINE_DATABASE` takes it. */
	readonly open: () => Promise<string>;
	readonly close: () => Promise<void>;
}

export async function benchPlaces(): Promise<BenchPlace[]> {
	const postgres = findPostgres();
	if (postgres === undefined) console.log('PostgreSQL: not installed here, left out');
	return await Promise.resolve([embedded(), ...(postgres === undefined ? [] : [server(postgres)])]);
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
function server(programs: string): BenchPlace {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-bench-postgres-'));
	const as = asServerUser();
	let stop = () => Promise.resolve();
	return {
		name: 'PostgreSQL',
		async open() {
			if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
			const cluster = join(folder, 'cluster');
			const made = spawnSync(
				join(programs, 'initdb'),
				['-D', cluster, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
				{ ...as, encoding: 'utf8' },
			);
			if (made.status !== 0) throw new Error(`no database cluster: ${made.stderr}`);
			const port = await freePort();
			const child = spawn(
				join(programs, 'postgres'),
				[
					...['-D', cluster, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
					...['-c', 'unix_socket_directories='],
				],
				{ ...as, stdio: 'ignore' },
			);
			stop = async () => {
				const gone = once(child, 'exit');
				child.kill('SIGINT');
				await gone;
			};
			const url = `postgres://bench@127.0.0.1:${port}/postgres`;
			await answers(url);
			return url;
		},
		async close() {
			await stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** It refuses to run as root. */
function asServerUser(): { uid?: number; gid?: number; cwd: string } {
	const cwd = tmpdir();
	if (process.getuid?.() !== 0) return { cwd };
	const users = readFileSync('/etc/passwd', 'utf8').split('\n');
	const line = users.find((user) => /^(postgres|nobody):/.test(user)) ?? 'nobody:x:65534:65534';
	const [, , uid, gid] = line.split(':');
	return { cwd, uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
	const trial = createServer().listen(0, '127.0.0.1');
	await once(trial, 'listening');
	const address = trial.address();
	trial.close();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

const READY_WITHIN_MS = 60_000;

async function answers(url: string): Promise<void> {
	const deadline = performance.now() + READY_WITHIN_MS;
	for (;;) {
		const client = new pg.Client({ connectionString: url });
		try {
			await client.connect();
			await client.end();
			return;
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
