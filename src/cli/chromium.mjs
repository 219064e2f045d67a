/** Finds a full Chromium or Chrome for the end-to-end tests; on Debian it can be installed. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findOrInstall } from './debian.mjs';

const KNOWN = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Browsers that Playwright downloaded for somebody's other project serve as well. */
function playwrightBrowsers() {
	const folder = join(homedir(), '.cache/ms-playwright');
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => /^chromium-\d+$/.test(name))
		.map((name) => join(folder, name, 'chrome-linux/chrome'));
}

/** @returns {string | undefined} the browser's path; `TOKENLINE_CHROMIUM` overrides the search */
export function findChromium() {
	const wanted = process.env.TOKENLINE_CHROMIUM;
	return [...(wanted ? [wanted] : KNOWN), ...playwrightBrowsers()].find((path) => existsSync(path));
}

/** @returns {string | undefined} the browser's path, installed where that is possible */
export function ensureChromium() {
	return findOrInstall(
		findChromium,
		'Installing Chromium from Debian for the end-to-end tests (a minute or two) …',
		['chromium'],
	);
}
