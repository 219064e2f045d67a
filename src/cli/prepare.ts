/** Makes the state folder ready before the server starts: keys, database, demo utility. Quick when they are there. */
import { parseArgs } from 'node:util';
import { readSettings } from '#lib/server/environment.ts';
import { openHome, prepareHome, setAsideOld } from '#lib/server/prepare-home.ts';
import { makeDemo } from '#lib/server/seed/make-demo.ts';

const { values } = parseArgs({ options: { 'as-of': { type: 'string' } } });

/** `--as-of 2026-11-20`: the day the demo stands on, for a demo that is the same every time. */
function asOfMs(): number {
	const text = values['as-of'];
	if (text === undefined) return Date.now();
	const ms = Date.parse(text);
	if (Number.isNaN(ms)) throw new Error(`--as-of must be a date such as 2026-11-20, not ${text}`);
	return ms;
}

try {
	const settings = readSettings(process.env, process.cwd());
	const tell = (words: string) => console.log(`  ${words}`);
	const nowMs = asOfMs();
	setAsideOld(settings, tell);
	if (settings.mode === 'demo' && settings.demoYear) await makeDemo(settings, nowMs, tell);
	const database = openHome(settings, tell);
	await prepareHome(settings, database, { beginsMs: nowMs, todayMs: nowMs }, tell);
	await database.destroy();
} catch (error) {
	console.error(`Tokenline: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
