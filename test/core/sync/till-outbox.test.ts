import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStanding } from '#lib/core/sync/till-batch.ts';
import {
	absorbTaken,
	damaged,
	decideBatch,
	dueNow,
	isDue,
	isFinal,
	isPending,
	isPoison,
	isUnsold,
	later,
	nextDueMs,
	startProgress,
	stopOf,
	waitsForFloat,
	type TillProgress,
} from '#lib/core/sync/till-outbox.ts';
import {
	ANSWER_WITHIN_MS,
	hasLeft,
	saleAfter,
	saleOfDamaged,
	TILL_SALE_STATES,
} from '#lib/core/sync/till-sale-state.ts';
import { mayUpdate } from '#lib/core/sync/update-gate.ts';
import { OUTCOME_STATES } from '#lib/core/sync/wire-till.ts';
import { isRefusalCode } from '#lib/core/vending/refusals.ts';

const NOW = 1_000_000;
const progress = (sequence: number, more: Partial<TillProgress> = {}): TillProgress => ({
	...startProgress(sequence, NOW),
	...more,
});
const done = (sequence: number) =>
	progress(sequence, { state: 'done', outcome: { state: 'issued', code: null } });

const anyProgress: fc.Arbitrary<TillProgress> = fc.record({
	sequence: fc.integer({ min: 1, max: 50 }),
	state: fc.constantFrom('queued', 'taken', 'done', 'damaged'),
	outcome: fc.option(
		fc.record({ state: fc.constantFrom(...OUTCOME_STATES), code: fc.constant(null) }),
	),
	attempts: fc.nat({ max: 40 }),
	notBeforeMs: fc.nat({ max: 3 * NOW }),
	updatedAtMs: fc.constant(NOW),
});

describe('a customer', () => {
	it('has left with a provisional receipt, or when nobody can be waiting any more', () => {
		const left = (state: (typeof TILL_SALE_STATES)[number], agoMs: number) =>
			hasLeft({ state, atMs: NOW - agoMs }, NOW);
		expect(left('provisional', 0)).toBe(true);
		expect(left('asked', ANSWER_WITHIN_MS)).toBe(false);
		expect(left('asked', 2 * ANSWER_WITHIN_MS + 1)).toBe(true);
		// The clock was set back since.
		expect(left('asked', -3 * ANSWER_WITHIN_MS)).toBe(true);
		expect(left('issued', 3 * ANSWER_WITHIN_MS)).toBe(false);
		expect(left('refused', 3 * ANSWER_WITHIN_MS)).toBe(false);
	});
});

