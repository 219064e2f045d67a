/** `npm run backup -- file`: a whole copy of the embedded database, while it is being sold on. */
import { resolve } from 'node:path';
import { backUp } from '#lib/server/continuity/backup.ts';
import { openMarks } from '#lib/server/continuity/marks.ts';
import { openPermit } from '#lib/server/continuity/permit.ts';
import { systemClock } from '#lib/server/clock.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import { isServer } from '#lib/server/database/place.ts';
import { readSettings, type Settings } from '#lib/server/environment.ts';

const [target] = process.argv.slice(2);

async function main(): Promise<void> {
	if (target === undefined)
		throw new Error('say where to: npm run backup -- /backups/tokenline.db');
	const settings = readSettings(process.env, process.cwd());
	if (isServer(settings.database))
		throw new Error('the database is a PostgreSQL server: use pg_dump or pg_basebackup (README)');
	await backUp(settings.database, resolve(target));
	await outdate(settings);
	console.log(
		`The database is in ${resolve(target)}. Keys are not in it: keep a copy of ${settings.paths.keyFile} and its passphrase apart, under their own rules.`,
	);
}

/** From now on the marks are above those of the copy: put back at any time, it is known for what it is. */
async function outdate({ paths, database: place }: Settings): Promise<void> {
	const database = openDatabase(place);
	const marks = openMarks(paths.marks);
	try {
		await openPermit({ database, marks, clock: systemClock, log: () => undefined });
	} finally {
		marks.close();
		await database.destroy();
	}
}

main().catch((error: unknown) => {
	console.error(`No backup: ${error instanceof Error ? error.message : 'it failed'}.`);
	process.exitCode = 1;
});
