import { describe, expect, it } from 'vitest';
import { MAX_QUEUE } from '#lib/core/field/delivery/delivery.ts';
import type { FieldDelivery } from '#lib/core/sync/proofs/field-delivery.ts';
import {
	lineAgain,
	lineOfDigits,
	linesOfPack,
	linesOfVend,
	type QueueLine,
	queueOf,
	takeQueue,
} from '#lib/core/sync/proofs/queue.ts';
import { creditToken, keyChange, MADE_TID } from '../../meter/bench-meter.ts';
import { VIRTUAL } from '../../../link/cut-line.ts';

const DRN = '12345678903';
const VEND = '01935f2a-0000-7000-8000-000000000001';
const credit = (minute: number): string => creditToken(500, MADE_TID + minute);
const NONE: readonly string[] = [];

const place = { sgc: '201457', krn: 1, ti: '01' };
const packToken = (digits: string, more: object = {}) => ({
	...{ position: 1, vendId: VEND, sequence: 1, of: 1, kind: 'credit', energyDeciKwh: 500, digits },
	...{ test: true, sgc: '201457', krn: 1, tid: 17, baseYear: 2014, madeAtMs: 5, delivery: null },
	...more,
});
const packMeter = (tokens: object[], keyWanted: object | null = null) =>
	({
		key: { ...place, baseYear: 2014, ken: 255, kt: 2 },
		keyWanted,
		tokens,
	}) as unknown as Parameters<typeof linesOfPack>[0];

const taken = (field: FieldDelivery): FieldDelivery => ({
	...field,
	delivery: {
		...field.delivery,
		tokens: field.delivery.tokens.map((token) => ({
			...token,
			state: { phase: 'not-taken', result: 'object-undefined' },
		})),
	},
});

function fieldOf(queue: readonly QueueLine[], before?: FieldDelivery): FieldDelivery {
	const plan = takeQueue(before, DRN, VIRTUAL, queue);
	if ('refused' in plan) throw new Error(plan.refused);
	return plan.field;
}

describe('a queue', () => {
	it('has the pack’s tokens in the order of entry: what is under the old key, the set, the rest', () => {
		const [first, second] = keyChange();
		const set = { kind: 'key-change', of: 2, energyDeciKwh: 0, vendId: VEND, krn: 2 };
		const lines = linesOfPack(
			packMeter(
				[
					packToken(credit(70), { krn: 2, madeAtMs: 70 }),
					packToken(second as string, { ...set, sequence: 2 }),
					packToken(first as string, { ...set, sequence: 1 }),
					packToken(credit(60), { madeAtMs: 60, delivery: 'unknown' }),
				],
				{ ...place, krn: 2 },
			),
		);
		const queue = queueOf(lines, [], undefined, NONE);
		expect(queue.map(({ digits }) => digits)).toEqual([credit(60), first, second, credit(70)]);
		expect(queue[0]).toMatchObject({ underOldKey: true, earlier: 'unknown', test: true });
		const field = fieldOf(queue);
		expect(field.delivery.tokens.map(({ digits }) => digits)).toEqual(
			queue.map(({ digits }) => digits),
		);
		expect(field.known[1]).toEqual({
			...{ vendId: VEND, sequence: 1, kind: 'key-change', energyDeciKwh: 0, test: true },
			...{ lost: false, proven: null },
		});
	});

	it('leaves out what is taken, listed, skipped or there twice', () => {
		const listed = fieldOf([lineOfDigits(credit(60))]);
		const field = { ...listed, settled: [credit(61)] };
		const packed = [60, 61, 62, 63].map((minute) => lineOfDigits(credit(minute)));
		const queue = queueOf(packed, [lineOfDigits(credit(63))], field, [credit(62)]);
		expect(queue.map(({ digits }) => digits)).toEqual([credit(63)]);
	});

	it('takes a refused token again on a person’s word', () => {
		const field = taken(fieldOf([lineOfDigits(credit(60))]));
		const line = lineAgain(field, credit(60));
		expect(line).toMatchObject({ digits: credit(60), earlier: 'refused' });
		expect(lineAgain(field, credit(61))).toBeUndefined();
		const again = queueOf([lineOfDigits(credit(60))], line ? [line] : [], field, NONE);
		expect(again).toHaveLength(1);
		expect(fieldOf(again, field).delivery.tokens[0]?.state.phase).toBe('waiting');
	});

	it('goes on with what is unfinished, with the rest after it', () => {
		const field = fieldOf([lineOfDigits(credit(60))]);
		const more = fieldOf([lineOfDigits(credit(60)), lineOfDigits(credit(61))], field);
		expect(more.delivery.tokens.map(({ digits }) => digits)).toEqual([credit(60), credit(61)]);
		expect(more.known).toHaveLength(2);
		expect(fieldOf([], field)).toBe(field);
	});

	it('is refused where it has too many tokens, or none', () => {
		const line = (at: number) => lineOfDigits(credit(at));
		const field = fieldOf(Array.from({ length: MAX_QUEUE }, (_, at) => line(at)));
		expect(takeQueue(field, DRN, VIRTUAL, [line(MAX_QUEUE)])).toEqual({
			...{ refused: 'too-many', most: MAX_QUEUE },
		});
		expect(takeQueue(undefined, DRN, VIRTUAL, [])).toEqual({ refused: 'empty' });
	});

	it('has the tokens of a vend that was fetched, as a set', () => {
		const token = {
			digits: credit(60),
			kind: 'engineering',
			energyDeciKwh: 0,
			sequence: 1,
			of: 1,
			test: true,
		} as const;
		expect(linesOfVend(VEND, 7, [token])).toEqual([
			{
				...{ ...token, set: VEND, place: 1, vendId: VEND, madeAtMs: 7, earlier: null },
			},
		]);
	});
});
