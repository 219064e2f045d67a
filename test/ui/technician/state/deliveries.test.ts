import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readDelivery, writeDelivery } from '#lib/browser/store/technician-deliveries.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { closeTabs, NOW } from '../../../browser/vault/bench.ts';
import { FakeGateway } from '../../../core/field/delivery/fake-gateway.ts';
import { credit, DeliveryBench, DRN, LOST } from './delivery-bench.ts';

afterEach(closeTabs);

const isEnter = (wish: Wish): boolean => wish.kind === 'action';
const verdicts = async (bench: DeliveryBench) =>
	(await bench.deeds()).map((entry) =>
		entry.kind === 'token-delivery'
			? [entry.content.position, entry.content.verdict, entry.content.readBack]
			: [entry.kind],
	);

describe('handing a queue over', () => {
	it('writes one proof for each token, with the credit before and after', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		page.add(credit(60));
		await page.deliver(bench.at(), [credit(60), credit(61)]);
		expect(page.ended?.ended).toBe('done');
		expect(page.isRunning).toBe(false);
		expect(page.added).toEqual([]);
		expect(await verdicts(bench)).toEqual([
			[1, 'accepted', false],
			[2, 'accepted', false],
		]);
		const [first] = await bench.deeds();
		expect(first?.content).toMatchObject({
			framesDigest: 'ab'.repeat(32),
			statusCode: 3,
			before: { credit: { amount: 0, scale: -1, unit: 'kWh' } },
			after: { credit: { amount: 100, scale: -1, unit: 'kWh' } },
		});
		expect(bench.told).toEqual([]);
	});

	it('says why a queue cannot be handed over, and sends nothing', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(bench.at(), [{ ...credit(60), digits: '123' }]);
		expect(page.ended).toMatchObject({
			ended: 'not-planned',
			because: { refused: 'tokens', tokens: [{ index: 0, refusal: 'too-short' }] },
		});
		expect(bench.gateway.got.size).toBe(0);
		expect(await readDelivery(bench.store, DRN)).toBeUndefined();
	});

	it('begins nothing at another meter than the one that is shown', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look('37204100004');
		await page.deliver(bench.at(), [credit(60)]);
		expect(bench.gateway.got.size).toBe(0);
	});

	it('is over where the meter cannot be taken for this tab', async () => {
		const bench = new DeliveryBench();
		const slip = new TypeError('a slip');
		bench.locks.request = () => Promise.reject(slip);
		const page = bench.page();
		await page.look(DRN);
		await expect(page.deliver(bench.at(), [credit(60)])).rejects.toBe(slip);
		expect(page.isRunning).toBe(false);
	});
});

describe('what is stored of a meter', () => {
	it('is not known before it was looked up, nor of another meter by looking at the first', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		expect(page.isKnown).toBe(false);
		await page.look(undefined);
		expect(page.isKnown).toBe(true);
		const first = page.look(DRN);
		expect(page.isKnown).toBe(false);
		const other = page.look('37204100004');
		await first;
		expect({ drn: page.drn, isKnown: page.isKnown }).toEqual({
			...{ drn: '37204100004', isKnown: false },
		});
		await other;
		expect(page.isKnown).toBe(true);
	});

	it('is not known where the store cannot be read', async () => {
		const bench = new DeliveryBench();
		bench.store.close({ disableAutoOpen: true });
		const page = bench.page();
		await page.look(DRN);
		expect(page.isKnown).toBe(false);
		expect(bench.told).toHaveLength(1);
	});

	it('may be looked up again where the store could not be read', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		const known = () => ({ isKnown: page.isKnown, isUnread: page.isUnread });
		const read = vi
			.spyOn(bench.store.deliveries, 'toArray')
			.mockRejectedValue(new Error('the disk is away'));
		await page.look(DRN);
		expect(known()).toEqual({ isKnown: false, isUnread: true });
		read.mockRestore();
		const again = page.look(DRN);
		expect(known()).toEqual({ isKnown: false, isUnread: false });
		await again;
		expect(known()).toEqual({ isKnown: true, isUnread: false });
	});

	it('is known after a run that began while it was looked up', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		const look = page.look(DRN);
		await Promise.all([look, page.deliver(bench.at(), [credit(60)])]);
		expect(page.ended?.ended).toBe('done');
		expect(page.isKnown).toBe(true);
	});

	it('is known where another tab kept such a run from beginning', async () => {
		const bench = new DeliveryBench();
		const one = bench.page();
		await one.look(DRN);
		await one.deliver(bench.at(), [credit(60)]);
		const page = bench.page();
		const look = page.look(DRN);
		const heldElsewhere = async (_: string, __: LockOptions, work: (lock: null) => unknown) => {
			await look;
			return await work(null);
		};
		bench.locks.request = heldElsewhere as unknown as LockManager['request'];
		await page.deliver(bench.at(), [credit(61)]);
		expect(page.ended).toEqual({ ended: 'other-tab' });
		expect(page.isKnown).toBe(true);
		expect(page.field?.delivery.tokens).toHaveLength(1);
	});
});

