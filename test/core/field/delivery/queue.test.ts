import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_QUEUE } from '#lib/core/field/delivery/delivery.ts';
import { orderTokens, withoutRepeats } from '#lib/core/field/delivery/order-tokens.ts';
import { planDelivery } from '#lib/core/field/delivery/plan-delivery.ts';
import {
	type CheckedToken,
	checkToken,
	type QueuedToken,
} from '#lib/core/field/delivery/queued-token.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { bitsToDigits } from '#lib/core/sts/token-number.ts';
import { type ClassNumber, insertClass } from '#lib/core/sts/transposition.ts';

/** Twenty digits of a class; they differ by `number`. */
const digitsOf = (tokenClass: ClassNumber, number: number): string =>
	bitsToDigits(insertClass(tokenClass, { high: number, low: number }));

const checked = (token: QueuedToken): CheckedToken => {
	const result = checkToken(token);
	if ('refusal' in result) throw new Error(result.refusal);
	return result;
};
const credit = (number: number, more: Partial<QueuedToken> = {}): CheckedToken =>
	checked({ digits: digitsOf(0, number), kind: 'credit', ...more });
const section = (number: number, more: Partial<QueuedToken> = {}): CheckedToken =>
	checked({ digits: digitsOf(2, number), kind: 'key-change', ...more });

describe('a token that comes to a delivery', () => {
	it('has its class in its digits', () => {
		for (const tokenClass of [0, 1, 2] as const)
			expect(checkToken({ digits: digitsOf(tokenClass, 77) })).toMatchObject({ tokenClass });
		const spaced = digitsOf(0, 5).replace(/(.{4})/g, '$1 ');
		expect(checkToken({ digits: spaced })).toMatchObject({ digits: digitsOf(0, 5) });
	});

	it.each<[QueuedToken, string]>([
		[{ digits: '' }, 'empty'],
		[{ digits: '1234567890123456789x' }, 'not-digits'],
		[{ digits: '1234567890123456789' }, 'too-short'],
		[{ digits: '123456789012345678901' }, 'too-long'],
		[{ digits: '99999999999999999999' }, 'too-large'],
		[{ digits: digitsOf(3, 1) }, 'reserved-class'],
		[{ digits: digitsOf(0, 1), kind: 'key-change' }, 'another-kind'],
		[{ digits: digitsOf(2, 1), kind: 'credit' }, 'another-kind'],
		[{ digits: digitsOf(1, 1), kind: 'fbe' }, 'another-kind'],
		[{ digits: digitsOf(0, 1), kind: 'engineering' }, 'another-kind'],
	])('is refused by name: %j', (token, refusal) => {
		expect(checkToken(token)).toEqual({ refusal });
	});

	it('may be a test for any meter as well as an engineering token', () => {
		for (const tokenClass of [1, 2] as const)
			expect(checkToken({ digits: digitsOf(tokenClass, 1), kind: 'engineering' })).toMatchObject({
				tokenClass,
			});
	});
});

describe('the order of entry', () => {
	const order = (...tokens: CheckedToken[]): string[] =>
		orderTokens(tokens).map(({ digits }) => digits);
	const digits = (...tokens: CheckedToken[]): string[] => tokens.map((token) => token.digits);

	it('is the key change in its sections, then oldest first', () => {
		const [old, young] = [credit(1, { madeAtMs: 10 }), credit(2, { madeAtMs: 20 })];
		const [a, b] = [1, 2].map((place) => section(place, { set: 'v', place, madeAtMs: 30 }));
		expect(order(young, b as CheckedToken, old, a as CheckedToken)).toEqual(
			digits(a as CheckedToken, b as CheckedToken, old, young),
		);
	});

	it('is one set after the other, the older one first', () => {
		const sets = [2, 1].flatMap((set) =>
			[2, 1].map((place) =>
				section(set * 10 + place, { set: `v${set}`, place, madeAtMs: set * 1000 }),
			),
		);
		expect(order(...sets)).toEqual([11, 12, 21, 22].map((number) => digitsOf(2, number)));
	});

	it('begins with credit that is certainly under the old key', () => {
		const dying = credit(1, { madeAtMs: 50, underOldKey: true });
		const older = credit(2, { madeAtMs: 10 });
		expect(order(older, section(3), dying)).toEqual(digits(dying, section(3), older));
	});

	it('is the person’s where nothing is known, and among what is known by age', () => {
		const unknown = [7, 5, 6].map((number) => checked({ digits: digitsOf(0, number) }));
		expect(order(...unknown)).toEqual(digits(...unknown));
		const [a, b, c] = unknown as [CheckedToken, CheckedToken, CheckedToken];
		const [old, young] = [credit(1, { madeAtMs: 1 }), credit(2, { madeAtMs: 2 })];
		expect(order(a, young, b, old, c)).toEqual(digits(a, old, b, young, c));
	});

	it('keeps the tokens of one vend in their places', () => {
		const [first, second] = [1, 2].map((place) =>
			credit(10 - place, { set: 'v', place, madeAtMs: 5 }),
		);
		expect(order(second as CheckedToken, first as CheckedToken)).toEqual(
			digits(first as CheckedToken, second as CheckedToken),
		);
	});

	it('loses and makes up nothing, and does not depend on how ages are mixed', () => {
		const token = fc.record({
			number: fc.integer({ min: 1, max: 60 }),
			madeAtMs: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
			key: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(token, { maxLength: 40 }), (facts) => {
				const tokens = withoutRepeats(
					facts.map(({ number, madeAtMs, key }) =>
						(key ? section : credit)(number, madeAtMs === undefined ? {} : { madeAtMs }),
					),
				);
				const ordered = orderTokens(tokens);
				expect(digits(...ordered).toSorted()).toEqual(digits(...tokens).toSorted());
				const kinds = ordered.map(({ kind }) => kind);
				expect(kinds).toEqual(
					kinds.toSorted((a, b) => (a === b ? 0 : a === 'key-change' ? -1 : 1)),
				);
				const ages = ordered
					.filter(({ kind, madeAtMs }) => kind === 'credit' && madeAtMs !== undefined)
					.map(({ madeAtMs }) => madeAtMs as number);
				expect(ages).toEqual(ages.toSorted((a, b) => a - b));
			}),
		);
	});
});

describe('a plan', () => {
	const profile = { tokenGateway: obis('0.0.19.40.0.255'), tokenEncoding: 'ascii-20' } as const;
	const plan = (queue: readonly QueuedToken[]) => planDelivery('meter', profile, queue);

	it('drops what comes twice, in whatever spelling', () => {
		const twice = digitsOf(0, 9);
		const planned = plan([{ digits: twice }, { digits: twice.replace(/(.{4})/g, '$1-') }]);
		expect(planned).toMatchObject({ dropped: 1, delivery: { tokens: [{ digits: twice }] } });
	});

	it('is refused by name', () => {
		expect(plan([])).toEqual({ refused: 'empty' });
		expect(
			plan([{ digits: digitsOf(0, 1) }, { digits: '12' }, { digits: digitsOf(3, 1) }]),
		).toEqual({
			refused: 'tokens',
			tokens: [
				{ index: 1, refusal: 'too-short' },
				{ index: 2, refusal: 'reserved-class' },
			],
		});
		const many = Array.from({ length: MAX_QUEUE + 1 }, (_, number) => ({
			digits: digitsOf(0, number + 1),
		}));
		expect(plan(many)).toEqual({ refused: 'too-many', most: MAX_QUEUE });
		expect(plan(many.slice(1))).toHaveProperty('delivery');
	});
});
