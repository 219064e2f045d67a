import { describe, expect, it } from 'vitest';
import type { KeypadFacts } from '#lib/browser/store/keypad.ts';
import { startEntry, tokenRefused, tokenTaken, typeGroup } from '#lib/core/sync/keypad-entry.ts';
import { hearSaying, unlocked } from '#lib/core/sync/keypad-lockout.ts';
import { decideCoachStep, waitClock, type CoachFacts } from '#lib/ui/view/coach-step.ts';
import { decideDoctorStep, firstAnswers } from '#lib/ui/view/doctor-answers.ts';
import { slipGroup, slipRows } from '#lib/ui/view/slip-rows.ts';
import { decideTypedVerdict, regroupToken } from '#lib/ui/view/typed-token.ts';
import { isFocused } from '#lib/ui/view/ways.ts';

const T = 1_700_000_000_000;
const DRN = '12345678903';
const start = startEntry('v', DRN);
const one = [{ kind: 'credit' }] as const;
const set = [{ kind: 'key-change' }, { kind: 'key-change' }, { kind: 'credit' }] as const;
const typed = (groups: number) =>
	Array.from({ length: groups }).reduce<typeof start>((entry) => typeGroup(entry, T), start);

const step = (more: Partial<CoachFacts>) =>
	decideCoachStep({
		...{ tokens: one, entry: start, lockout: unlocked(DRN), olderOpen: [] },
		...{ passedLockMs: 0, nowMs: T },
		...more,
	});

describe('the coach', () => {
	const locked = { ...unlocked(DRN), rejects: 3, untilMs: T + 10_000 };

	it('goes from the first group to the question and to the end', () => {
		expect(step({})).toBe('typing');
		expect(step({ entry: typed(4) })).toBe('typing');
		expect(step({ entry: typed(5) })).toBe('enter');
		expect(step({ entry: tokenTaken(typed(5), T) })).toBe('done');
		expect(step({ tokens: set, entry: tokenTaken(typed(5), T) })).toBe('typing');
	});

	it('says when the digits may be forgotten, and not while Enter is waited for', () => {
		expect(step({ entry: typed(2), nowMs: T + 20_000 })).toBe('forgotten');
		expect(step({ entry: typed(5), nowMs: T + 20_000 })).toBe('enter');
	});

	it('begins a key-change set anew that took too long', () => {
		const entry = tokenTaken(start, T);
		expect(step({ tokens: set, entry, nowMs: T + 599_999 })).toBe('typing');
		expect(step({ tokens: set, entry, nowMs: T + 600_000 })).toBe('key-set-late');
	});

	it('waits while the meter should be locked, unless told that it is not', () => {
		expect(step({ lockout: locked })).toBe('locked');
		expect(step({ lockout: locked, nowMs: T + 10_000 })).toBe('typing');
		expect(step({ lockout: locked, passedLockMs: locked.untilMs })).toBe('typing');
	});

	it('asks after an older token before the first digit only', () => {
		expect(step({ olderOpen: ['a'] })).toBe('older');
		expect(step({ olderOpen: ['a'], entry: typed(1) })).toBe('typing');
		expect(step({ olderOpen: ['a'], entry: tokenRefused(start) })).toBe('typing');
	});

	it('has a screen to itself', () => {
		expect(isFocused('/purchases/0198/enter')).toBe(true);
		expect(isFocused('/purchases/0198/refused')).toBe(true);
		expect(isFocused('/purchases/0198')).toBe(false);
	});

	it.each([
		[0, '0:00'],
		[1, '0:01'],
		[9_001, '0:10'],
		[1_280_000, '21:20'],
	])('writes a wait of %d ms as %s', (ms, text) => {
		expect(waitClock(ms)).toBe(text);
	});
});

