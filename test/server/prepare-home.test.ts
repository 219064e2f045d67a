import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#lib/server/database/open.ts';
import { openSecrets } from '#lib/server/dlms-secret/associations.ts';
import { openSecretSeal } from '#lib/server/dlms-secret/secret-seal.ts';
import { readSettings } from '#lib/server/environment.ts';
import { startBackend } from '#lib/server/backend.ts';
import { DEMO_SLOTS } from '#lib/server/security-module/demo-slots.ts';
import { openKeyFile } from '#lib/server/security-module/key-file.ts';
import { makeDatabase, ON_POSTGRES } from './harness/test-database.ts';

let home: string;
/** The home's own file, or a database of the server. */
let database: { TOKENLINE_DATABASE?: string };
beforeEach(async () => {
	home = mkdtempSync(join(tmpdir(), 'tokenline-prepare-'));
	database = ON_POSTGRES ? { TOKENLINE_DATABASE: (await makeDatabase('bare')).place } : {};
});
afterEach(() => rmSync(home, { recursive: true }));

async function prepare(...args: string[]): Promise<{ code: number; said: string }> {
	const child = spawn(process.execPath, ['src/cli/prepare.ts', ...args], {
		env: {
			...process.env,
			TOKENLINE_HOME: home,
			TOKENLINE_MODE: 'demo',
			TOKENLINE_DEMO_YEAR: 'no',
			...database,
		},
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number];
	return { code, said };
}

describe('preparing a state folder', () => {
	it('says what it makes, and has nothing to say when it is there', async () => {
		expect(await prepare()).toEqual({
			code: 0,
			said: '  Making keys …\n  Preparing the database …\n  Seeding the demo utility …\n',
		});
		expect(await prepare()).toEqual({ code: 0, said: '' });
	}, 60_000);

	it('may be done by several processes at once', async () => {
		const done = await Promise.all([prepare(), prepare(), prepare()]);
		expect(done.filter(({ code }) => code !== 0)).toEqual([]);
		const { database: place, paths } = readSettings(
			{ TOKENLINE_HOME: home, ...database },
			process.cwd(),
		);
		expect(openKeyFile(paths).keys.size).toBe(DEMO_SLOTS.length);
		const books = openDatabase(place);
		expect(await books.selectFrom('utility').select('id').execute()).toHaveLength(1);
		// Whoever seeded it sealed under the key that all of them found.
		const seal = openSecretSeal(paths.dlmsSecretKey);
		const sealed = await books.selectFrom('meter_association').selectAll().execute();
		expect(sealed.map((row) => openSecrets(seal, row)?.unicastKeyHex)).not.toContain(undefined);
		expect(statSync(paths.dlmsSecretKey).mode & 0o077).toBe(0);
		await books.destroy();
		// No draft is left lying about.
		expect(readdirSync(join(home, 'security-module')).sort()).toEqual(['keys.json', 'passphrase']);
	}, 60_000);

	it('says in a sentence what it was told wrongly', async () => {
		expect(await prepare('--as-of', 'yesterday')).toEqual({
			code: 1,
			said: 'Tokenline: --as-of must be a date such as 2026-11-20, not yesterday\n',
		});
	}, 60_000);

	if (!ON_POSTGRES)
		it('sets the database of a demo from before the first release aside, and keeps it', async () => {
			const old = new DatabaseSync(join(home, 'tokenline.db'));
			old.exec(`create table kysely_migration (name text); create table vend (id text);
			insert into kysely_migration values ('0001-first'); insert into vend values ('kept')`);
			old.close();
			const { code, said } = await prepare();
			expect({ code, said }).toMatchObject({ code: 0 });
			expect(said).toContain(
				'The database is from before the first release: it is kept as tokenline.db.set-aside-1, and a new one is made.\n',
			);
			const aside = new DatabaseSync(join(home, 'tokenline.db.set-aside-1'));
			expect(aside.prepare('select id from vend').get()).toEqual({ id: 'kept' });
			aside.close();
			expect((await prepare()).said).toBe('');
		}, 60_000);

	it('does not start for a live utility', async () => {
		const settings = readSettings({ TOKENLINE_HOME: home, TOKENLINE_MODE: 'live' }, process.cwd());
		await expect(startBackend(settings)).rejects.toThrow(/needs a hardware security module/);
	});
});
