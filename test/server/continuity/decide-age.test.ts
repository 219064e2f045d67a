import { describe, expect, it } from 'vitest';
import { AHEAD_MS, decideAge } from '#lib/server/continuity/decide-age.ts';

const nowMs = 1_800_000_000_000;
const facts = { fileMs: nowMs, ownMs: nowMs, othersMs: [], nowMs };

describe('how old a database is', () => {
	it.each([
		['as it was left', {}, 'sound'],
		['a crash between the two marks', { ownMs: nowMs + 1 }, 'sound'],
		['behind by a millisecond', { ownMs: nowMs - 1 }, 'older'],
		['without our mark', { ownMs: undefined }, 'older'],
		['without our mark, others at work', { ownMs: undefined, othersMs: [nowMs + 1] }, 'older'],
		['behind, and the clock set back', { ownMs: nowMs - 1, nowMs: 0 }, 'older'],
		['as it was left, and the clock set back', { nowMs: 0 }, 'sound'],
		['new, in a new home', { fileMs: undefined, ownMs: undefined }, 'sound'],
		['ours no more: the home was lost', { fileMs: undefined }, 'older'],
		[
			'of others at work, joined by a new home',
			{ fileMs: undefined, ownMs: undefined, othersMs: [nowMs - 1, nowMs + AHEAD_MS] },
			'sound',
		],
		[
			'of others not at work, joined by a new home',
			{ fileMs: undefined, ownMs: undefined, othersMs: [nowMs - 1] },
			'older',
		],
		[
			'of others whose marks are of another clock',
			{ fileMs: undefined, ownMs: undefined, othersMs: [nowMs + 10 * AHEAD_MS] },
			'older',
		],
	] as const)('%s', (_, changed, verdict) => {
		expect(decideAge({ ...facts, ...changed })).toBe(verdict);
	});
});
