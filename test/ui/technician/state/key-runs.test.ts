import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { lineOfDigits, type QueueLine } from '#lib/core/sync/proofs/queue.ts';
import type { AskOutcome } from '#lib/link/conversation.ts';
import { wantedKeyOf } from '#lib/ui/technician/view/key-set.ts';
import { closeTabs } from '../../../browser/vault/bench.ts';
import { keyChange } from '../../../core/meter/bench-meter.ts';
import { credit, DeliveryBench, DRN, LOST } from './delivery-bench.ts';

afterEach(closeTabs);

const VEND = '01935f2a-0000-7000-8000-000000000007';
const set: QueueLine[] = keyChange().map((digits, at) => ({
	...{ ...lineOfDigits(digits), kind: 'key-change', set: VEND, vendId: VEND, place: at + 1, of: 2 },
}));
const WANTED = wantedKeyOf({ sgc: '201457', krn: 2, ti: '01' }, 7);

/** What class 116 tells while the meter is on a key revision. */
const keyResults = (krn: number): GetResult[] => [
	{ error: 4 },
	{ data: build.unsigned(7) },
	{ data: build.doubleLongUnsigned(201_457) },
	{ data: build.unsigned(1) },
	{ data: build.unsigned(krn) },
	{ data: build.unsigned(2) },
	{ data: build.unsigned(255) },
	{ data: build.unsigned(2) },
];

/** Tells the key: the old one until both sections came in. */
const telling = (bench: DeliveryBench) => (wish: Wish) => {
	if (wish.kind !== 'get-list' || wish.targets[0]?.classId !== 116) return undefined;
	const results = keyResults(bench.gateway.got.size < 2 ? 1 : 2);
	return { kind: 'answer', answer: { kind: 'get-list', results } } satisfies AskOutcome;
};

describe('a key change', () => {
	it('has the key before and after, and one entry of the journal beside those of its tokens', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(bench.at(telling(bench)), set, WANTED);
		expect(page.ended?.ended).toBe('done');
		expect(page.keyRun).toMatchObject({
			...{ phase: 'done', verdict: 'changed-as-wanted', before: { krn: 1 }, after: { krn: 2 } },
		});
		const deeds = await bench.deeds();
		expect(deeds.map(({ kind }) => kind)).toEqual([
			...['token-delivery', 'token-delivery', 'key-change-run'],
		]);
		expect(deeds[2]?.content).toMatchObject({
			...{
				outcome: 'done',
				tokens: 2,
				vendId: VEND,
				before: { krn: 1, ken: 255 },
				after: { krn: 2, ken: 255 },
			},
		});
		const reloaded = bench.page();
		await reloaded.look(DRN);
		expect(reloaded.keyRun?.verdict).toBe('changed-as-wanted');
	});

	it('is not begun where the meter has the key already, and the rest goes on without it', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		const at = () => bench.at(telling(bench));
		await page.deliver(at(), [...set, credit(60)], { ...WANTED, krn: 1 });
		expect(page.ended).toEqual({ ended: 'set-refused', because: 'already-so' });
		expect(bench.gateway.got.size).toBe(0);
		await page.leaveSetOut(at());
		expect(page.ended?.ended).toBe('done');
		expect(page.field?.delivery.tokens.map(({ state }) => state.phase)).toEqual([
			...['left', 'left', 'accepted'],
		]);
	});

	it('that was cut in the middle keeps the key it was before', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		let entered = 0;
		await page.deliver(
			bench.at((wish) => {
				if (wish.kind === 'action' && (entered += 1) === 2) return LOST;
				return telling(bench)(wish);
			}),
			set,
			WANTED,
		);
		expect(page.ended?.ended).toBe('interrupted');
		expect(page.keyRun?.phase).toBe('deliver');
		const reloaded = bench.page();
		await reloaded.look(DRN);
		await reloaded.resume(bench.at(telling(bench)));
		expect(reloaded.keyRun).toMatchObject({ verdict: 'changed-as-wanted', before: { krn: 1 } });
	});

	it('of which nobody answers is not begun', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(
			bench.at((wish) => (wish.kind === 'get-list' ? LOST : undefined)),
			set,
			WANTED,
		);
		expect(page.ended).toEqual({ ended: 'line-gone' });
		expect(bench.gateway.got.size).toBe(0);
	});
});
