import { describe, expect, it } from 'vitest';
import { conformance, FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import type { AskOutcome } from '#lib/link/conversation.ts';
import { readAttributes } from '#lib/link/read-attributes.ts';
import { readIdentity } from '#lib/link/read-identity.ts';
import { VirtualTimer } from './virtual-timer.ts';

const targets = [1, 2, 3].map((attribute) => ({
	classId: 3,
	logicalName: obis('1.0.1.8.0'),
	attribute,
}));
const value = (number: number): GetResult => ({ data: build.long(number) });
const failed = (why: 'exception' | 'link'): AskOutcome => ({
	kind: 'unknown',
	because: {
		why: 'failed',
		failure:
			why === 'link'
				? { why, reason: 'lost' }
				: { why, state: 'service-unknown', service: 'other-reason' },
	},
});

/** Somebody to ask, and what was asked. */
function asker(answer: (wish: Wish) => AskOutcome, bits = FULL_CONFORMANCE) {
	const asked: Wish['kind'][] = [];
	return {
		asked,
		agreement: { conformance: bits, maxPdu: 0xffff, meterTitle: new Uint8Array() },
		ask: (wish: Wish): Promise<AskOutcome> => {
			asked.push(wish.kind);
			return Promise.resolve(answer(wish));
		},
	};
}

const list = (...results: GetResult[]): AskOutcome => ({
	kind: 'answer',
	answer: { kind: 'get-list', results },
});
const one = (result: GetResult): AskOutcome => ({
	kind: 'answer',
	answer: { kind: 'get', result },
});
const oneByOne = (wish: Wish): AskOutcome =>
	wish.kind === 'get' ? one(value(wish.target.attribute)) : failed('exception');

describe('several attributes', () => {
	it('are read together where both sides agreed to lists', async () => {
		const meter = asker(() => list(value(1), { error: 4 }, value(3)));
		expect(await readAttributes(meter, targets)).toEqual([value(1), { error: 4 }, value(3)]);
		expect(meter.asked).toEqual(['get-list']);
	});

	it('are read one by one where they did not, or for one alone', async () => {
		const meter = asker(oneByOne, conformance('get'));
		expect(await readAttributes(meter, targets)).toEqual([1, 2, 3].map(value));
		const single = asker(oneByOne);
		await readAttributes(single, targets.slice(0, 1));
		expect([...meter.asked, ...single.asked]).toEqual(['get', 'get', 'get', 'get']);
	});

	it('are read one by one where a meter makes nothing of the list', async () => {
		for (const answer of [
			failed('exception'),
			list({ error: 250 }, { error: 250 }, { error: 250 }),
			list(value(1)),
			{ kind: 'not-sent', because: { refused: 'too-long' } } as const,
		]) {
			const meter = asker((wish) => (wish.kind === 'get-list' ? answer : oneByOne(wish)));
			expect(await readAttributes(meter, targets)).toEqual([1, 2, 3].map(value));
		}
	});

	it('are each a result, whatever became of it', async () => {
		const meter = asker(
			(wish) =>
				wish.kind === 'get' && wish.target.attribute === 2 ? failed('exception') : oneByOne(wish),
			conformance('get'),
		);
		expect(await readAttributes(meter, targets)).toEqual([value(1), { error: 250 }, value(3)]);
	});

	it('are interrupted by the end of the conversation only', async () => {
		for (const end of [
			failed('link'),
			{ kind: 'unknown', because: { why: 'fault', fault: 'unplugged' } },
			{ kind: 'not-sent', because: { refused: 'over' } },
			{ kind: 'not-sent', because: { refused: 'called-off' } },
		] as const) {
			expect(
				await readAttributes(
					asker(() => end),
					targets,
				),
			).toEqual(end);
			const later = asker(
				(wish) => (wish.kind === 'get' && wish.target.attribute === 2 ? end : oneByOne(wish)),
				conformance('get'),
			);
			expect(await readAttributes(later, targets)).toEqual(end);
		}
	});
});

describe('the invocation counter', () => {
	const counter = obis('0.0.43.1.0.255');
	const meterWith = (classId: number) =>
		asker((wish) => {
			if (wish.kind !== 'get') return failed('exception');
			const found = wish.target.logicalName === counter && wish.target.classId === classId;
			return one(found ? { data: build.doubleLongUnsigned(41) } : { error: 9 });
		});

	it('is found in whichever class a maker has put it', async () => {
		for (const classId of [1, 3, 4])
			expect(await readIdentity(meterWith(classId), counter, true, new VirtualTimer(7))).toEqual({
				facts: { counter: 41 },
				atMs: 7,
			});
	});

	it('is not looked for where it is not needed, and may not be there', async () => {
		const meter = meterWith(3);
		expect(await readIdentity(meter, counter, false, new VirtualTimer(7))).toEqual({
			facts: {},
			atMs: 7,
		});
		expect(meter.asked).toHaveLength(5);
		expect(await readIdentity(meterWith(99), counter, true, new VirtualTimer(7))).toEqual({
			facts: {},
			atMs: 7,
		});
	});
});