describe('digits typed once more', () => {
	it('group themselves and keep the caret', () => {
		expect(regroupToken({ text: '12345', caret: 5 })).toEqual({ text: '1234 5', caret: 6 });
		expect(regroupToken({ text: '١٢٣٤٥', caret: 5 })).toEqual({ text: '1234 5', caret: 6 });
		expect(regroupToken({ text: '1234', caret: 4 })).toEqual({ text: '1234', caret: 4 });
		expect(regroupToken({ text: '12345678', caret: 2 })).toEqual({ text: '1234 5678', caret: 2 });
	});

	it('are judged without asking for twenty', () => {
		expect(decideTypedVerdict('', false)).toEqual({ kind: 'hint' });
		expect(decideTypedVerdict(' ', true)).toEqual({ kind: 'empty' });
		expect(decideTypedVerdict('12a', false)).toEqual({ kind: 'not-digits' });
		expect(decideTypedVerdict('1234 5', true)).toEqual({ kind: 'so-far', digits: 5 });
		expect(decideTypedVerdict('١٢٣٤ ٥', true)).toEqual({ kind: 'so-far', digits: 5 });
	});

	it('are marked where they differ', () => {
		const token = '12345678901234567890';
		const marked = (row: ReturnType<typeof slipRows>['token']) =>
			row.map((group) => group.map((at) => (at.marked ? at.digit : '.')).join('')).join(' ');
		const wrong = slipRows(token, '12345078901234567890', { kind: 'digit', at: 5, typed: '0' });
		expect(marked(wrong.token)).toBe('.... .6.. .... .... ....');
		expect(marked(wrong.typed)).toBe('.... .0.. .... .... ....');
		const short = slipRows(token, token.slice(4), { kind: 'missing', at: 0, count: 4 });
		expect(marked(short.token)).toBe('1234 .... .... .... ....');
		expect(marked(short.typed)).toBe('.... .... .... ....');
		const long = slipRows(token, `${token}0`, { kind: 'extra', at: 20, count: 1 });
		expect(marked(long.typed)).toBe('.... .... .... .... .... 0');
		expect(slipGroup(token, { kind: 'extra', at: 20, count: 1 })).toBe(5);
		expect(slipGroup(token, { kind: 'swapped', at: 3 })).toBe(1);
	});
});

describe('the doctor’s first answers', () => {
	const query = (text: string) => new URLSearchParams(text);

	it('come from the address where they make sense', () => {
		expect(firstAnswers(query(''), 1)).toEqual({ place: 0 });
		expect(firstAnswers(query('token=2'), 3)).toEqual({ place: 1 });
		expect(firstAnswers(query('token=1&said=nothing'), 3)).toEqual({ place: 0, saying: 'nothing' });
		for (const bad of ['token=0', 'token=4', 'token=1.5', 'token=x', ''])
			expect(firstAnswers(query(bad), 3)).toEqual({});
		expect(firstAnswers(query('said=toString'), 1)).toEqual({ place: 0 });
	});

	it('lead through token, display and digits to the cause', () => {
		const tokens = [
			{ kind: 'key-change', digits: '1'.repeat(20) },
			{ kind: 'key-change', digits: '2'.repeat(20) },
			{ kind: 'credit', digits: '3'.repeat(20) },
		];
		const facts = {
			issued: { id: 'v', tokens, receipt: { drn: DRN } },
			...{ entry: start, lockout: unlocked(DRN), entries: new Map() },
			vends: [{ id: 'v', issuedAtMs: T, tokens }],
		} as unknown as KeypadFacts;
		const decide = (answers: Parameters<typeof decideDoctorStep>[0], entry = start) =>
			decideDoctorStep(answers, facts, { ...facts, entry }, T).step;
		expect(decide({})).toEqual({ kind: 'which' });
		expect(decide({ place: 2 })).toEqual({ kind: 'saying' });
		const said = { place: 2, saying: 'wrong-token', typed: null, meter: null } as const;
		expect(decide(said)).toEqual({ kind: 'ask', question: 'key-set' });
		expect(decide(said, tokenTaken(start, T))).toEqual({
			kind: 'cause',
			cause: { name: 'key-set-half' },
		});
		const mixed = { ...said, typed: '1'.repeat(20) };
		expect(decide(mixed)).toEqual({ kind: 'cause', cause: { name: 'another-token' } });
		expect(decide({ place: 2, saying: 'accepted' })).toEqual({ kind: 'none' });
	});

	it('blame the lock while the meter should be locked, and not after the clock was set back', () => {
		const tokens = [{ kind: 'credit', digits: '3'.repeat(20) }];
		const facts = {
			issued: { id: 'v', tokens, receipt: { drn: DRN } },
			...{ entry: start, entries: new Map(), vends: [{ id: 'v', issuedAtMs: T, tokens }] },
		} as unknown as KeypadFacts;
		const thriceRefused = (atMs: number) =>
			[1, 2, 3].reduce((lockout) => hearSaying(lockout, 'refused', atMs), unlocked(DRN));
		const decide = (saying: 'refused' | 'locked', refusedAtMs: number) =>
			decideDoctorStep(
				{ place: 0, saying },
				facts,
				{ entry: start, lockout: thriceRefused(refusedAtMs) },
				T,
			).step;
		const locked = (untilMs: number) => ({ kind: 'cause', cause: { name: 'locked', untilMs } });
		expect(decide('refused', T)).toEqual(locked(T + 10_000));
		expect(decide('locked', T)).toEqual(locked(T + 10_000));
		const twoDays = 2 * 24 * 60 * 60_000;
		expect(decide('refused', T + twoDays)).toEqual({ kind: 'ask', question: 'typed' });
		// The meter's own word still counts, from now on.
		expect(decide('locked', T + twoDays)).toEqual(locked(T + 20_000));
	});
});
