/** A PostgreSQL server of a test's or a bench's own: made in a temporary folder, on a free loopback port, gone at the end. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgres } from './postgres.mjs';
import { freePort } from './free-port.ts';

/** Why a test that needs one was not run. */
export const NO_POSTGRES =
	'no PostgreSQL server here; install it (on Debian: apt-get install postgresql) or set TOKENLINE_POSTGRES to the folder of its programs';

const READY_WITHIN_MS = 60_000;
const USER = 'tokenline';

export class PostgresServer {
	readonly port: number;
	/** What it wrote, for a test that failed. */
	output = '';
	readonly #folder: string;
	readonly #child: ChildProcess;

	private constructor(folder: string, port: number, settings: readonly string[]) {
		this.#folder = folder;
		this.port = port;
		this.#child = spawn(
			program('postgres'),
			[
				...['-D', join(folder, 'cluster'), '-p', String(port)],
				...['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings].flatMap(
					(one) => ['-c', one],
				),
			],
			{ ...asUser(), stdio: ['ignore', 'ignore', 'pipe'] },
		);
		this.#child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		process.once('exit', this.#stopHard);
	}

	/** Whether there are programs of one here. */
	static isThere(): boolean {
		return findPostgres() !== undefined;
	}

	/** @param settings such as `fsync=off`; without any it keeps what it was told through a power cut */
	static async start(...settings: string[]): Promise<PostgresServer> {
		const folder = mkdtempSync(join(tmpdir(), 'tokenline-postgres-'));
		const { uid, gid } = asUser();
		if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
		const made = spawnSync(
			program('initdb'),
			['-D', join(folder, 'cluster'), '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
			{ ...asUser(), encoding: 'utf8' },
		);
		if (made.status !== 0) throw new Error(`no database cluster:\n${made.stdout}\n${made.stderr}`);
		const server = new PostgresServer(folder, await freePort(), settings);
		await server.#ready();
		return server;
	}

	/** Of the server's first process. */
	get pid(): number {
		return this.#child.pid ?? 0;
	}

	url(database = 'postgres'): string {
		return `postgres://${USER}@127.0.0.1:${this.port}/${database}`;
	}

	/** A database as a copy of another one, in which nobody is at work; empty where none is named. */
	async createDatabase(name: string, template = 'template1'): Promise<string> {
		await this.ask(`create database "${name}" template "${template}"`);
		return this.url(name);
	}

	async dropDatabase(name: string): Promise<void> {
		await this.ask(`drop database if exists "${name}" with (force)`);
	}

	/** One statement, on a connection of its own. */
	async ask(statement: string, database?: string): Promise<unknown[]> {
		return await askPostgres(this.url(database), statement);
	}

	async #ready(): Promise<void> {
		const deadline = Date.now() + READY_WITHIN_MS;
		for (;;)
			try {
				await this.ask('select 1');
				return;
			} catch (error) {
				if (this.#child.exitCode !== null || Date.now() > deadline)
					throw new Error(`no PostgreSQL server:\n${this.output}`, { cause: error });
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
	}

	/** Ends it at once, whoever is still connected, and removes what it wrote. */
	async stop(): Promise<void> {
		process.removeListener('exit', this.#stopHard);
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			const gone = once(this.#child, 'exit');
			this.#child.kill('SIGINT');
			await gone;
		}
		rmSync(this.#folder, { recursive: true, force: true });
	}

	/** The test run ends without having stopped it. */
	readonly #stopHard = (): void => {
		this.#child.kill('SIGQUIT');
		rmSync(this.#folder, { recursive: true, force: true });
	};
}

/** One statement on a connection of its own. */
export async function askPostgres(url: string, statement: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query<object>(statement)).rows;
	} finally {
		await client.end();
	}
}

/** @throws {Error} when there is none here; `npm test` looks before it runs any test that needs it */
function program(name: 'initdb' | 'postgres'): string {
	const folder = findPostgres();
	if (folder === undefined) throw new Error(NO_POSTGRES);
	return join(folder, name);
}

/** It refuses to run as root: then it runs as the system's own user for it, or as nobody. */
function asUser(): { uid?: number; gid?: number; cwd: string } {
	const cwd = tmpdir();
	if (process.getuid?.() !== 0) return { cwd };
	const users = readFileSync('/etc/passwd', 'utf8').split('\n');
	const found = ['postgres', 'nobody'].flatMap((name) =>
		users.filter((line) => line.startsWith(`${name}:`)),
	)[0];
	const [, , uid, gid] = (found ?? 'nobody:x:65534:65534').split(':');
	return { cwd, uid: Number(uid), gid: Number(gid) };
}
