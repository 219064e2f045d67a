/** The built server, for tests that speak HTTP to it: built when the sources changed, once for all files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = join(process.cwd(), 'node_modules/.tokenline-building');
const BUILD = `import('./src/cli/build.mjs').then(({ ensureBuilt }) => ensureBuilt())`;

/** A lock older than any build takes was left by a run that was killed. */
const STALE_MS = 180_000;

/** @throws {Error} when the build fails, with what it said */
export async function ensureBuild(): Promise<void> {
	while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 100));
	try {
		// Without what the test runner sets for itself: it would change the build.
		const environment = Object.fromEntries(
			Object.entries(process.env).filter(
				([name]) => !/^(NODE_ENV|VITEST.*|TEST|DEV|PROD|MODE)$/.test(name),
			),
		);
		const done = spawnSync(process.execPath, ['--input-type=module', '-e', BUILD], {
			env: environment as NodeJS.ProcessEnv,
			encoding: 'utf8',
		});
		if (done.status !== 0) throw new Error(`no build:\n${done.stdout}\n${done.stderr}`);
	} finally {
		rmSync(LOCK, { recursive: true });
	}
}

function takeLock(): boolean {
	try {
		mkdirSync(LOCK);
		return true;
	} catch {
		const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs;
		if (since !== undefined && Date.now() - since > STALE_MS) rmSync(LOCK, { recursive: true });
		return false;
	}
}