describe('an entry', () => {
	it('is pending until it is final, and nothing changes it after that', () => {
		fc.assert(
			fc.property(anyProgress, fc.constantFrom(...OUTCOME_STATES), (each, state) => {
				expect(isPending(each)).toBe(!isFinal(each));
				if (!isFinal(each)) return;
				expect(absorbTaken(each, { state, code: null }, NOW)).toBe(each);
				expect(later(each, NOW, 0.5)).toBe(each);
				expect(damaged(each, NOW)).toBe(each);
				expect(dueNow(each, NOW)).toBe(each);
				expect(isDue(each, NOW)).toBe(false);
			}),
		);
	});

	it('has a customer without a token while it is not taken, or waits; not while one is made', () => {
		const taken = (state: (typeof OUTCOME_STATES)[number]) =>
			absorbTaken(progress(1), { state, code: null }, NOW);
		const told = damaged(progress(1), NOW);
		expect([progress(1), taken('waiting'), told].map(isUnsold)).toEqual([true, true, true]);
		// Asked after again without an answer, it still waits.
		expect(isUnsold(later(taken('waiting'), NOW, 0.5))).toBe(true);
		const others = OUTCOME_STATES.filter((state) => state !== 'waiting');
		expect(others.filter((state) => isUnsold(taken(state)))).toEqual([]);
		expect(isUnsold(absorbTaken(told, { state: 'refused', code: 'entry-damaged' }, NOW))).toBe(
			false,
		);
	});

	it('that waits for its own meter says nothing of the next customer', () => {
		const waits = (code: string | null) =>
			isUnsold(absorbTaken(progress(1), { state: 'waiting', code }, NOW));
		expect(['meter-busy', 'vending-key-not-active', 'vending-key-limit'].map(waits)).toEqual([
			...[false, false, false],
		]);
		expect(['float-exhausted', 'security-module-unavailable', null].map(waits)).toEqual([
			...[true, true, true],
		]);
	});

	it('waits for the float when the backend has it and says so, and for as long', () => {
		const heard = (code: string) => absorbTaken(progress(1), { state: 'waiting', code }, NOW);
		const float = heard('float-exhausted');
		expect([float, later(float, NOW, 0.5)].map(waitsForFloat)).toEqual([true, true]);
		const paid = absorbTaken(float, { state: 'issuing', code: null }, NOW);
		const refused = absorbTaken(float, { state: 'refused', code: 'float-exhausted' }, NOW);
		const others = [progress(1), heard('security-module-unavailable'), heard('meter-busy')];
		expect([...others, paid, refused, damaged(float, NOW)].filter(waitsForFloat)).toEqual([]);
	});

	it('is done by a final word, and asked after until then', () => {
		const after = (state: (typeof OUTCOME_STATES)[number]) =>
			absorbTaken(progress(1), { state, code: null }, NOW);
		for (const state of ['done', 'issued', 'refused', 'reversed'] as const)
			expect(after(state)).toMatchObject({ state: 'done', outcome: { state } });
		expect(after('issuing')).toMatchObject({ state: 'taken', notBeforeMs: NOW + 2_000 });
		expect(after('waiting')).toMatchObject({ state: 'taken', notBeforeMs: NOW + 30_000 });
	});

	it('waits longer each time, at most five minutes', () => {
		let each = progress(1);
		const waits = Array.from({ length: 12 }, () => {
			each = later(each, NOW, 0.999_999);
			return each.notBeforeMs - NOW;
		});
		expect(waits.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
		expect(Math.max(...waits)).toBe(300_000);
		expect(later(progress(1), NOW, 0).notBeforeMs - NOW).toBe(500);
	});

	it('is due where its clock was set back further than anything waits', () => {
		const waiting = progress(1, { notBeforeMs: NOW + 300_000 });
		expect(isDue(waiting, NOW)).toBe(false);
		expect(isDue(waiting, NOW - 1)).toBe(true);
		expect(isDue(waiting, NOW + 300_000)).toBe(true);
	});
});

describe('what is sent', () => {
	it('is nothing when nothing is pending', () => {
		expect(decideBatch([], NOW)).toEqual([]);
		expect(decideBatch([done(1)], NOW)).toEqual([]);
		expect(nextDueMs([done(1)])).toBeUndefined();
	});

	it('is all that is owed, once the first of it is due', () => {
		const waits = { notBeforeMs: NOW + 500 };
		expect(decideBatch([progress(3), progress(2, waits), done(1)], NOW)).toEqual([]);
		expect(nextDueMs([progress(3), progress(2, waits)])).toBe(NOW + 500);
		expect(decideBatch([progress(3, waits), progress(2), done(1)], NOW)).toEqual([2, 3]);
	});

	it('is what is told as missing too, and what is asked after, in order', () => {
		const rows = [
			...[progress(9), progress(7, { state: 'damaged' }), progress(8)],
			progress(2, { state: 'taken' }),
			progress(3, { state: 'taken', notBeforeMs: NOW + 1 }),
		];
		expect(decideBatch(rows, NOW)).toEqual([2, 7, 8, 9]);
	});

	it('is never more than fits, rising, and never final; what is owed is not crowded out', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(anyProgress, { selector: ({ sequence }) => sequence }),
				fc.integer({ min: 1, max: 20 }),
				(rows, most) => {
					const batch = decideBatch(rows, NOW, most);
					expect(batch.length).toBeLessThanOrEqual(most);
					expect(batch).toEqual([...new Set(batch)].sort((one, other) => one - other));
					for (const sequence of batch)
						expect(isPending(rows.find((row) => row.sequence === sequence)!)).toBe(true);
					const [first] = rows
						.filter(({ state, outcome }) => state === 'queued' || (state === 'damaged' && !outcome))
						.sort((one, other) => one.sequence - other.sequence);
					if (first && isDue(first, NOW)) expect(batch).toContain(first.sequence);
				},
			),
		);
	});
});

describe('codes', () => {
	it('that stop a till or condemn a row are of the table, and none is both', () => {
		for (const code of [
			...['terminal-revoked', 'terminal-unknown', 'journal-suspended', 'journal-fork'],
			...['journal-other-till', 'signature-wrong'],
		]) {
			expect(isRefusalCode(code)).toBe(true);
			expect(stopOf(code)).toBeDefined();
			expect(isPoison(code)).toBe(false);
		}
		for (const code of ['toString', 'a-code-of-tomorrow', 'database-unavailable', 'journal-gap']) {
			expect(stopOf(code)).toBeUndefined();
			expect(isPoison(code)).toBe(false);
		}
	});
});

