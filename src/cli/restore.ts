/**
 * `npm run restore -- file` puts a backup in the database's place; the backend then starts and sells nothing.
 * `npm run restore -- --accept` says that this is meant, names what was lost as far as it is known, and
 * lets it sell again. With PostgreSQL the first is its own tools' work, the second the same.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#lib/server/clock.ts';
import { acceptRestore } from '#lib/server/continuity/accept-restore.ts';
import { findLostVends, type LostVends } from '#lib/server/continuity/lost-vends.ts';
import { openMarks, type Marks } from '#lib/server/continuity/marks.ts';
import { restore } from '#lib/server/continuity/restore.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { isServer } from '#lib/server/database/place.ts';
import { readSettings, type Settings } from '#lib/server/environment.ts';
import { makeLog } from '#lib/server/log.ts';
import { connectSecurityModule } from '#lib/server/security-module/process-client.ts';
import { moduleEnvironment, MODULE_FILE } from '#lib/server/security-module/spawn-settings.ts';

const { values, positionals } = parseArgs({
	options: { accept: { type: 'boolean' } },
	allowPositionals: true,
});

async function main(): Promise<void> {
	const settings = readSettings(process.env, process.cwd());
	const marks = openMarks(settings.paths.marks);
	try {
		if (values.accept) await accept(settings, marks);
		else putBack(settings, marks);
	} finally {
		marks.close();
	}
}

function putBack({ database }: Settings, marks: Marks): void {
	const [file] = positionals;
	if (file === undefined)
		throw new Error(
			'say which: npm run restore -- /backups/tokenline.db, then npm run restore -- --accept',
		);
	if (isServer(database))
		throw new Error(
			'the database is a PostgreSQL server: put it back with its own tools (README), then npm run restore -- --accept',
		);
	const aside = restore(database, resolve(file), marks, systemClock.nowMs());
	console.log(`The database is now that of ${resolve(file)}.`);
	if (aside !== undefined)
		console.log(`The one before is in ${aside}: look there for what is lost.`);
	console.log('Nothing is sold on it until you accept that: npm run restore -- --accept');
}

async function accept(settings: Settings, marks: Marks): Promise<void> {
	const database = openDatabase(settings.database);
	try {
		await migrate(database);
		const lost = await askModule(settings, database);
		const { restore, floorMs } = await acceptRestore(database, marks, lost, systemClock.nowMs());
		console.log(
			`Restore ${restore} is accepted. Tokens go on above ${new Date(floorMs).toISOString()}.`,
		);
		console.log(`Receipts begin a new series at every issuing point: …-R${restore}-000001.`);
		tellLost(lost);
	} finally {
		await database.destroy();
	}
}

async function askModule(settings: Settings, database: Database): Promise<LostVends> {
	const module = connectSecurityModule({
		command: [MODULE_FILE, 'serve'],
		cwd: settings.root,
		environment: moduleEnvironment(settings),
		startWithinMs: settings.moduleStartWithinMs,
		answerWithinMs: settings.moduleAnswerWithinMs,
		log: makeLog((line) => process.stderr.write(line), systemClock.nowMs),
	});
	try {
		return await findLostVends(database, module, 0);
	} finally {
		await module.close();
	}
}

function tellLost({ ids }: LostVends): void {
	if (ids === null) {
		console.log('This security module only counts: which vends were lost, it cannot say.');
		return;
	}
	console.log(
		`Vends that the security module made and this database does not know: ${ids.length}.`,
	);
	for (const id of ids) console.log(`  ${id}`);
	if (ids.length > 0)
		console.log(
			'Their tokens may be in use and their money is not in these books: reconcile them with the payment provider’s statement and the tills’ own journals.',
		);
}

main().catch((error: unknown) => {
	console.error(`Not restored: ${error instanceof Error ? error.message : 'it failed'}.`);
	process.exitCode = 1;
});
