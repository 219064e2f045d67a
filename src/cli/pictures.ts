/**
 * `npm run pictures -- ORIGIN`: makes anew what the manifest shows of the app, from the app that runs there (a
 * demo; `http://localhost:4180` where none is named), with the Chromium of the end-to-end tests. They are to be
 * looked at before they are committed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { drawIcons } from './pictures/icons.ts';
import { DEVICES, photographScreens } from './pictures/screens.ts';

const STATIC = 'static';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run'];

/** @param path below the folder of static files */
function save(path: string, octets: Buffer): void {
	const file = join(STATIC, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, octets);
	console.log(`${file}  ${octets.length}`);
}

async function makeAll(browser: Browser, origin: string): Promise<void> {
	for (const { path, octets } of await drawIcons(browser, join(STATIC, 'icon.svg')))
		save(path, octets);
	for (const device of DEVICES)
		for (const { path, octets } of await photographScreens(browser, origin, device))
			save(path, octets);
}

const [origin = 'http://localhost:4180'] = process.argv.slice(2);
const executablePath = findChromium();
if (!executablePath) throw new Error('no Chromium here: TOKENLINE_CHROMIUM names one');
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
	await makeAll(browser, origin);
} finally {
	await browser.close();
}
