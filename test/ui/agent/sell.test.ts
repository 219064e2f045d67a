import { describe, expect, it } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { OpenedSale, Priced } from '#lib/browser/sync/till-desk.ts';
import { formatRecord2 } from '#lib/core/sts/id-record.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { Sell, type SellPorts } from '#lib/ui/agent/state/sell.svelte.ts';
import {
	CLAIM,
	confirmationOf,
	DRN,
	FakeDesk,
	KES,
	known,
	NOW,
	OTHER_DRN,
	pricedOf,
	saleOf,
} from './fake-desk.ts';

/** Time that passes only when it is told to. */
class HandTimer {
	#nowMs = NOW;
	#waiting: { atMs: number; act: () => void }[] = [];
	nowMs = () => this.#nowMs;
	wakeAt = (atMs: number, act: () => void) => {
		const entry = { atMs, act };
		this.#waiting.push(entry);
		return () => void (this.#waiting = this.#waiting.filter((one) => one !== entry));
	};
	pass(spanMs: number) {
		this.#nowMs += spanMs;
		const due = this.#waiting.filter(({ atMs }) => atMs <= this.#nowMs);
		this.#waiting = this.#waiting.filter(({ atMs }) => atMs > this.#nowMs);
		due.forEach(({ act }) => act());
	}
}

function atTheDesk(desk = new FakeDesk(), over: Partial<SellPorts> = {}) {
	const timer = new HandTimer();
	const printed: OpenedSale[] = [];
	const byHand: OpenedSale[] = [];
	const claims: unknown[] = [];
	const told: unknown[] = [];
	const sell = new Sell({
		...{ desk, currency: KES, timer },
		printAtOnce: (sale) => printed.push(sale),
		print: (sale) => byHand.push(sale),
		claimed: (claim) => claims.push(claim),
		tell: (error) => told.push(error),
		...over,
	});
	return { desk, timer, printed, byHand, claims, told, sell };
}

/** Lets everything that was promised come true. */
const settled = async () => {
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const problem = (code: string): Problem => ({
	...{ type: '', title: code, status: 409, code, detail: '' },
});

/** Up to the money. */
async function toPay(bench: ReturnType<typeof atTheDesk>, amountMinor = 50_000) {
	bench.sell.takeMeter(DRN);
	await settled();
	bench.sell.pick(amountMinor);
	await settled();
	bench.sell.toPay();
	await settled();
}

describe('a sale in the place of a refused one', () => {
	it('begins from the refund desk with meter and amount, and is priced anew', async () => {
		const bench = atTheDesk();
		bench.sell.startInstead({ id: 'refused-sale', method: 'card', amountMinor: 50_000 }, DRN);
		await settled();
		bench.timer.pass(1_000);
		await settled();
		expect(bench.desk.asked).toContain(`price ${DRN} 50000`);
		bench.sell.toPay();
		await settled();
		await bench.sell.pay();
		// The slip is there already; nothing of it is in the drawer.
		expect(bench.desk.wishes).toMatchObject([
			{ drn: DRN, replaces: 'refused-sale', tender: { method: 'card' } },
		]);
		bench.sell.next();
		await toPay(bench);
		await bench.sell.pay();
		expect(bench.desk.wishes[1]).toMatchObject({ tender: { method: 'cash' } });
		expect(bench.desk.wishes[1]).not.toHaveProperty('replaces');
	});
});

describe('the fastest way', () => {
	it('is four taps for a known customer, three from the amount to the paper, and one sale', async () => {
		const bench = atTheDesk();
		const { sell, desk, printed } = bench;
		const taps: (() => unknown)[] = [
			() => sell.takeMeter(DRN),
			() => sell.pick(50_000),
			() => sell.toPay(),
			() => sell.payExact(),
		];
		expect(taps.length).toBeLessThanOrEqual(4);
		for (const tap of taps) {
			expect(printed).toHaveLength(0);
			void tap();
			await settled();
		}
		expect(sell.step).toBe('done');
		expect(sell.result?.kind).toBe('issued');
		expect(printed).toHaveLength(1);
		expect(desk.wishes).toEqual([
			{
				...{ drn: DRN, amountMinor: 50_000, sight: known(), priced: pricedOf(50_000) },
				tender: { method: 'cash', tenderedMinor: 50_000 },
			},
		]);
		expect(desk.held).toBe(0);
		sell.printAgain();
		expect(bench.byHand).toEqual(printed);
		sell.next();
		expect([sell.step, sell.drn, sell.amountText]).toEqual(['meter', null, '']);
	});

	it('is all keys too: digits and Enter', async () => {
		const { sell, timer, printed, desk } = atTheDesk();
		sell.meterText = '0123 4567 897';
		sell.submitMeter();
		await settled();
		for (const text of ['2', '20', '200']) sell.typeAmount(text);
		timer.pass(250);
		await settled();
		// One question for the whole amount, none for what was typed on the way.
		expect(desk.asked).toEqual([`look ${DRN}`, `price ${DRN} 20000`]);
		sell.toPay();
		sell.tenderedText = '500';
		await sell.pay();
		expect(desk.wishes[0]?.tender).toEqual({ method: 'cash', tenderedMinor: 50_000 });
		expect(printed).toHaveLength(1);
	});
});

describe('a tap', () => {
	it('is one sale, however often it is made', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		await Promise.all([bench.sell.pay(), bench.sell.pay(), bench.sell.payExact()]);
		expect(bench.desk.wishes).toHaveLength(1);
	});

	it('asks once when the same was sold a moment ago', async () => {
		const bench = atTheDesk();
		bench.desk.sameAtMs = NOW - 30_000;
		await toPay(bench);
		await bench.sell.pay();
		expect([bench.sell.step, bench.sell.sameAtMs]).toEqual(['again', NOW - 30_000]);
		expect(bench.desk.wishes).toHaveLength(0);
		bench.sell.back();
		expect(bench.sell.step).toBe('pay');
		await bench.sell.pay();
		await bench.sell.sellAgain();
		expect(bench.desk.wishes).toHaveLength(1);
		expect(bench.sell.step).toBe('done');
	});

	it('asks for what was sold since the money was asked for, in another tab or by a tap that seemed to fail', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		bench.desk.sameAtMs = NOW;
		await bench.sell.pay();
		expect(bench.sell.step).toBe('again');
		expect(bench.desk.wishes).toHaveLength(0);
	});

	it('does not go with too little money', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		bench.sell.tenderedText = '499';
		await bench.sell.pay();
		expect(bench.sell.tender).toEqual({ refusal: 'too-little', missingMinor: 100 });
		expect(bench.desk.wishes).toHaveLength(0);
	});

