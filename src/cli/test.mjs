/**
 * `npm test`: the checks, the unit tests and the end-to-end tests, from a bare clone. Ends with
 * `N passed, N failed, N not run (why)`. With `CI` set, what could not run counts as failed.
 * Arguments after `--` go to the unit test runner and leave the rest out: `npm test -- test/core/sts`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensurePostgres } from './postgres.mjs';
import { ensureSerialTools } from './serial-tools.mjs';
import { emptyTally } from './tally-reporter.mjs';
import { ensureInstalled, runStep } from './toolchain.mjs';

/** @typedef {import('./tally-reporter.mjs').Tally} Tally */

ensureInstalled();
const only = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tokenline-test-'));
const total = emptyTally();

/** @param {string} name @param {string[]} args @param {NodeJS.ProcessEnv} [extra] */
function runTests(name, args, extra = {}) {
	const tallyFile = join(folder, `${name.replaceAll(' ', '-')}.json`);
	const ok = runStep(
		name,
		'node_modules/.bin/vitest',
		['run', '--reporter=default', '--reporter=./src/cli/tally-reporter.mjs', ...args],
		{
			env: {
				...process.env,
				...extra,
				TOKENLINE_TALLY: tallyFile,
				FORCE_COLOR: '0',
				NO_COLOR: '1',
			},
		},
	);
	const tally = readTally(tallyFile);
	total.passed += tally.passed;
	// A runner that fell over before it could count still failed.
	total.failed += tally.failed > 0 || ok ? tally.failed : 1;
	total.late.push(...tally.late);
	total.notRun.push(...tally.notRun);
}

/** @param {string} file @returns {Tally} */
function readTally(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return emptyTally();
	}
}

if (only.length > 0) {
	runTests('unit tests', ['--project', 'unit', '--project', 'processes', ...only]);
} else {
	const checked = runStep('checks', process.execPath, ['src/cli/check.mjs']);
	total[checked ? 'passed' : 'failed'] += 1;
	ensureBuilt();
	// Before the first of the tests that use it where it is.
	const postgres = ensurePostgres();
	// Tests on serial ports say themselves that they did not run.
	ensureSerialTools();
	runTests('unit tests', ['--project', 'unit', '--project', 'processes']);
	if (postgres) {
		runTests('tests on PostgreSQL', ['--project', 'postgres']);
	} else {
		total.notRun.push(
			'tests on PostgreSQL: no PostgreSQL server here; install it (on Debian: apt-get install postgresql) or set TOKENLINE_POSTGRES to the folder of its programs',
		);
	}
	const chromium = ensureChromium();
	if (chromium) {
		runTests('end-to-end tests', ['--project', 'e2e'], { TOKENLINE_CHROMIUM: chromium });
	} else {
		total.notRun.push(
			'end-to-end tests: no Chromium here; install it (on Debian: apt-get install chromium) or set TOKENLINE_CHROMIUM to its path',
		);
	}
}
rmSync(folder, { recursive: true, force: true });

for (const test of total.late) console.log(`late, passed at the second try: ${test}`);
for (const reason of total.notRun) console.log(`not run: ${reason}`);
if (process.env.CI) total.failed += total.notRun.length;
const reasons = [...new Set(total.notRun.map((reason) => reason.replace(/^[^:]*: /, '')))];
console.log(
	`\n${total.passed} passed, ${total.failed} failed, ${total.notRun.length} not run${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`,
);
process.exit(total.failed > 0 ? 1 : 0);
