/**
 * One case on its way: its steps are given out one at a time, what is to be judged is judged at once, and
 * afterwards the meter is brought back.
 *
 * Always holds: a case that has failed, was skipped or called off is followed by bringing the meter back all
 * the same, which cannot be called off and changes no verdict.
 */
import type { LinkFaultKind } from '../link-fault-kind.ts';
import type { Sight } from './sight.ts';
import type { BenchStep, JudgeStep, Program, Seen } from './step.ts';
import type { SkipReason } from './terms.ts';

/** How a case ended. */
export type CaseEnd =
	| { readonly verdict: 'passed' }
	| { readonly verdict: 'failed'; readonly expected: readonly Sight[]; readonly found: Sight }
	/** What it rests upon did not come about. */
	| { readonly verdict: 'unknown'; readonly expected: readonly Sight[]; readonly found: Sight }
	/** The line was lost in the middle of it. */
	| { readonly verdict: 'unknown'; readonly cut: LinkFaultKind | 'no-association' }
	| { readonly verdict: 'skipped'; readonly because: SkipReason };

const JUDGED: Seen = { is: 'done' };
/** Steps of one case; more is a case without an end. */
const MAX_STEPS = 2000;

export class CaseRun {
	#program: Program;
	readonly #bringBack: () => Program;
	#phase: 'case' | 'back' = 'case';
	#end: CaseEnd | undefined;
	#steps = 0;

	constructor(program: Program, bringBack: () => Program) {
		this.#program = program;
		this.#bringBack = bringBack;
	}

	/** How it ended; passed, unless something else was found. */
	get end(): CaseEnd {
		return this.#end ?? { verdict: 'passed' };
	}

	/** The first step; undefined where there is none. */
	start(): BenchStep | undefined {
		return this.#go(JUDGED);
	}

	/** Takes what came of the last step; the next one, or undefined at the end. */
	take(seen: Seen): BenchStep | undefined {
		if (seen.is === 'cut' && this.#phase === 'case')
			return this.#over({ verdict: 'unknown', cut: seen.fault });
		return this.#go(seen);
	}

	/** Called off: what follows only brings the meter back. Does nothing where that is being done. */
	callOff(): BenchStep | undefined {
		return this.#phase === 'case'
			? this.#over({ verdict: 'skipped', because: 'called-off' })
			: this.#go(JUDGED);
	}

	/** Whether what is done now belongs to the case, and may be called off. */
	get mayCallOff(): boolean {
		return this.#phase === 'case';
	}

	#over(end: CaseEnd): BenchStep | undefined {
		this.#end = end;
		return this.#comeBack();
	}

	#comeBack(): BenchStep | undefined {
		this.#phase = 'back';
		this.#program = this.#bringBack();
		return this.#go(JUDGED);
	}

	#go(seen: Seen): BenchStep | undefined {
		let result = this.#program.next(seen);
		while (!result.done) {
			this.#steps += 1;
			if (this.#steps > MAX_STEPS) throw new TypeError('a case of the bench has no end');
			const step = result.value;
			if (step.do !== 'judge' && step.do !== 'skip') return step;
			const end = this.#phase === 'case' ? endOf(step) : undefined;
			if (end) return this.#over(end);
			result = this.#program.next(JUDGED);
		}
		return this.#phase === 'case' ? this.#comeBack() : undefined;
	}
}

function endOf(step: JudgeStep): CaseEnd | undefined {
	if (step.do === 'skip') return { verdict: 'skipped', because: step.because };
	if (step.holds) return undefined;
	const { expected, found } = step;
	return step.as === 'prove'
		? { verdict: 'failed', expected, found }
		: { verdict: 'unknown', expected, found };
}
