/** Finds a full Chromium or Chrome for the end-to-end tests; on Debian it can be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

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

/** Installs Debian's package where that is possible without asking anybody. */
export function ensureChromium() {
	const found = findChromium();
	if (found || process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return found;
	const root = process.getuid?.() === 0;
	const prefix = root ? [] : ['sudo', '-n'];
	if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return undefined;
	console.log('Installing Chromium from Debian for the end-to-end tests (a minute or two) …');
	for (const args of [
		['update', '-qq'],
		['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
	]) {
		const [command, ...rest] = [...prefix, 'apt-get', ...args];
		spawnSync(/** @type {string} */ (command), rest, {
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
	}
	return findChromium();
}
