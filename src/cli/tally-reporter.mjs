/** A Vitest reporter that writes what `npm test` adds up: passed, failed, what came late, and what did not run and why. */
import { writeFileSync } from 'node:fs';

/**
 * `late` passed at the second try only; each line names the test and why the first failed.
 * @typedef {{ passed: number, failed: number, late: string[], notRun: string[] }} Tally
 */

/** @returns {Tally} */
export const emptyTally = () => ({ passed: 0, failed: 0, late: [], notRun: [] });

export default class TallyReporter {
	/** @param {readonly import('vitest/node').TestModule[]} modules */
	onTestRunEnd(modules) {
		const tally = emptyTally();
		for (const module of modules) {
			if (module.errors().length > 0) tally.failed += 1;
			for (const test of module.children.allTests()) count(tally, test);
		}
		const file = process.env.TOKENLINE_TALLY;
		if (file) writeFileSync(file, JSON.stringify(tally));
	}
}

/** @param {Tally} tally @param {import('vitest/node').TestCase} test */
function count(tally, test) {
	const result = test.result();
	if (result.state === 'failed') {
		tally.failed += 1;
	} else if (result.state === 'passed') {
		tally.passed += 1;
		if (test.diagnostic()?.flaky) tally.late.push(`${test.fullName}: ${firstLine(result.errors)}`);
	} else {
		const note = result.state === 'skipped' ? result.note : undefined;
		tally.notRun.push(`${test.fullName}: ${note || 'no reason given'}`);
	}
}

/** @param {readonly { message: string }[] | undefined} errors */
function firstLine(errors) {
	return errors?.[0]?.message.split('\n')[0] ?? 'no reason given';
}
