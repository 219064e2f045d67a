import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery, TokenPhase } from '#lib/core/field/delivery/delivery.ts';
import type { QueuedToken } from '#lib/core/field/delivery/queued-token.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { creditToken, keyChange, MADE_TID, NEW_KEY } from '../core/meter/bench-meter.ts';
import { CutBench, type Fate } from './cut-line.ts';
import { deliverThrough, entriesOf, planned } from './delivery-bench.ts';

const credit = (units: number, minute: number): QueuedToken => ({
	digits: creditToken(units, MADE_TID + minute),
	kind: 'credit',
	madeAtMs: minute * 60_000,
});

/** A credit under the key that the set of `keySet` brings. */
function creditUnderNewKey(minute: number): QueuedToken {
	const made = encodeCreditToken(
		{ units: 300, tid: MADE_TID + minute, rnd: 5 },
		prepareCipher(7, NEW_KEY.decoderKey),
	);
	if ('refusal' in made) throw new Error(made.refusal);
	return { digits: made.digits, kind: 'credit', madeAtMs: minute * 60_000 };
}

const keySet: QueuedToken[] = keyChange().map((digits, index) => ({
	digits,
	kind: 'key-change',
	set: 'vend-7',
	place: index + 1,
}));

const phases = ({ tokens }: Delivery): TokenPhase[] => tokens.map(({ state }) => state.phase);

describe('delivering', () => {
	it('gives the meter one token and tells what it did', async () => {
		const bench = new CutBench();
		const { last, connections } = await deliverThrough(bench, planned([credit(500, 60)]));
		expect(last.ended).toBe('done');
		expect(connections).toBe(1);
		expect(last.delivery.tokens[0]).toMatchObject({
			sends: 1,
			state: {
				phase: 'accepted',
				status: { code: 3, bits: '01' },
				before: { token: '', credit: 500 },
				after: { credit: 5500, status: { code: 3 } },
			},
		});
	});

	it('brings a queue in order: the key change, then what is oldest', async () => {
		const bench = new CutBench();
		const [second, first] = keySet.toReversed();
		const queue = [creditUnderNewKey(62), second, creditUnderNewKey(60), first].map(
			(token) => token as QueuedToken,
		);
		const { last } = await deliverThrough(bench, planned(queue));
		expect(last.ended).toBe('done');
		expect(bench.device.state.meter.entries.map(({ result }) => result)).toEqual([
			'1stKCT',
			'2ndKCT',
			'Accept',
			'Accept',
		]);
	});

	it('stores each state before anything goes out that follows from it', async () => {
		const bench = new CutBench();
		const { stored } = await deliverThrough(bench, planned([credit(500, 60), credit(500, 61)]));
		const seen = stored.map((text) => phases(JSON.parse(text) as Delivery).join());
		expect([...new Set(seen)]).toEqual([
			'entering,waiting',
			'accepted,waiting',
			'accepted,entering',
			'accepted,accepted',
		]);
	});

	it('stops at a token that is not for this meter, and goes on when it is told to', async () => {
		const foreign = {
			digits: creditToken(500, MADE_TID + 61, prepareCipher(7, new Uint8Array(8).fill(3))),
			kind: 'credit',
			madeAtMs: 61 * 60_000,
		} as const;
		const queue = [credit(100, 62), foreign, credit(100, 60)];
		const { last } = await deliverThrough(new CutBench(), planned(queue));
		expect(last).toMatchObject({ ended: 'stopped', why: 'not-authentic' });
		expect(phases(last.delivery)).toEqual(['accepted', 'refused', 'waiting']);
		const told = await deliverThrough(new CutBench(), planned(queue), [], 'leave');
		expect(phases(told.last.delivery)).toEqual(['accepted', 'refused', 'accepted']);
	});

	it('goes on after a used token', async () => {
		const bench = new CutBench();
		await deliverThrough(bench, planned([credit(100, 60)]));
		const { last } = await deliverThrough(bench, planned([credit(100, 60), credit(100, 61)]));
		expect(last.ended).toBe('done');
		expect(last.delivery.tokens[0]).toMatchObject({
			state: { phase: 'refused', stage: 'validation', status: { code: 6, bits: '0a' } },
		});
		expect(phases(last.delivery)).toEqual(['refused', 'accepted']);
	});

	it('holds back the rest of a key change that was refused, and what is under its key', async () => {
		const [first] = keySet;
		const broken = { ...(first as QueuedToken), digits: '00000000001342177280' };
		const queue = [broken, ...keySet.slice(1), creditUnderNewKey(60)];
		const { last } = await deliverThrough(new CutBench(), planned(queue));
		expect(last).toMatchObject({ ended: 'stopped', why: 'key-change-refused' });
		expect(phases(last.delivery)).toEqual(['refused', 'waiting', 'waiting']);
		const told = await deliverThrough(new CutBench(), planned(queue), [], 'leave');
		expect(phases(told.last.delivery).slice(0, 2)).toEqual(['refused', 'left']);
	});

	it('is for the meter it was made for', async () => {
		const bench = new CutBench();
		const { last } = await deliverThrough(bench, { ...planned([credit(1, 60)]), meter: 'another' });
		expect(last.ended).toBe('other-meter');
		expect(entriesOf(bench).size).toBe(0);
	});
});

