import { describe, expect, it } from 'vitest';
import {
	backGroup,
	beginAgain,
	digitWaitMs,
	firstKeyPlace,
	goToToken,
	keySetOf,
	keySetWaitMs,
	startEntry,
	stillThere,
	tokenRefused,
	tokenTaken,
	typeGroup,
	type KeypadEntry,
} from '#lib/core/sync/keypad-entry.ts';
import { hearSaying, lockWaitMs, unlocked } from '#lib/core/sync/keypad-lockout.ts';
import { tokenHistory, type IssuedVend } from '#lib/core/sync/keypad-history.ts';

const DRN = '12345678903';
const T = 1_700_000_000_000;
const MINUTE = 60_000;
const start = startEntry('v', DRN);
const typed = (groups: number, atMs = T) =>
	Array.from({ length: groups }).reduce<KeypadEntry>((entry) => typeGroup(entry, atMs), start);

const KEYS = [
	{ kind: 'key-change', digits: '1'.repeat(20) },
	{ kind: 'key-change', digits: '2'.repeat(20) },
	{ kind: 'credit', digits: '3'.repeat(20) },
] as const;
const CREDIT = [{ kind: 'credit', digits: '4'.repeat(20) }] as const;

describe('a token at the keypad', () => {
	it('goes group by group, and no further than its five', () => {
		expect(typed(3)).toMatchObject({ group: 3, tapMs: T });
		expect(typed(7)).toMatchObject({ group: 5 });
		expect(backGroup(typed(3), T + 1)).toMatchObject({ group: 2, tapMs: T + 1 });
		expect(backGroup(typed(1), T + 1)).toMatchObject({ group: 0, tapMs: 0 });
		expect(backGroup(start, T)).toMatchObject({ group: 0, tapMs: 0 });
		expect(beginAgain(typed(4))).toEqual(start);
	});

	it('is forgotten by the meter twenty seconds after the last digit', () => {
		expect(digitWaitMs(start, T)).toBeNull();
		expect(digitWaitMs(typed(1), T)).toBe(20_000);
		expect(digitWaitMs(typed(1), T + 19_999)).toBe(1);
		expect(digitWaitMs(typed(1), T + 20_000)).toBe(0);
		expect(digitWaitMs(stillThere(typed(1), T + 25_000), T + 25_000)).toBe(20_000);
		// All twenty are in: it waits for Enter, not for a digit.
		expect(digitWaitMs(typed(5), T + 90_000)).toBeNull();
	});

	it('counts as forgotten when the clock was set back', () => {
		expect(digitWaitMs(typed(1), 0)).toBe(0);
		expect(digitWaitMs(typed(1), T - 20_001)).toBe(0);
	});

	it('is not forgotten because the screen looked at the clock before the tap', () => {
		expect(digitWaitMs(typed(1), T - 999)).toBe(20_000);
	});

	it('is in, refused, or another one is gone to', () => {
		const taken = tokenTaken(tokenRefused(typed(5)), T + 1);
		expect(taken).toEqual({ ...start, takenMs: [T + 1] });
		expect(tokenRefused(tokenRefused(typed(5)))).toEqual({ ...start, refusals: 2 });
		expect(goToToken(taken, 3, T + 2).takenMs).toEqual([T + 1, T + 2, T + 2]);
		expect(goToToken(taken, 0, T + 2).takenMs).toEqual([]);
	});
});

describe('a key-change set at the keypad', () => {
	const one = tokenTaken(start, T);

	it('has ten minutes from part to part', () => {
		expect(keySetWaitMs(KEYS, start, T)).toBeNull();
		expect(keySetWaitMs(KEYS, one, T + 4 * MINUTE)).toBe(6 * MINUTE);
		expect(keySetWaitMs(KEYS, one, T + 10 * MINUTE)).toBe(0);
		expect(keySetWaitMs(KEYS, one, 0)).toBe(0);
		expect(keySetWaitMs(KEYS, tokenTaken(one, T + 1), T + 20 * MINUTE)).toBeNull();
		expect(keySetWaitMs(CREDIT, one, T)).toBeNull();
		expect(firstKeyPlace(KEYS)).toBe(0);
		expect(firstKeyPlace(CREDIT)).toBeNull();
	});

	it('is unknown, half in, in, or in too slowly', () => {
		expect(keySetOf(CREDIT, undefined)).toBe('none');
		expect(keySetOf(KEYS, undefined)).toBe('unknown');
		expect(keySetOf(KEYS, one)).toBe('half');
		expect(keySetOf(KEYS, tokenTaken(one, T + 10 * MINUTE))).toBe('done');
		expect(keySetOf(KEYS, tokenTaken(one, T + 10 * MINUTE + 1))).toBe('slow');
	});
});

