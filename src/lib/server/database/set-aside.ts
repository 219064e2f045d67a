/**
 * A demo's database from before the first release, whose schema no migration leads on from. It is renamed,
 * not destroyed, and a new one is made in its place.
 */
import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The only step that such a database has run. */
const FIRST_SCHEMA = '0001-first';

/** Answers where it went; undefined: there was nothing to set aside. */
export function setAsideFirstSchema(path: string): string | undefined {
	if (!existsSync(path) || !isOfFirstSchema(path)) return undefined;
	const aside = freeName(path);
	renameSync(path, aside);
	for (const rest of ['-wal', '-shm'])
		if (existsSync(path + rest)) renameSync(path + rest, aside + rest);
	return aside;
}

function isOfFirstSchema(path: string): boolean {
	const sqlite = new DatabaseSync(path);
	try {
		const isMigrated = sqlite.prepare(
			`select 1 from sqlite_master where name = 'kysely_migration'`,
		);
		if (isMigrated.get() === undefined) return false;
		const step = sqlite.prepare('select 1 from kysely_migration where name = ?');
		return step.get(FIRST_SCHEMA) !== undefined;
	} finally {
		sqlite.close();
	}
}

function freeName(path: string): string {
	for (let number = 1; ; number += 1) {
		const name = `${path}.set-aside-${number}`;
		if (!existsSync(name)) return name;
	}
}