/** Whatever happened on the way: each token is in the meter once, and the verdict says so. */
function expectExactlyOnce(bench: CutBench, { tokens }: Delivery): void {
	const entries = entriesOf(bench);
	for (const { digits, state } of tokens) {
		expect(entries.get(digits)).toHaveLength(1);
		expect(state.phase).toBe('accepted');
	}
	expect(bench.sentUnkept).toBe(false);
}

const QUEUE = [credit(500, 60), credit(300, 61)];

describe('the cable pulled', () => {
	it.each(['out', 'in'] as const)(
		'around every frame, %s: each token goes in once, and the verdict is true',
		async (way) => {
			const whole = new CutBench();
			await deliverThrough(whole, planned(QUEUE));
			const ends = whole.frameEnds[way];
			expect(ends.length).toBeGreaterThan(12);
			const sends: number[] = [];
			for (const [index, end] of ends.entries()) {
				const begin = ends[index - 1] ?? 0;
				for (const octet of new Set([begin + 1, (begin + end) >> 1, end - 1, end])) {
					const bench = new CutBench();
					const { last, connections } = await deliverThrough(bench, planned(QUEUE), [
						{ cut: { way, octet } },
					]);
					expect(last.ended, `${octet}`).toBe('done');
					expect(connections).toBeLessThanOrEqual(2);
					expectExactlyOnce(bench, last.delivery);
					sends.push(...last.delivery.tokens.map((token) => token.sends));
				}
			}
			// Some had to go out again, since they had not arrived; none had to more often.
			expect(Math.max(...sends)).toBe(way === 'out' ? 2 : 1);
		},
	);

	it('in mode E, where the meter stays in its session: found there, and each token goes in once', async () => {
		const whole = new CutBench();
		await deliverThrough(whole, planned(QUEUE), [], undefined, true);
		for (const way of ['out', 'in'] as const)
			for (const end of whole.frameEnds[way].slice(3)) {
				const bench = new CutBench();
				const fates = [{ cut: { way, octet: end - 1 } }];
				const { last } = await deliverThrough(bench, planned(QUEUE), fates, undefined, true);
				expect(last.ended).toBe('done');
				expectExactlyOnce(bench, last.delivery);
			}
	});

	it('again and again, anywhere', async () => {
		const cut = fc.record({
			way: fc.constantFrom('out' as const, 'in' as const),
			octet: fc.integer({ min: 600, max: 2600 }),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 5 }), async (cuts) => {
				const bench = new CutBench();
				const fates: Fate[] = cuts.map((each) => ({ cut: each }));
				const queue = [...keySet, creditUnderNewKey(60), creditUnderNewKey(61)];
				const { last } = await deliverThrough(bench, planned(queue), fates, 'send-again');
				expect(last.ended).toBe('done');
				expectExactlyOnce(bench, last.delivery);
			}),
			{ numRuns: 60 },
		);
	});

	it('and every single frame lost: nothing is to be done at all', async () => {
		for (const way of ['out', 'in'] as const) {
			const whole = new CutBench();
			await deliverThrough(whole, planned(QUEUE));
			for (let frame = 0; frame < whole.passed[way].frames; frame += 1) {
				const bench = new CutBench();
				const { last, connections } = await deliverThrough(bench, planned(QUEUE), [
					{ lost: { way, frame } },
				]);
				expect(connections).toBe(1);
				expectExactlyOnce(bench, last.delivery);
			}
		}
	});
});
