/** A run of sending a purchase's tokens, over a gateway of the test's own making: what is kept, what goes out. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readEntry, changeEntry } from '#lib/browser/store/keypad.ts';
import { keepMeterDelivery, readMeterDelivery } from '#lib/browser/store/meter-deliveries.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { CONSUMER_PROFILE } from '#lib/core/dlms/profile/consumer-profile.ts';
import { tokenTaken } from '#lib/core/sync/keypad-entry.ts';
import type { SendablePurchase } from '#lib/core/sync/purchase-delivery.ts';
import type { AskOutcome } from '#lib/link/conversation.ts';
import { type RunEnd, runPurchase, type RunWish } from '#lib/ui/state/purchase-delivery-run.ts';
import { FakeGateway } from '../../core/field/delivery/fake-gateway.ts';
import { creditToken, MADE_TID } from '../../core/meter/bench-meter.ts';
import { FakeConversation } from '../../link/fake-conversation.ts';

const NAME = 'purchase-delivery';
const ID = 'p';
const DRN = '12345678903';
const NOW = 1_700_000_000_000;
const LOST: AskOutcome = { kind: 'unknown', because: { why: 'fault', fault: 'unplugged' } };
const DENIED: AskOutcome = {
	...{ kind: 'answer', answer: { kind: 'action', outcome: { result: 3 } } },
};

let store: TokenlineStore | undefined;
afterEach(async () => {
	store?.close();
	await Dexie.delete(NAME);
});

const open = (): TokenlineStore => {
	store?.close();
	return (store = new TokenlineStore(NAME));
};

const purchase = (tokens = 2): SendablePurchase => ({
	...{ id: ID, drn: DRN, issuedAtMs: NOW },
	tokens: Array.from({ length: tokens }, (_, at) => ({
		digits: creditToken(100 + at, MADE_TID + 60 + at),
		kind: 'credit' as const,
		sequence: at + 1,
	})),
});

const isEnter = (wish: Wish): boolean => wish.kind === 'action';

interface RunFacts {
	readonly of?: SendablePurchase;
	readonly wish?: RunWish;
	readonly instead?: (wish: Wish) => AskOutcome | undefined;
}

function run(
	gateway: FakeGateway,
	{ of = purchase(), wish, instead = () => undefined }: RunFacts = {},
): Promise<RunEnd> {
	const conversation = new FakeConversation(gateway, (asked) => {
		const outcome = instead(asked);
		if (outcome?.kind === 'unknown') conversation.over = true;
		return outcome;
	});
	const timer = {
		nowMs: () => NOW,
		wakeAt: (_: number, callBack: () => void) => {
			queueMicrotask(callBack);
			return () => undefined;
		},
	};
	return runPurchase({
		...{ store: store as TokenlineStore, timer, purchase: of, profile: CONSUMER_PROFILE },
		...{ conversation, wish, signal: new AbortController().signal, tell: () => undefined },
	});
}

/** The token arrives, and the cable is pulled before anybody hears of it. */
const pulledAfter = (gateway: FakeGateway) => (wish: Wish) => {
	if (wish.kind !== 'action' || wish.parameter?.type !== 'octet-string') return undefined;
	gateway.enter(wish.parameter.value);
	return LOST;
};

const row = () => readMeterDelivery(store as TokenlineStore, ID);
const entry = () => readEntry(store as TokenlineStore, ID);