	it('waits a moment for a price on its way, and no longer', async () => {
		const bench = atTheDesk();
		let answer: (priced: Priced) => void = () => undefined;
		bench.desk.price_ = () => new Promise((resolve) => (answer = resolve));
		await toPay(bench);
		const first = bench.sell.pay();
		await settled();
		expect(bench.desk.wishes).toHaveLength(0);
		answer(pricedOf(50_000));
		await first;
		expect(bench.desk.wishes[0]?.priced).toEqual(pricedOf(50_000));

		const slow = atTheDesk();
		slow.desk.price_ = () => new Promise(() => undefined);
		await toPay(slow);
		const second = slow.sell.pay();
		await settled();
		slow.timer.pass(1_500);
		await second;
		expect(slow.desk.wishes[0]?.priced).toBeNull();
	});

	it('takes nothing for what the backend says no to while the hands were ahead of it', async () => {
		const bench = atTheDesk();
		let answer: (priced: Priced) => void = () => undefined;
		bench.desk.price_ = () => new Promise((resolve) => (answer = resolve));
		await toPay(bench);
		const tap = bench.sell.pay();
		await settled();
		answer({ kind: 'problem', problem: problem('meter-blocked') });
		await tap;
		expect(bench.desk.wishes).toHaveLength(0);
		expect([bench.sell.step, bench.sell.priceProblem?.code]).toEqual(['amount', 'meter-blocked']);

		const late = atTheDesk();
		late.desk.price_ = () => new Promise((resolve) => (answer = resolve));
		await toPay(late);
		answer({ kind: 'problem', problem: problem('meter-blocked') });
		await settled();
		await late.sell.pay();
		expect(late.desk.wishes).toHaveLength(0);
		expect(late.sell.step).toBe('amount');
	});

	it('says that nothing was sold when the device could not store it', async () => {
		const bench = atTheDesk();
		bench.desk.outcome = () => {
			throw new StoreFault('no-space', undefined);
		};
		await toPay(bench);
		await bench.sell.pay();
		expect(bench.sell.result).toEqual({ kind: 'not-sold', because: 'failed' });
		expect(bench.told).toHaveLength(1);
		expect(bench.printed).toHaveLength(0);
		expect(bench.desk.held).toBe(0);
	});

