/**
 * `npm run check`: types, lint, format and the floor law. Each step runs to its end; the verdict names
 * those that failed.
 */
import { ensureInstalled, ROOT, runStep } from './toolchain.mjs';

ensureInstalled();

const BIN = 'node_modules/.bin/';
/** @type {[string, string, string[]][]} */
const STEPS = [
	['generated types', `${BIN}svelte-kit`, ['sync']],
	['floors', process.execPath, ['src/cli/check-floors.ts']],
	['format', `${BIN}prettier`, ['--check', '--log-level', 'warn', '.']],
	['core types', `${BIN}tsc`, ['-p', 'src/lib/core']],
	['service worker types', `${BIN}tsc`, ['-p', 'service-worker']],
	['app types', `${BIN}svelte-check`, ['--fail-on-warnings', '--output', 'human']],
	['lint', `${BIN}eslint`, ['--max-warnings', '0', '.']],
];

const only = process.argv.slice(2);
const failed = [];
for (const [name, command, args] of STEPS) {
	if (only.length > 0 && !only.includes(name)) continue;
	if (!runStep(name, command, args, { cwd: ROOT })) failed.push(name);
}
if (failed.length > 0) {
	console.error(`check: failed: ${failed.join(', ')}`);
	process.exit(1);
}
console.log('check: clean');