describe('the lock-out that is told of', () => {
	const wrong = (times: number) =>
		Array.from({ length: times }).reduce<ReturnType<typeof unlocked>>(
			(lockout) => hearSaying(lockout, 'wrong-token', T),
			unlocked(DRN),
		);

	it('starts with the third refusal and doubles', () => {
		expect([2, 3, 4, 11].map((times) => lockWaitMs(wrong(times), T))).toEqual([
			0, 10_000, 20_000, 1_280_000,
		]);
		expect(lockWaitMs(wrong(3), T + 10_000)).toBe(0);
	});

	it('ends with a token that is taken, and is not counted by what meters do not count', () => {
		expect(hearSaying(wrong(5), 'accepted', T)).toEqual(unlocked(DRN));
		for (const saying of ['too-full', 'nothing', 'timed-out', 'key-part'] as const)
			expect(hearSaying(wrong(2), saying, T)).toEqual(wrong(2));
	});

	it('believes the meter that it is locked, whatever was counted', () => {
		expect(lockWaitMs(hearSaying(unlocked(DRN), 'locked', T), T)).toBe(10_000);
		// It should have ended: the meter counts more than we do.
		const later = T + 15_000;
		expect(lockWaitMs(hearSaying(wrong(3), 'locked', later), later)).toBe(20_000);
		expect(hearSaying(wrong(3), 'locked', T + 1)).toEqual(wrong(3));
	});

	it('is over when the clock was set back', () => {
		expect(lockWaitMs(wrong(3), 0)).toBe(0);
	});
});

describe('the purchases of one meter', () => {
	const vend = (id: string, issuedAtMs: number, tokens: IssuedVend['tokens']) => ({
		...{ id, issuedAtMs, tokens },
	});
	const credit = (digit: string) => [{ kind: 'credit', digits: digit.repeat(20) }] as const;
	const vends = [vend('c', 3, credit('7')), vend('a', 1, credit('5')), vend('b', 2, KEYS)];
	const entries = (...list: [string, number[]][]) =>
		new Map(list.map(([id, takenMs]) => [id, { ...startEntry(id, DRN), takenMs }]));

	it('say which set a token needs, and which are still to be keyed in before it', () => {
		const history = tokenHistory(vends, entries(['b', [T]]), 'c', 0);
		expect(history).toMatchObject({ keySet: 'half', keySetVend: 'b', newerTaken: false });
		expect(history.olderOpen).toEqual(['a', 'b']);
		expect(history.others).toHaveLength(4);
		expect(history.others).not.toContain('7'.repeat(20));
		expect(tokenHistory(vends, new Map(), 'b', 2).keySet).toBe('unknown');
		expect(tokenHistory(vends, new Map(), 'a', 0)).toMatchObject({
			...{ keySet: 'none', keySetVend: null, olderOpen: [] },
		});
	});

	it('say that a newer one went in, and that the key is no longer the token’s', () => {
		expect(tokenHistory(vends, entries(['c', [T]]), 'a', 0)).toMatchObject({
			...{ keySet: 'none', newerTaken: true },
		});
		expect(tokenHistory(vends, entries(['b', [T, T]]), 'a', 0)).toMatchObject({
			...{ keySet: 'younger', keySetVend: 'b' },
		});
		expect(tokenHistory(vends, entries(['b', [T, T]]), 'c', 0).keySet).toBe('done');
	});

	it('do not know a purchase that is not among them', () => {
		expect(() => tokenHistory(vends, new Map(), 'x', 0)).toThrow(RangeError);
	});
});