	it('has ended though what broke is thrown on by whoever is told, and can be made again', async () => {
		const slip = new TypeError('slip');
		const desk = new FakeDesk();
		const { outcome } = desk;
		const tell = (error: unknown): never => {
			throw error;
		};
		const bench = atTheDesk(desk, { tell });
		desk.outcome = () => Promise.reject(slip);
		await toPay(bench);
		await expect(bench.sell.pay()).rejects.toBe(slip);
		expect(bench.sell.step).toBe('done');
		expect(bench.sell.result).toEqual({ kind: 'not-sold', because: 'failed' });
		desk.outcome = outcome;
		await bench.sell.tryAgain();
		expect(bench.sell.result?.kind).toBe('issued');
	});
});

describe('without the backend', () => {
	it('prints a provisional receipt, and the token when it comes', async () => {
		const bench = atTheDesk();
		bench.desk.sight = () => ({ kind: 'unheard' });
		bench.desk.price_ = (amountMinor) => pricedOf(amountMinor, 'estimate');
		bench.desk.outcome = (wish) => ({ kind: 'provisional', sale: saleOf(wish, 'provisional') });
		await toPay(bench);
		await bench.sell.pay();
		const { result } = bench.sell;
		expect(result?.kind).toBe('provisional');
		expect(bench.printed.map(({ row }) => row.state)).toEqual(['provisional']);
		if (result?.kind !== 'provisional') throw new TypeError('not provisional');

		// Another sale's news is not this one's.
		bench.sell.heard({ ...result.sale, row: { ...result.sale.row, id: 'other', state: 'issued' } });
		expect(bench.sell.result?.kind).toBe('provisional');
		const row = { ...result.sale.row, state: 'issued' as const };
		bench.sell.heard({ ...result.sale, row });
		bench.sell.heard({ ...result.sale, row });
		expect(bench.sell.result?.kind).toBe('issued');
		expect(bench.printed.map(({ row: { state } }) => state)).toEqual(['provisional', 'issued']);
	});

	it('opens a shift and goes on with the same sale', async () => {
		const bench = atTheDesk();
		const { desk } = bench;
		desk.outcome = (wish) =>
			desk.shifts === 0
				? { kind: 'not-sold', because: 'shift-needed' }
				: { kind: 'issued', sale: saleOf(wish, 'issued') };
		await toPay(bench);
		await bench.sell.pay();
		expect(bench.sell.result).toEqual({ kind: 'not-sold', because: 'shift-needed' });
		await bench.sell.openShiftAndSell();
		expect(bench.sell.result?.kind).toBe('issued');
		expect(desk.wishes).toHaveLength(2);
		expect(desk.wishes[1]).toEqual(desk.wishes[0]);
	});

	it('keeps what was typed when a cap forbids the sale', async () => {
		const bench = atTheDesk();
		bench.desk.outcome = () => ({ kind: 'not-sold', because: 'offline-sale-cap' });
		await toPay(bench);
		await bench.sell.pay();
		bench.sell.changeAmount();
		expect([bench.sell.step, bench.sell.amountText, bench.sell.drn]).toEqual([
			'amount',
			'500',
			DRN,
		]);
		expect(bench.printed).toHaveLength(0);
	});
});

describe('a refused sale', () => {
	it('gives its money back once', async () => {
		const bench = atTheDesk();
		bench.desk.outcome = (wish) => ({
			...{ kind: 'refused', sale: saleOf(wish, 'refused'), code: 'meter-blocked' },
		});
		await toPay(bench);
		await bench.sell.pay();
		expect(bench.printed).toHaveLength(0);
		await bench.sell.giveBack();
		await bench.sell.giveBack();
		expect(bench.desk.refunded).toHaveLength(1);
		expect(bench.sell.refunded).toBe(true);
	});

	it('is replaced by another one for the same meter', async () => {
		const bench = atTheDesk();
		bench.desk.outcome = (wish) => ({
			...{ kind: 'refused', sale: saleOf(wish, 'refused'), code: 'price-changed' },
		});
		await toPay(bench);
		bench.sell.method = 'mobile-money';
		await bench.sell.pay();
		const refused = bench.sell.result?.kind === 'refused' ? bench.sell.result.sale.row.id : '';
		bench.sell.sellInstead();
		await settled();
		bench.sell.pick(20_000);
		bench.sell.toPay();
		await bench.sell.pay();
		expect(bench.desk.wishes[1]).toMatchObject({
			...{ drn: DRN, replaces: refused, tender: { method: 'mobile-money' } },
		});
		bench.sell.next();
		await toPay(bench);
		await bench.sell.pay();
		expect(bench.desk.wishes[2]).not.toHaveProperty('replaces');
	});
});

