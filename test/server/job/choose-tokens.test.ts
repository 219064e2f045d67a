import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_UNDELIVERED_VENDS } from '#lib/core/sync/wire-jobs.ts';
import { chooseTokens, type KnownToken, type KnownVend } from '#lib/server/job/choose-tokens.ts';

const token = (
	sequence: number,
	delivery: KnownToken['delivery'] = null,
	kind = 'credit',
): KnownToken => ({ sequence, kind, delivery });
const vend = (id: string, madeAtMs: number, ...tokens: KnownToken[]): KnownVend => ({
	...{ id, madeAtMs, tokens },
});
const all = [{ which: 'undelivered' as const }];
const these = (...vendIds: string[]) => [{ which: 'vends' as const, vendIds }];
const names = (chosen: ReturnType<typeof chooseTokens>) =>
	chosen.map(({ vendId, token: { sequence } }) => `${vendId}${sequence}`);

describe('the tokens of a pack', () => {
	it('are in the order in which they were made: the old key’s credit before the set that ends it', () => {
		const set = [token(1, null, 'key-change'), token(2, null, 'key-change'), token(3)];
		const vends = [vend('b', 20, ...set), vend('c', 30, token(1)), vend('a', 10, token(1))];
		expect(names(chooseTokens(vends, all))).toEqual(['a1', 'b1', 'b2', 'b3', 'c1']);
	});

	it('are all that were made after the last that is in the meter', () => {
		const vends = [
			vend('a', 10, token(1)),
			vend('b', 20, token(1, 'delivered')),
			vend('c', 30, token(1, 'unknown')),
			vend('d', 40, token(1, 'refused')),
		];
		expect(names(chooseTokens(vends, all))).toEqual(['c1', 'd1']);
		expect(chooseTokens(vends, all)[0]).toMatchObject({ of: 1, token: { delivery: 'unknown' } });
	});

	it('are of the newest few vends only, where nothing is known of any', () => {
		const vends = Array.from({ length: 9 }, (_, at) => vend(`v${at}-`, at, token(1)));
		expect(chooseTokens(vends, all)).toHaveLength(MAX_UNDELIVERED_VENDS);
		expect(names(chooseTokens(vends, all)).at(-1)).toBe('v8-1');
	});

	it('are those of the named vends, but for what is in the meter', () => {
		const vends = [vend('a', 10, token(1)), vend('b', 20, token(1), token(2, 'delivered'))];
		expect(names(chooseTokens(vends, these('b')))).toEqual(['b1']);
		expect(names(chooseTokens(vends, these('a', 'b')))).toEqual(['a1', 'b1']);
		expect(chooseTokens(vends, [{ which: 'none' }])).toEqual([]);
		expect(chooseTokens([], all)).toEqual([]);
	});

	it('hold a key-change set whole until all of it is in: the meter forgets a part', () => {
		const half = [token(1, 'delivered', 'key-change'), token(2, null, 'key-change'), token(3)];
		expect(names(chooseTokens([vend('a', 10, ...half)], all))).toEqual(['a1', 'a2', 'a3']);
		const whole = half.map((one) =>
			one.kind === 'key-change' ? { ...one, delivery: 'delivered' as const } : one,
		);
		expect(names(chooseTokens([vend('a', 10, ...whole)], all))).toEqual(['a3']);
	});

	it('are each there once, in order, and never one that is in the meter, whoever asks for them', () => {
		const states = fc.constantFrom(null, 'delivered', 'refused', 'unknown');
		const some = fc.uniqueArray(
			fc.record({
				id: fc.constantFrom(...'abcdefgh'),
				madeAtMs: fc.nat(5),
				tokens: fc.array(states, { minLength: 1, maxLength: 3 }),
			}),
			{ selector: ({ id }) => id },
		);
		const wishes = fc.array(fc.constantFrom(...all, ...these('a', 'c'), ...these('b')));
		fc.assert(
			fc.property(some, wishes, (given, wanted) => {
				const vends = given.map(({ id, madeAtMs, tokens }) =>
					vend(id, madeAtMs, ...tokens.map((state, at) => token(at + 1, state))),
				);
				const chosen = chooseTokens(vends, wanted);
				expect(new Set(names(chosen)).size).toBe(chosen.length);
				expect(chosen.filter(({ token: { delivery } }) => delivery === 'delivered')).toEqual([]);
				const made = chosen.map(
					({ vendId }) => vends.find(({ id }) => id === vendId)?.madeAtMs ?? 0,
				);
				expect(made).toEqual([...made].sort((one, other) => one - other));
			}),
		);
	});
});
