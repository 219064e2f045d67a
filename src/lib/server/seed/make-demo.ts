/**
 * Makes the demo with its year: a database that is not there yet comes to be whole or not at all. A file is
 * made as a draft beside its place, without waiting for the disk at every sale, and takes its name at the end.
 */
import { existsSync, linkSync, rmSync } from 'node:fs';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../database/open.ts';
import { isServer } from '../database/place.ts';
import type { Settings } from '../environment.ts';
import { prepareHome } from '../prepare-home.ts';
import { openSecurityModule } from '../security-module/open-module.ts';
import { seedYear, yearBeginsMs } from './seed-year.ts';

/**
 * Leaves a database that has a utility as it is.
 * @param asOfMs the demo's day: its year ends the day before
 * @param tell takes a few words about what takes time, before it is done
 */
export async function makeDemo(
	settings: Settings,
	asOfMs: number,
	tell: (words: string) => void,
): Promise<void> {
	const { database: place } = settings;
	if (isServer(place)) return await fill(settings, openDatabase(place), asOfMs, tell);
	if (existsSync(place)) return;
	const draft = `${place}.draft-${process.pid}`;
	try {
		const database = openDatabase(draft);
		await sql`pragma synchronous = off`.execute(database);
		await fill({ ...settings, database: draft }, database, asOfMs, tell);
		takeName(draft, place);
	} finally {
		for (const end of ['', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
	}
}

/** Unless another process was first: its demo is as good. */
function takeName(draft: string, place: string): void {
	try {
		linkSync(draft, place);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}

async function fill(
	settings: Settings,
	database: Database,
	asOfMs: number,
	tell: (words: string) => void,
): Promise<void> {
	try {
		const times = { beginsMs: yearBeginsMs(asOfMs), todayMs: asOfMs };
		const made = await prepareHome(settings, database, times, tell);
		if (!made) return;
		tell('Selling for a year …');
		const securityModule = openSecurityModule(settings, () => undefined);
		await seedYear(database, securityModule, asOfMs).finally(() => securityModule.close());
		if (!isServer(settings.database)) await settleOnDisk(database);
	} finally {
		await database.destroy();
	}
}

/** From here on as every other database: all of it in the one file, and on the disk. */
async function settleOnDisk(database: Database): Promise<void> {
	await sql`pragma synchronous = full`.execute(database);
	await sql`pragma wal_checkpoint(truncate)`.execute(database);
}
