/** One case on its way: judged at once, ended at the first that does not hold, the meter brought back after it. */
import { describe, expect, it } from 'vitest';
import { CaseRun } from '#lib/core/field/gateway-bench/case-run.ts';
import { NO_STATUS, TAKEN } from '#lib/core/field/gateway-bench/sight.ts';
import { prepare, type Program, prove, skip, wait } from '#lib/core/field/gateway-bench/step.ts';

const DONE = { is: 'done' } as const;

function* back(): Program {
	yield* wait(5, 'lockout');
	yield* prove(NO_STATUS, TAKEN);
}

/** Every wait of a run, and how it ended. */
function walk(program: Program) {
	const run = new CaseRun(program, back);
	const waits: number[] = [];
	for (let step = run.start(); step; step = run.take(DONE))
		if (step.do === 'wait') waits.push(step.ms);
	return { waits, end: run.end };
}

describe('a case', () => {
	it('passes where everything holds, whatever bringing the meter back comes to', () => {
		function* program(): Program {
			yield* prepare(TAKEN, TAKEN);
			yield* wait(1, 'lockout');
			yield* prove(TAKEN, NO_STATUS, TAKEN);
		}
		expect(walk(program())).toEqual({ waits: [1, 5], end: { verdict: 'passed' } });
	});

	it.each([
		[prove, 'failed'],
		[prepare, 'unknown'],
	] as const)('ends at what does not hold: %o', (judge, verdict) => {
		function* program(): Program {
			yield* judge(NO_STATUS, TAKEN);
			yield* wait(1, 'lockout');
		}
		const end = { verdict, expected: [TAKEN], found: NO_STATUS };
		expect(walk(program())).toEqual({ waits: [5], end });
	});

	it('that is skipped goes no further', () => {
		function* program(): Program {
			yield* skip('debt');
			yield* wait(1, 'lockout');
		}
		const end = { verdict: 'skipped', because: 'debt' };
		expect(walk(program())).toEqual({ waits: [5], end });
	});

	it('whose line is cut is unknown, and so is nothing after it', () => {
		function* program(): Program {
			yield* wait(1, 'lockout');
			yield* prove(NO_STATUS, TAKEN);
		}
		const run = new CaseRun(program(), back);
		expect(run.start()).toMatchObject({ ms: 1 });
		expect(run.take({ is: 'cut', fault: 'unplugged' })).toMatchObject({ ms: 5 });
		expect(run.take({ is: 'cut', fault: 'unplugged' })).toBeUndefined();
		expect(run.end).toEqual({ verdict: 'unknown', cut: 'unplugged' });
	});

	it('can be called off, and bringing the meter back cannot', () => {
		function* program(): Program {
			yield* wait(1, 'lockout');
		}
		const run = new CaseRun(program(), back);
		run.start();
		expect(run.mayCallOff).toBe(true);
		expect(run.callOff()).toMatchObject({ ms: 5 });
		expect(run.mayCallOff).toBe(false);
		expect(run.callOff()).toBeUndefined();
		expect(run.end).toEqual({ verdict: 'skipped', because: 'called-off' });
	});

	it('without an end is a slip', () => {
		function* program(): Program {
			for (;;) yield* wait(1, 'lockout');
		}
		expect(() => walk(program())).toThrow(TypeError);
	});
});
