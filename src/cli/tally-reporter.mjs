/** A Vitest reporter that writes what `npm test` adds up: passed, failed, and what did not run and why. */
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
	/** @param {readonly import('vitest/node').TestModule[]} modules */
	onTestRunEnd(modules) {
		const tally = { passed: 0, failed: 0, notRun: /** @type {string[]} */ ([]) };
		for (const module of modules) {
			if (module.errors().length > 0) tally.failed += 1;
			for (const test of module.children.allTests()) {
				const result = test.result();
				if (result.state === 'passed') tally.passed += 1;
				else if (result.state === 'failed') tally.failed += 1;
				else
					tally.notRun.push(
						`${test.fullName}: ${(result.state === 'skipped' && result.note) || 'no reason given'}`,
					);
			}
		}
		const file = process.env.TOKENLINE_TALLY;
		if (file) writeFileSync(file, JSON.stringify(tally));
	}
}