describe('sending a purchase', () => {
	it('puts every token in once, and the keypad’s record knows of it', async () => {
		open();
		const gateway = new FakeGateway();
		expect(await run(gateway)).toMatchObject({ ended: 'done' });
		expect([...gateway.got.values()]).toEqual([1, 1]);
		expect(await entry()).toMatchObject({ takenMs: [NOW, NOW] });
		expect(await row()).toMatchObject({ taken: 2, underWay: false });
	});

	it('sends only what is not in by the person’s word, and all of it where the person wishes', async () => {
		await changeEntry(open(), { id: ID, drn: DRN }, (at) => tokenTaken(at, NOW - 1));
		const gateway = new FakeGateway();
		await run(gateway);
		expect([...gateway.got.keys()]).toEqual([purchase().tokens[1]?.digits]);
		expect(await row()).toMatchObject({ taken: 0 });
		expect(await entry()).toMatchObject({ takenMs: [NOW - 1, NOW] });
		expect(await run(gateway)).toMatchObject({
			...{ ended: 'not-planned', because: { refused: 'all-in' } },
		});
		await run(gateway, { wish: 'all-again' });
		expect(gateway.got.get(purchase().tokens[0]?.digits ?? '')).toBe(1);
	});

	it('with its answer lost is not known, after a reload too, and is read back without sending again', async () => {
		open();
		const gateway = new FakeGateway();
		const lost = await run(gateway, { of: purchase(1), instead: pulledAfter(gateway) });
		expect(lost).toMatchObject({ ended: 'interrupted' });
		expect(await row()).toMatchObject({ underWay: true, taken: 0 });
		expect((await entry())?.takenMs ?? []).toEqual([]);
		open();
		const asked: string[] = [];
		const again = await run(gateway, {
			of: purchase(1),
			instead: (wish) => {
				asked.push(wish.kind);
				return undefined;
			},
		});
		expect(again).toMatchObject({ ended: 'done' });
		expect(asked).not.toContain('action');
		expect([...gateway.got.values()]).toEqual([1]);
		expect(await row()).toMatchObject({ underWay: false, taken: 1 });
		expect(await entry()).toMatchObject({ takenMs: [NOW] });
	});

	it('is not taken by a meter that lets its owner enter nothing, and the rest is not tried', async () => {
		open();
		const gateway = new FakeGateway();
		const end = await run(gateway, { instead: (wish) => (isEnter(wish) ? DENIED : undefined) });
		expect(end).toMatchObject({ ended: 'stopped', why: 'gateway-refuses' });
		if (!('delivery' in end)) throw new Error('no delivery');
		expect(end.delivery.tokens.map(({ state }) => state.phase)).toEqual(['not-taken', 'waiting']);
		expect(gateway.got.size).toBe(0);
	});

	it('asks a person where nobody can know, and looks again at their word', async () => {
		open();
		const gateway = new FakeGateway({ tellsToken: false });
		const of = purchase(1);
		await run(gateway, { of, instead: pulledAfter(gateway) });
		expect(await run(gateway, { of })).toMatchObject({ ended: 'ask-person' });
		expect(await run(gateway, { of, wish: 'look-again' })).toMatchObject({ ended: 'ask-person' });
		expect([...gateway.got.values()]).toEqual([1]);
		await run(gateway, { of, wish: 'send-again' });
		expect([...gateway.got.values()]).toEqual([2]);
	});

	it('sends nothing where what is kept cannot be read, but at a person’s word', async () => {
		const state = { id: ID, drn: DRN, revision: 0, updatedAtMs: NOW, taken: 0, underWay: true };
		await keepMeterDelivery(open(), { ...state, snapshot: '{"version":99}' }, (at) => at);
		const gateway = new FakeGateway();
		expect(await run(gateway)).toMatchObject({ ended: 'stored-damaged' });
		expect(gateway.got.size).toBe(0);
		expect(await run(gateway, { wish: 'all-again' })).toMatchObject({ ended: 'done' });
	});

	it('stops where another tab has gone on from the same', async () => {
		const gateway = new FakeGateway();
		const here = open();
		const end = await run(gateway, {
			instead: (wish) => {
				if (wish.kind === 'action') return undefined;
				void here.meterDeliveries.update(ID, { revision: 40 });
				return undefined;
			},
		});
		expect(end).toMatchObject({ ended: 'not-kept' });
		expect(gateway.got.size).toBe(0);
	});

	it.each(['meterDeliveries', 'keypadEntries'] as const)(
		'names the fault where %s cannot be read, and sends nothing',
		async (table) => {
			const gateway = new FakeGateway();
			vi.spyOn(open()[table], 'get').mockRejectedValue(new Dexie.DatabaseClosedError());
			await expect(run(gateway)).rejects.toThrow(StoreFault);
			expect(gateway.got.size).toBe(0);
		},
	);

	it('refuses digits that are no token, and keeps nothing of them', async () => {
		open();
		const of = { ...purchase(1), tokens: [{ digits: '1', kind: 'credit' as const, sequence: 1 }] };
		expect(await run(new FakeGateway(), { of })).toMatchObject({
			...{ ended: 'not-planned', because: { refused: 'tokens' } },
		});
		expect(await row()).toBeUndefined();
	});
});

describe('a database of before', () => {
	it('gets the new table beside what is in it', async () => {
		const old = new Dexie(NAME);
		old.version(3).stores({ keypadEntries: 'id, drn' });
		await old.table('keypadEntries').add({ id: ID, drn: DRN, takenMs: [1], group: 0, tapMs: 0 });
		old.close();
		open();
		expect(await entry()).toMatchObject({ takenMs: [1] });
		expect(await row()).toBeUndefined();
	});
});
