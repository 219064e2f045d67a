import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	attemptsLeft,
	checkPolicy,
	decideAttempt,
	DEFAULT_POLICY,
	MAX_DESTROY_AFTER,
	MIN_DESTROY_AFTER,
	NO_ATTEMPTS,
	waitAfterMs,
	type Attempts,
} from '#lib/core/field/pin-attempts.ts';

const NOW = 1_795_000_000_000;

describe('attempts at a PIN', () => {
	it('cost nothing twice, then thirty seconds, doubling to an hour', () => {
		const waits = Array.from({ length: 12 }, (_, at) => waitAfterMs(at + 1) / 1000);
		expect(waits).toEqual([0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
	});

	it('are counted by being made', () => {
		const verdict = decideAttempt({ wrong: 2, notBeforeMs: 0 }, DEFAULT_POLICY, NOW);
		expect(verdict).toEqual({ kind: 'try', counted: { wrong: 3, notBeforeMs: NOW + 30_000 } });
	});

	it('are refused before their time, and not counted', () => {
		const early = { wrong: 3, notBeforeMs: NOW + 1 };
		expect(decideAttempt(early, DEFAULT_POLICY, NOW)).toEqual({ kind: 'wait', waitMs: 1 });
		expect(decideAttempt(early, DEFAULT_POLICY, NOW + 1).kind).toBe('try');
	});

	it('are as many as was agreed, however long somebody waits, and one more is never made', () => {
		const policy = fc.record({
			destroyAfter: fc.integer({ min: MIN_DESTROY_AFTER, max: MAX_DESTROY_AFTER }),
		});
		fc.assert(
			fc.property(policy, fc.array(fc.nat(4_000_000), { maxLength: 60 }), (agreed, pauses) => {
				let attempts: Attempts = NO_ATTEMPTS;
				let nowMs = NOW;
				let made = 0;
				for (const pauseMs of pauses) {
					nowMs += pauseMs;
					const verdict = decideAttempt(attempts, agreed, nowMs);
					if (verdict.kind !== 'try') continue;
					attempts = verdict.counted;
					made += 1;
				}
				expect(made).toBeLessThanOrEqual(agreed.destroyAfter);
				expect(attemptsLeft(attempts, agreed)).toBe(agreed.destroyAfter - made);
			}),
		);
	});

	it('are spent once the last is counted, whether it was looked at or not', () => {
		expect(decideAttempt({ wrong: 10, notBeforeMs: 0 }, DEFAULT_POLICY, NOW)).toEqual({
			kind: 'spent',
		});
	});

	it.each([4, 21, 7.5, Number.NaN])('are not agreed to be %s', (destroyAfter) => {
		expect(() => checkPolicy({ destroyAfter })).toThrow(RangeError);
	});
});
