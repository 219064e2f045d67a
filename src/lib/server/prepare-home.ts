/**
 * Makes the state folder ready: keys, secrets, schema and, in the demo, a utility. What is there is
 * kept, so that it may be called at every start; with nothing to do it takes a few milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { createOnce } from './create-once.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase, type Database } from './database/open.ts';
import { isServer } from './database/place.ts';
import { setAsideFirstSchema } from './database/set-aside.ts';
import { makeSealKey, openSecretSeal } from './dlms-secret/secret-seal.ts';
import type { Settings } from './environment.ts';
import { moduleEnvironment, MODULE_FILE } from './security-module/spawn-settings.ts';
import { refuseDemoPeople } from './seed/demo-people.ts';
import { makePushKey } from './push/push-key.ts';
import { makeSaleKey } from './till/sale-key.ts';
import { seedDemo, type DemoTimes } from './seed/seed-demo.ts';

/**
 * Opens the database of a home. One of a demo from before the first release is set aside first.
 * @param tell takes the sentence that says so
 */
export function openHome(settings: Settings, tell: (sentence: string) => void): Database {
	setAsideOld(settings, tell);
	return openDatabase(settings.database);
}

/** The same without opening what comes in its place. */
export function setAsideOld(
	{ database: place, mode }: Settings,
	tell: (sentence: string) => void,
): void {
	if (mode !== 'demo' || isServer(place)) return;
	const aside = setAsideFirstSchema(place);
	if (aside !== undefined)
		tell(
			`The database is from before the first release: it is kept as ${basename(aside)}, and a new one is made.`,
		);
}

/**
 * Answers whether it planted the demo's utility.
 * @param times of a new demo
 * @param tell takes a few words about what takes time, before it is done
 */
export async function prepareHome(
	settings: Settings,
	database: Database,
	times: DemoTimes,
	tell: (words: string) => void,
): Promise<boolean> {
	if (settings.hsm === undefined && !existsSync(settings.paths.keyFile)) {
		tell('Making keys …');
		makeKeys(settings);
	}
	for (const path of [settings.paths.webhookSecret, settings.paths.homeSecret])
		if (!existsSync(path)) createOnce(path, randomBytes(32).toString('base64url'));
	if (!existsSync(settings.paths.dlmsSecretKey))
		createOnce(settings.paths.dlmsSecretKey, makeSealKey());
	if (!existsSync(settings.paths.saleKey)) createOnce(settings.paths.saleKey, makeSaleKey());
	if (!existsSync(settings.paths.pushKey)) createOnce(settings.paths.pushKey, makePushKey());
	if ((await migrate(database)) > 0) tell('Preparing the database …');
	if (settings.mode === 'live') await refuseDemoPeople(database);
	const seal = openSecretSeal(settings.paths.dlmsSecretKey);
	const planted = settings.mode === 'demo' && (await seedDemo(database, times, seal));
	if (planted) tell('Seeding the demo utility …');
	return planted;
}

/** In the module's own process: keys are never in this one. @throws {Error} with the module's sentence */
function makeKeys(settings: Settings): void {
	const done = spawnSync(process.execPath, [MODULE_FILE, 'init'], {
		cwd: settings.root,
		env: moduleEnvironment(settings),
		encoding: 'utf8',
	});
	if (done.status !== 0) throw new Error(`no keys could be made. ${done.stderr.trim()}`);
}
