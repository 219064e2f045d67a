/**
 * Databases of tests: files of SQLite, or in the project `postgres` databases of its server. Each is a copy
 * of one that was made once, and gone with the test.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import { seedDemo } from '#lib/server/seed/seed-demo.ts';
import { askPostgres } from '../../harness/postgres.ts';
import { TEMPLATES } from '../../harness/postgres-setup.ts';
import { MORNING } from './morning.ts';
import { TEST_SEAL } from './test-seal.ts';

/** Which of the two this run is on. */
export const ON_POSTGRES = (inject('postgres') as string | undefined) !== undefined;

export interface TestDatabase {
	/** For `openDatabase`. */
	readonly place: string;
	/** After everybody has closed it. */
	dispose(): Promise<void>;
}

/** `bare`: nothing at all; `empty`: the tables only; `seeded`: the demo utility. */
export type Contents = 'bare' | 'empty' | 'seeded';

export async function makeDatabase(contents: Contents): Promise<TestDatabase> {
	return ON_POSTGRES ? await copyInServer(contents) : await copyOfFile(contents);
}

let lastCopy = 0;

async function copyInServer(contents: Contents): Promise<TestDatabase> {
	const server = inject('postgres');
	lastCopy += 1;
	const name = `shop_${process.pid}_${lastCopy}`;
	await askPostgres(server, `create database ${name} template ${TEMPLATES[contents]}`);
	const url = new URL(server);
	url.pathname = name;
	// It goes with its server at the end of the run.
	return { place: url.href, dispose: () => Promise.resolve() };
}

const files = {
	bare: once(() => fileOf('bare')),
	empty: once(() => fileOf('empty')),
	seeded: once(() => fileOf('seeded')),
};

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return () => (made ??= make());
}

async function fileOf(contents: Contents): Promise<Buffer> {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-seed-'));
	const path = join(folder, 'tokenline.db');
	const database = openDatabase(path);
	if (contents !== 'bare') await migrate(database);
	if (contents === 'seeded') await seedDemo(database, MORNING, TEST_SEAL);
	await database.destroy();
	const bytes = readFileSync(path);
	rmSync(folder, { recursive: true });
	return bytes;
}

async function copyOfFile(contents: Contents): Promise<TestDatabase> {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-shop-'));
	const place = join(folder, 'tokenline.db');
	writeFileSync(place, await files[contents]());
	return {
		place,
		async dispose() {
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** A copy as it is now, of a database that nobody has open; it goes with the run or the folder. */
export async function copyOf(place: string): Promise<string> {
	if (ON_POSTGRES) {
		const source = new URL(place).pathname.slice(1);
		lastCopy += 1;
		const copy = new URL(place);
		copy.pathname = `shop_${process.pid}_${lastCopy}`;
		await askPostgres(
			inject('postgres'),
			`create database ${copy.pathname.slice(1)} template ${source}`,
		);
		return copy.href;
	}
	lastCopy += 1;
	const copy = `${place}.copy-${lastCopy}`;
	copyFileSync(place, copy);
	return copy;
}