describe('the meter', () => {
	it('is typed by a reader as well, whatever it reads', async () => {
		const { sell, claims } = atTheDesk();
		sell.meterText = meterPanOf(DRN);
		sell.submitMeter();
		expect([sell.step, sell.drn]).toEqual(['amount', DRN]);
		sell.next();
		sell.meterText = `https://x.example/meter/${OTHER_DRN}`;
		sell.submitMeter();
		expect(sell.drn).toBe(OTHER_DRN);
		sell.next();
		sell.meterText = CLAIM;
		sell.submitMeter();
		expect(claims).toEqual([{ kind: 'claim', code: CLAIM, drn: null }]);
		expect(sell.claim).toMatchObject({ code: CLAIM });
		sell.next();
		expect(sell.claim).toBeNull();
		expect(sell.step).toBe('meter');
	});

	it('is never a bank card, of which nothing stays', () => {
		const { sell } = atTheDesk();
		for (const take of [
			() => sell.scanned(';4111111111111111=29121010000?'),
			() => {
				sell.meterText = '4111 1111 1111 1111';
				sell.submitMeter();
			},
		]) {
			take();
			expect(sell.scanRefusal).toBe('bank-card-refused');
			expect([sell.step, sell.meterText]).toEqual(['meter', '']);
		}
	});

	it('whose card was swiped is sold to by it, though the office does not know it', async () => {
		const bench = atTheDesk();
		bench.desk.sight = () => ({ kind: 'problem', problem: problem('meter-unknown') });
		const track2 = formatRecord2({
			...{ pan: meterPanOf(DRN), doe: '0000', tct: '01', ea: 7, sgc: '999962', ti: 1, krn: 1 },
		});
		bench.sell.scanned(track2);
		await settled();
		expect(bench.sell.sight).toEqual({ kind: 'unheard' });
		bench.sell.pick(50_000);
		bench.sell.toPay();
		await bench.sell.pay();
		expect(bench.desk.wishes[0]?.meter).toEqual({ from: 'card', track2 });
	});

	it('says at Enter what is missing', () => {
		const { sell } = atTheDesk();
		sell.meterText = '0123';
		expect(sell.verdict.kind).toBe('so-far');
		sell.submitMeter();
		expect(sell.verdict).toEqual({ kind: 'refused', code: 'meter-number-length' });
	});

	it('that is blocked or unknown is not sold to', async () => {
		const bench = atTheDesk();
		bench.desk.sight = (drn) => ({
			...{ kind: 'known', from: 'backend', fetchedAtMs: NOW },
			confirmation: confirmationOf(drn, { state: 'blocked' }),
		});
		await toPay(bench);
		expect(bench.sell.step).toBe('amount');
		expect(bench.sell.sight).toMatchObject({ kind: 'refused', code: 'meter-blocked' });
		bench.desk.sight = () => ({ kind: 'problem', problem: problem('meter-unknown') });
		await toPay(bench);
		expect(bench.sell.step).toBe('amount');
		expect(bench.desk.asked.filter((asked) => asked.startsWith('price'))).toEqual([]);
	});

	it('that was looked up too late is not taken for the next one', async () => {
		const bench = atTheDesk();
		const answers = new Map<string, (sight: ReturnType<typeof known>) => void>();
		bench.desk.sight = (drn) => new Promise((resolve) => answers.set(drn, resolve));
		bench.sell.takeMeter(DRN);
		bench.sell.takeMeter(OTHER_DRN);
		answers.get(OTHER_DRN)?.(known(OTHER_DRN));
		await settled();
		answers.get(DRN)?.(known(DRN));
		await settled();
		expect(bench.sell.confirmation?.drn).toBe(OTHER_DRN);
	});
});

describe('the price', () => {
	it('of an amount that was changed meanwhile is passed over', async () => {
		const bench = atTheDesk();
		const answers: ((priced: Priced) => void)[] = [];
		bench.desk.price_ = () => new Promise((resolve) => answers.push(resolve));
		bench.sell.takeMeter(DRN);
		await settled();
		bench.sell.pick(50_000);
		bench.sell.pick(20_000);
		answers[1]?.(pricedOf(20_000));
		answers[0]?.(pricedOf(50_000));
		await settled();
		expect(bench.sell.priced).toEqual(pricedOf(20_000));
	});

	it('that buys nothing stops the sale before the money', async () => {
		const bench = atTheDesk();
		bench.desk.price_ = () => ({ kind: 'problem', problem: problem('amount-buys-nothing') });
		await toPay(bench);
		expect([bench.sell.step, bench.sell.canPay]).toEqual(['amount', false]);
	});
});

