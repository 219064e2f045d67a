/**
 * SHA-256 over everything a build is made from, first 16 hex digits, on stdout.
 * The start command compares it to decide whether to build; the app carries it as its version.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = [
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'service-worker',
	'static',
	'src',
];

/** @param {string} path @returns {string[]} every file below `path`, sorted */
function filesBelow(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

/** @returns {string} 16 hex digits */
export function sourceDigest() {
	const hash = createHash('sha256');
	// Part of the policy that is built into every page.
	hash.update(process.env.TOKENLINE_BRIDGES ?? '').update('\0');
	for (const source of SOURCES) {
		for (const file of filesBelow(join(ROOT, source))) {
			hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
		}
	}
	return hash.digest('hex').slice(0, 16);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(sourceDigest());
