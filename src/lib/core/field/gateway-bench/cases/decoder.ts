/** What the decoder remembers: used, old, another meter's, wrong too often (sts.md §13.1–13.6, §13.11). */
import type { Bench } from '../bench.ts';
import { fillStore, settle, UNLOCK_MS } from '../bring-back.ts';
import { enter } from '../gateway-steps.ts';
import {
	AUTHENTICATION_FAILURE,
	EXECUTION_FAILURE,
	TAKEN,
	VALIDATION_FAILURE,
	VALIDATION_FAILURE as REFUSED,
} from '../sight.ts';
import { prepare, type Program, prove, wait } from '../step.ts';
import { harmlessToken } from './security.ts';

export function* usedTokenRefused(bench: Bench): Program {
	const digits = bench.credit(1);
	yield* prepare(yield* enter(bench, digits), TAKEN);
	yield* prove(yield* enter(bench, digits), REFUSED);
}

/** Tokens may come out of order: an earlier one that was not used is good. */
export function* earlierTokenTaken(bench: Bench): Program {
	const earlier = bench.credit(1);
	yield* prepare(yield* enter(bench, bench.credit(1)), TAKEN);
	yield* prove(yield* enter(bench, earlier), TAKEN);
}

/** One below fifty newer ones. */
export function* oldTokenRefused(bench: Bench): Program {
	const old = bench.credit(1);
	const filled = yield* fillStore(bench);
	yield* prepare(filled ? TAKEN : EXECUTION_FAILURE, TAKEN);
	yield* prove(yield* enter(bench, old), VALIDATION_FAILURE);
}

export function* anotherMetersTokenRefused(bench: Bench): Program {
	const digits = bench.credit(1, bench.takeTid(), bench.keys.foreign);
	yield* prove(yield* enter(bench, digits), AUTHENTICATION_FAILURE);
}

/** Wrong tokens before the first lock. */
const WRONG_TOKENS = 3;

/** Three wrong ones: a good one is not taken then, a test of class 1 is, and after the lock the good one is. */
export function* wrongTokensLock(bench: Bench): Program {
	for (let count = 0; count < WRONG_TOKENS; count += 1) {
		const wrong = bench.credit(1, bench.takeTid(), bench.keys.foreign);
		yield* prepare(yield* enter(bench, wrong), AUTHENTICATION_FAILURE);
	}
	const good = bench.credit(1);
	yield* prove(yield* enter(bench, good), EXECUTION_FAILURE);
	yield* prove(yield* enter(bench, harmlessToken(bench)), TAKEN);
	yield* wait(UNLOCK_MS, 'lockout');
	yield* prove((yield* settle(bench)) ? TAKEN : EXECUTION_FAILURE, TAKEN);
}