describe('a sale', () => {
	const sale = (state: (typeof TILL_SALE_STATES)[number]) => ({ state, code: null });

	it('that is provisional stays so until the final word', () => {
		const still = saleAfter(sale('provisional'), { state: 'waiting', code: 'float-exhausted' });
		expect(still).toEqual({ state: 'provisional', code: 'float-exhausted' });
		expect(saleAfter(sale('asked'), { state: 'issuing', code: null }).state).toBe('asked');
		expect(saleAfter(still, { state: 'issued', code: null })).toEqual(sale('issued'));
	});

	it('is refused by a no, and needs mending where the mistake is ours', () => {
		const after = (code: string | null) => saleAfter(sale('asked'), { state: 'refused', code });
		expect(after('meter-blocked')).toEqual({ state: 'refused', code: 'meter-blocked' });
		expect(after('offline-sum-cap').state).toBe('refused');
		expect(after('a-code-of-tomorrow').state).toBe('refused');
		expect(after(null)).toEqual({ state: 'refused', code: 'internal-error' });
		expect(after('sale-unreadable').state).toBe('dead-letter');
		expect(after('entry-damaged').state).toBe('dead-letter');
	});

	it('of which the backend says nothing but that it has it is no token', () => {
		expect(saleAfter(sale('provisional'), { state: 'done', code: null })).toEqual({
			...{ state: 'dead-letter', code: 'entry-damaged' },
		});
	});

	it('whose customer has a token or the money is left alone', () => {
		for (const state of ['issued', 'refunded', 'replaced'] as const)
			for (const outcome of OUTCOME_STATES) {
				expect(saleAfter(sale(state), { state: outcome, code: 'x' })).toEqual(sale(state));
				expect(saleOfDamaged(sale(state), 'x')).toEqual(sale(state));
			}
	});

	it('that was taken for lost is what the backend says after all', () => {
		expect(saleOfDamaged(sale('provisional'), 'entry-damaged').state).toBe('dead-letter');
		expect(saleAfter(sale('dead-letter'), { state: 'issued', code: null }).state).toBe('issued');
	});
});

describe('how the backend stands to the journal here', () => {
	const [ours, theirs] = ['a'.repeat(64), 'b'.repeat(64)];
	const stands = (
		sequence: number,
		hash = ours,
		here: { head?: number; acknowledged?: number; state?: 'active' | 'suspended' } = {},
	) => {
		const { head = 5, acknowledged = 5, state = 'active' } = here;
		const status = { state, journal: { sequence, hash } };
		return decideStanding(status, { sequence: head }, acknowledged, ours);
	};

	it('agrees, is behind, or contradicts it', () => {
		expect(stands(5)).toEqual({ kind: 'agrees' });
		expect(stands(3, ours, { acknowledged: 3 })).toEqual({ kind: 'agrees' });
		expect(stands(3)).toEqual({ kind: 'behind', from: 4 });
		expect(stands(0, theirs)).toEqual({ kind: 'behind', from: 1 });
		expect(stands(5, theirs)).toEqual({ kind: 'stop', stop: 'suspended' });
		expect(stands(6)).toEqual({ kind: 'stop', stop: 'suspended' });
		expect(stands(5, ours, { state: 'suspended' })).toEqual({ kind: 'stop', stop: 'suspended' });
	});

	it('is contradicted aloud by what waits here, so that the office hears of it', () => {
		expect(stands(6, ours, { acknowledged: 4 })).toEqual({ kind: 'agrees' });
		expect(stands(5, theirs, { acknowledged: 4 })).toEqual({ kind: 'agrees' });
	});

	it('is not asked of a backend that keeps no journal of it', () => {
		const status = { state: 'active', journal: null } as const;
		expect(decideStanding(status, { sequence: 5 }, 5, undefined)).toEqual({ kind: 'agrees' });
	});
});

describe('a new version of the app', () => {
	it('waits for everything, and for what is not known', () => {
		const idle = { openSales: 0, tillRows: 0, meters: 0, tasks: 0 };
		expect(mayUpdate(idle)).toBe(true);
		expect(mayUpdate({ ...idle, openSales: 1 })).toBe(false);
		expect(mayUpdate({ ...idle, openSales: null })).toBe(false);
		expect(mayUpdate({ ...idle, tillRows: 1 })).toBe(false);
		expect(mayUpdate({ ...idle, tillRows: null })).toBe(false);
		expect(mayUpdate({ ...idle, meters: 1 })).toBe(false);
		expect(mayUpdate({ ...idle, tasks: 1 })).toBe(false);
	});
});
