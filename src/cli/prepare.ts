/** Makes the state folder ready before the server starts: keys, database, demo utility. Quick when they are there. */
import { parseArgs } from 'node:util';
import { readSettings } from '#lib/server/environment.ts';
import { openHome, prepareHome } from '#lib/server/prepare-home.ts';

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
	const database = openHome(settings, tell);
	await prepareHome(settings, database, asOfMs(), tell);
	await database.destroy();
} catch (error) {
	console.error(`Tokenline: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
