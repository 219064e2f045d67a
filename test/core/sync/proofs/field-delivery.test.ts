import { describe, expect, it } from 'vitest';
import type { Delivery, TokenState } from '#lib/core/field/delivery/delivery.ts';
import {
	dueProofs,
	type FieldDelivery,
	isOnItsWay,
	isUnfinished,
	MAX_SETTLED,
	parseFieldDelivery,
	settledBy,
	verdictOf,
	withDelivery,
	withProof,
} from '#lib/core/sync/proofs/field-delivery.ts';
import { lineOfDigits, takeQueue } from '#lib/core/sync/proofs/queue.ts';
import { creditToken, MADE_TID } from '../../meter/bench-meter.ts';
import { VIRTUAL } from '../../../link/cut-line.ts';

const DRN = '12345678903';
const digits = [60, 61, 62].map((minute) => creditToken(500, MADE_TID + minute));

function planned(): FieldDelivery {
	const plan = takeQueue(undefined, DRN, VIRTUAL, digits.map(lineOfDigits));
	if ('refused' in plan) throw new Error(plan.refused);
	return plan.field;
}

const reading = {
	...{ token: '', time: null, method: null, status: null, credit: 5, available: null },
};
const accepted = (after: typeof reading | null = reading): TokenState => ({
	...{ phase: 'accepted', status: { code: 3, bits: '' }, before: reading, after },
});
const unknown: TokenState = { phase: 'unknown', before: reading, readings: 0, absent: false };

/** The delivery with its tokens in these states. */
function inStates(...states: TokenState[]): FieldDelivery {
	const field = planned();
	const tokens = field.delivery.tokens.map((token, at) => ({
		...token,
		state: states[at] ?? token.state,
	}));
	return { ...field, delivery: { ...field.delivery, tokens } as Delivery };
}

describe('what is stored of a meter’s tokens', () => {
	it('is read back as it was', () => {
		const field = inStates(accepted(), unknown);
		expect(parseFieldDelivery(JSON.stringify(field))).toEqual(field);
	});

	it.each<[string, (json: Record<string, unknown>) => unknown, object]>([
		['no JSON', () => undefined, { refused: 'not-a-delivery' }],
		['a list', () => [], { refused: 'not-a-delivery' }],
		['another version', (json) => ({ ...json, version: 2 }), { refused: 'version', found: 2 }],
		['a field too many', (json) => ({ ...json, more: 1 }), { refused: 'field', path: 'more' }],
		[
			'a token of which nothing is known',
			(json) => ({ ...json, known: [] }),
			{ refused: 'contradiction' },
		],
		[
			'a delivery that is none',
			(json) => ({ ...json, delivery: 7 }),
			{ refused: 'not-a-delivery' },
		],
		[
			'more settled digits than are remembered',
			(json) => ({ ...json, settled: Array.from({ length: MAX_SETTLED + 1 }, () => digits[0]) }),
			{ refused: 'field', path: 'settled' },
		],
	])('refuses %s by name', (_, change, refusal) => {
		const json = JSON.parse(JSON.stringify(planned())) as Record<string, unknown>;
		const text = JSON.stringify(change(json)) ?? '{';
		expect(parseFieldDelivery(text)).toEqual(refusal);
	});
});

describe('a verdict', () => {
	const token = planned().delivery.tokens[0]!;
	it.each<[TokenState, boolean, string | undefined]>([
		[{ phase: 'waiting' }, true, undefined],
		[{ phase: 'entering', before: reading }, false, undefined],
		[{ phase: 'entering', before: reading }, true, 'unknown'],
		[unknown, false, undefined],
		[unknown, true, 'unknown'],
		[{ phase: 'pending', before: reading, readings: 1, same: false }, true, 'unknown'],
		[accepted(), false, 'accepted'],
		[{ phase: 'not-taken', result: 'object-undefined' }, false, 'refused'],
	])('of %j, over %s, is %s', (state, over, verdict) => {
		expect(verdictOf({ ...token, state }, over)).toBe(verdict);
	});

	it('of a token that was left is unknown only where it went out', () => {
		expect(verdictOf({ ...token, sends: 0, state: { phase: 'left' } }, true)).toBeUndefined();
		expect(verdictOf({ ...token, sends: 1, state: { phase: 'left' } }, false)).toBe('unknown');
	});

	it('is due once, and again only as another one', () => {
		const first = inStates(accepted());
		expect(dueProofs(first, false)).toEqual([0]);
		const proven = withProof(first, 0, 'accepted');
		expect(dueProofs(proven, true)).toEqual([]);
		const lost = withProof(inStates(unknown), 0, 'unknown');
		expect(dueProofs(lost, true)).toEqual([]);
		const settled = { ...lost, delivery: inStates(accepted()).delivery };
		expect(dueProofs(settled, false)).toEqual([0]);
	});

	it('waits for the credit after it, until the queue goes on or is over', () => {
		expect(dueProofs(inStates(accepted(null)), false)).toEqual([]);
		expect(dueProofs(inStates(accepted(null)), true)).toEqual([0]);
		expect(dueProofs(inStates(accepted(null), unknown), false)).toEqual([0]);
	});

	it('remembers that an answer was lost once', () => {
		const lost = withDelivery(planned(), inStates(unknown).delivery);
		expect(lost.known.map((one) => one.lost)).toEqual([true, false, false]);
		expect(withDelivery(lost, inStates(accepted()).delivery).known[0]?.lost).toBe(true);
	});
});

describe('where a delivery stands', () => {
	it('tells what is on its way and what is unfinished', () => {
		expect(isOnItsWay(inStates(accepted(), unknown))).toBe(true);
		expect(isOnItsWay(inStates(accepted()))).toBe(false);
		expect(isUnfinished(inStates(accepted()))).toBe(true);
		expect(isUnfinished(inStates(accepted(), accepted(), { phase: 'left' }))).toBe(false);
	});

	it('remembers what was taken, the newest where there is too much of it', () => {
		const field = inStates(accepted());
		const before = Array.from({ length: MAX_SETTLED }, (_, at) => String(at).padStart(20, '0'));
		const settled = settledBy({ ...field, settled: before });
		expect(settled).toHaveLength(MAX_SETTLED);
		expect(settled.at(-1)).toBe(digits[0]);
		expect(settled).not.toContain(before[0]);
	});
});
