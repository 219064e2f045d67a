/** Builds the app when what it is made from changed since the last build. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceDigest } from './source-digest.mjs';
import { fail, ROOT, runStep } from './toolchain.mjs';

const STAMP = join(ROOT, 'build/.tokenline-sources');

/**
 * Leaves `build/` as of the sources; says so when that takes time.
 * @returns {string} the digest of the sources
 */
export function ensureBuilt() {
	const digest = sourceDigest();
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return digest;
	const args = ['build', '--logLevel', 'warn'];
	if (!runStep('building the app', 'node_modules/.bin/vite', args, { quiet: true }))
		fail('the app could not be built; the reason is above.');
	writeFileSync(STAMP, digest);
	return digest;
}