describe('a lost answer', () => {
	it('is unknown in the journal, and after a reload its verdict is read back without sending again', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		const token = credit(60);
		await page.deliver(
			bench.at((wish) => {
				if (!isEnter(wish)) return undefined;
				// It arrives, and the cable is pulled before anybody hears of it.
				if (wish.kind === 'action' && wish.parameter?.type === 'octet-string')
					bench.gateway.enter(wish.parameter.value);
				return LOST;
			}),
			[token],
		);
		expect(page.ended?.ended).toBe('interrupted');
		expect(await verdicts(bench)).toEqual([[1, 'unknown', false]]);

		const reloaded = bench.page();
		await reloaded.look(DRN);
		expect(reloaded.field?.delivery.tokens[0]?.state.phase).toBe('unknown');
		await reloaded.resume(bench.at());
		expect(reloaded.ended?.ended).toBe('done');
		expect([...bench.gateway.got.values()]).toEqual([1]);
		expect(await verdicts(bench)).toEqual([
			[1, 'unknown', false],
			[1, 'accepted', true],
		]);
	});

	it('of a token that never arrived is sent again only after it was read back twice', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(
			bench.at((wish) => (isEnter(wish) ? LOST : undefined)),
			[credit(60)],
		);
		const asked: string[] = [];
		const reloaded = bench.page();
		await reloaded.look(DRN);
		await reloaded.resume(bench.at((wish) => void asked.push(wish.kind)));
		expect(asked.indexOf('action')).toBeGreaterThan(2);
		expect([...bench.gateway.got.values()]).toEqual([1]);
		expect(reloaded.ended?.ended).toBe('done');
	});

	it('asks a person where nobody can know, and does what they decide', async () => {
		const bench = new DeliveryBench();
		bench.gateway = new FakeGateway({ tellsToken: false });
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(
			bench.at((wish) => (isEnter(wish) ? LOST : undefined)),
			[credit(60), credit(61)],
		);
		await page.resume(bench.at());
		expect(page.ended?.ended).toBe('ask-person');
		expect(await verdicts(bench)).toEqual([[1, 'unknown', false]]);
		await page.choose(bench.at(), 'leave');
		expect(page.ended?.ended).toBe('done');
		expect(page.field?.delivery.tokens.map(({ state }) => state.phase)).toEqual([
			'left',
			'accepted',
		]);
	});
});

describe('a store that refuses', () => {
	it('keeps the next token from going out when a proof cannot be written', async () => {
		const bench = new DeliveryBench();
		const full = new StoreFault('no-space');
		bench.fault = { kind: 'token-delivery', error: full };
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(bench.at(), [credit(60), credit(61)]);
		expect(page.ended?.ended).toBe('not-kept');
		expect(bench.told).toEqual([full]);
		expect(bench.gateway.got.size).toBe(1);
		expect(await bench.deeds()).toEqual([]);

		// When there is room again, the proof is written and the queue goes on.
		bench.fault = undefined;
		await page.deliver(bench.at(), []);
		expect(page.ended?.ended).toBe('done');
		expect([...bench.gateway.got.values()]).toEqual([1, 1]);
		expect((await verdicts(bench)).map(([, verdict]) => verdict)).toEqual(['accepted', 'accepted']);
	});

	it('names what is damaged and sends nothing', async () => {
		const bench = new DeliveryBench();
		await writeDelivery(bench.store, { drn: DRN, revision: 0, snapshot: '{"version":9}' }, NOW);
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(bench.at(), [credit(60)]);
		expect(page.ended).toEqual({
			ended: 'stored-damaged',
			because: { refused: 'version', found: 9 },
		});
		expect(bench.gateway.got.size).toBe(0);
	});
});

describe('two tabs', () => {
	it('never work on one meter at a time', async () => {
		const bench = new DeliveryBench();
		const [one, other] = [bench.page(), bench.page()];
		await one.look(DRN);
		await other.look(DRN);
		const first = one.deliver(bench.at(), [credit(60)]);
		await other.deliver(bench.at(), [credit(60)]);
		expect(other.ended).toEqual({ ended: 'other-tab' });
		await first;
		expect([...bench.gateway.got.values()]).toEqual([1]);
	});

	it('go on from what is stored, whatever a page remembers', async () => {
		const bench = new DeliveryBench();
		const [one, other] = [bench.page(), bench.page()];
		await one.look(DRN);
		await other.look(DRN);
		await one.deliver(bench.at(), [credit(60)]);
		await other.deliver(bench.at(), [credit(61)]);
		expect(other.ended?.ended).toBe('done');
		expect(other.field?.settled).toHaveLength(1);
		expect([...bench.gateway.got.values()]).toEqual([1, 1]);
	});
});

describe('stopping', () => {
	it('ends between two steps, and goes on where it was', async () => {
		const bench = new DeliveryBench();
		const page = bench.page();
		await page.look(DRN);
		await page.deliver(
			bench.at((wish) => {
				if (isEnter(wish)) page.stop();
				return undefined;
			}),
			[credit(60), credit(61)],
		);
		expect(page.ended?.ended).toBe('called-off');
		expect(bench.gateway.got.size).toBe(1);
		await page.deliver(bench.at(), []);
		expect(page.ended?.ended).toBe('done');
		expect([...bench.gateway.got.values()]).toEqual([1, 1]);
	});
});