describe('Esc', () => {
	it('goes back one step, and never out of a sale that is being stored', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		bench.sell.back();
		expect([bench.sell.step, bench.sell.amountText]).toEqual(['amount', '500']);
		bench.sell.toPay();
		let end: () => void = () => undefined;
		bench.desk.outcome = (wish) =>
			new Promise((resolve) => {
				end = () => resolve({ kind: 'issued', sale: saleOf(wish, 'issued') });
			});
		const paying = bench.sell.pay();
		await settled();
		bench.sell.back();
		expect(bench.sell.step).toBe('selling');
		end();
		await paying;
		expect(bench.sell.step).toBe('done');
		bench.sell.back();
		expect(bench.sell.step).toBe('done');
	});
});

describe('a locked screen', () => {
	it('holds nothing of the customer, and of a sale under way nothing is lost', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		const paying = bench.sell.pay();
		bench.sell.putAway();
		expect(bench.sell.drn).toBe(DRN);
		await paying;
		expect(bench.desk.wishes).toHaveLength(1);
		expect(bench.sell.result).toBeDefined();
		bench.sell.putAway();
		expect([bench.sell.drn, bench.sell.result, bench.sell.confirmation]).toEqual([
			...[null, undefined, null],
		]);
		expect(bench.sell.step).toBe('meter');
	});
});

describe('the customer’s phone', () => {
	it('goes with the sale, and is nobody’s at the next one', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		bench.sell.phoneText = '+254 712 345 678';
		await bench.sell.pay();
		expect(bench.desk.wishes[0]?.notifyPhone).toBe('+254712345678');
		bench.sell.next();
		await toPay(bench, 20_000);
		await bench.sell.pay();
		expect(bench.desk.wishes[1]).not.toHaveProperty('notifyPhone');
	});

	it('that is no number stops the tap and is said', async () => {
		const bench = atTheDesk();
		await toPay(bench);
		bench.sell.phoneText = '0712 345';
		await bench.sell.pay();
		expect([bench.sell.step, bench.sell.phoneAsked]).toEqual(['pay', true]);
		expect(bench.desk.wishes).toHaveLength(0);
		bench.sell.phoneText = '';
		await bench.sell.pay();
		expect(bench.desk.wishes).toHaveLength(1);
	});
});

describe('a sealed token', () => {
	const sealed = { vendId: 'vend', expiresAtMs: NOW + 3_600_000 };

	it('is told of before the tap, for just that meter and amount', async () => {
		const bench = atTheDesk();
		bench.desk.sealed = sealed;
		await toPay(bench);
		expect(bench.sell.sealed).toEqual(sealed);
		bench.sell.back();
		bench.sell.pick(20_000);
		await settled();
		expect(bench.sell.sealed).toBeNull();
	});

	it('takes no other sale’s place', async () => {
		const bench = atTheDesk();
		bench.desk.outcome = (wish) => ({
			...{ kind: 'refused', sale: saleOf(wish, 'refused'), code: 'meter-blocked' },
		});
		await toPay(bench);
		await bench.sell.pay();
		bench.desk.sealed = sealed;
		bench.sell.sellInstead();
		await settled();
		bench.sell.pick(50_000);
		await settled();
		expect(bench.sell.sealed).toBeNull();
	});
});

describe('a token that came late', () => {
	it('is handed over while the customer still stands here', async () => {
		const bench = atTheDesk();
		bench.desk.outcome = (wish) => ({ kind: 'provisional', sale: saleOf(wish, 'provisional') });
		await toPay(bench);
		await bench.sell.pay();
		const [wish] = bench.desk.wishes;
		bench.sell.heard(saleOf(wish!, 'issued', { handOverMs: NOW }));
		await bench.sell.handOver();
		expect(bench.desk.given).toEqual([`sale-50000-${NOW}`]);
		// As the store tells of it then: no second paper by itself.
		bench.sell.heard(saleOf(wish!, 'issued'));
		expect(bench.printed).toHaveLength(2);
		const { result } = bench.sell;
		expect(result?.kind === 'issued' && result.sale.row.handOverMs).toBeUndefined();
	});
});
