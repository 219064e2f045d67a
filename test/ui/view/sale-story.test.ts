import { describe, expect, it } from 'vitest';
import {
	absorb,
	beginStep,
	startProgress,
	type Progress,
	type StepOutcome,
} from '#lib/core/sync/outbox.ts';
import { en } from '#lib/core/words/catalogue.ts';
import {
	decideMoneyStory,
	decideStory,
	hasDeeds,
	saleDeeds,
	SALE_LOOKS,
	type Story,
} from '#lib/ui/view/sale-story.ts';
import * as sales from '../../core/sync/sale.ts';

/** A sale after some outcomes. */
function sale(...outcomes: StepOutcome[]) {
	const fresh = startProgress(sales.ID, 1_000);
	const progress = outcomes.reduce<Progress>(
		(now, outcome) => absorb(beginStep(now), outcome, 2_000, 0.5),
		fresh,
	);
	return { row: sales.row(), progress };
}

const vend = (answer: Extract<StepOutcome, { kind: 'vend' }>['answer']): StepOutcome => ({
	kind: 'vend',
	answer,
});
const pay = (
	payUrl: string | null,
	state: (typeof sales.payment)['state'] = 'pending',
): StepOutcome => ({
	kind: 'payment',
	answer: { ...sales.payment, payUrl, state },
});
const refusedFor = (code: string): StepOutcome =>
	vend({ id: sales.ID, state: 'refused', paymentId: sales.PAYMENT_ID, code, refundMinor: 0 });
const no = (code: Parameters<typeof sales.problem>[0], priced = false): StepOutcome => ({
	kind: 'problem',
	problem: sales.problem(code, priced),
});
const issuing = vend({ id: sales.ID, state: 'issuing', paymentId: sales.PAYMENT_ID });

/** What can be done while the backend can be reached. */
const deedsNow = (of: ReturnType<typeof sale>) => saleDeeds(of, false);

const WAYS: [story: Story, offline: boolean, outcomes: StepOutcome[]][] = [
	['handingIn', false, []],
	['queuedOffline', true, []],
	['unanswered', true, [{ kind: 'unknown' }]],
	['unanswered', false, [{ kind: 'unknown' }]],
	['priceChanged', false, [no('price-changed', true)]],
	['confirmationNeeded', false, [no('confirmation-needed', true)]],
	['preparingPayment', false, [vend(sales.awaiting)]],
	['approve', false, [vend(sales.awaiting), pay('/sandbox/pay/x')]],
	['approveLater', true, [vend(sales.awaiting), pay('/sandbox/pay/x')]],
	['checkingPayment', false, [vend(sales.awaiting), pay(null)]],
	['preparingPayment', false, [vend(sales.awaiting), pay(null, 'created')]],
	['paymentSilent', false, [vend(sales.awaiting), pay(null, 'unknown')]],
	['issuing', false, [vend(sales.awaiting), issuing]],
	['issued', false, [vend(sales.issued)]],
	['refused', false, [vend(sales.refused)]],
	['deadLetter', false, [no('body-shape')]],
];

describe('the story of a sale', () => {
	it.each(WAYS)('is %s (offline: %s)', (story, offline, outcomes) => {
		expect(decideStory(sale(...outcomes), offline)).toBe(story);
	});

	it('does not ask for an approval that was given at the provider’s page just now', () => {
		const waiting = sale(vend(sales.awaiting), pay('/sandbox/pay/x'));
		expect(decideStory(waiting, false, true)).toBe('checkingPayment');
		expect(deedsNow(waiting).payUrl).toBe('/sandbox/pay/x');
		const silent = sale(vend(sales.awaiting), pay(null, 'unknown'));
		expect(decideStory(silent, false, true)).toBe('paymentSilent');
	});

	it.each(['withdrawn', 'replaced'] as const)('is %s once it is', (state) => {
		const { row, progress } = sale();
		expect(decideStory({ row, progress: { ...progress, state } }, false)).toBe(state);
	});

	it('is told in words for every state that has a look', () => {
		expect(Object.keys(en.purchase.states).sort()).toEqual(Object.keys(SALE_LOOKS).sort());
	});

	it('covers every story that has words', () => {
		const told = new Set<string>([...WAYS.map(([story]) => story), 'withdrawn', 'replaced']);
		expect([...told].sort()).toEqual(Object.keys(en.purchase.stories).sort());
	});
});

describe('what can be done about a sale', () => {
	it('is to approve once there is a payment page', () => {
		expect(deedsNow(sale(vend(sales.awaiting), pay('/sandbox/pay/x'))).payUrl).toBe(
			'/sandbox/pay/x',
		);
	});

	it.each(['https://elsewhere.example/pay', '//elsewhere.example/pay', '/\\elsewhere.example'])(
		'is never to pay at %s',
		(url) => {
			expect(deedsNow(sale(vend(sales.awaiting), pay(url))).payUrl).toBeNull();
		},
	);

	it('does not lead to a payment page that cannot be reached', () => {
		const waiting = sale(vend(sales.awaiting), pay('/sandbox/pay/x'));
		expect(saleDeeds(waiting, true)).toMatchObject({ payUrl: null, tryNow: true });
	});

	it('is to take it back only while nothing of it can be at the backend', () => {
		expect(deedsNow(sale()).takeBack).toBe(true);
		expect(deedsNow(sale({ kind: 'unknown' })).takeBack).toBe(false);
		expect(deedsNow(sale(no('price-changed', true))).takeBack).toBe(true);
	});

	it('is to buy again after a refusal, not after a token', () => {
		expect(deedsNow(sale(vend(sales.refused))).buyAgain).toBe(true);
		expect(hasDeeds(deedsNow(sale(vend(sales.issued))))).toBe(false);
	});
});

describe('the money of a refused sale', () => {
	it('is owed back when it was paid', () => {
		const refused = sale(
			vend({
				id: sales.ID,
				state: 'refused',
				paymentId: sales.PAYMENT_ID,
				code: 'tid-exhausted',
				refundMinor: 500,
			}),
		);
		expect(decideMoneyStory(refused)).toEqual({ refundMinor: 500 });
	});

	it('is owed when the sale was reversed', () => {
		const reversed = sale(
			vend({ id: sales.ID, state: 'reversed', paymentId: sales.PAYMENT_ID, refundMinor: 500 }),
		);
		expect(decideMoneyStory(reversed)).toEqual({ refundMinor: 500 });
	});

	it('is kept for the payer when it was not what was asked for', () => {
		const short = sale(refusedFor('payment-mismatch'));
		expect(decideMoneyStory(short)).toBe('kept');
	});

	it('was never taken when the sale was refused at once', () => {
		expect(decideMoneyStory(sale(no('meter-blocked')))).toBe('none-taken');
	});

	it('is not spoken of twice when the payment itself failed', () => {
		for (const code of ['payment-failed', 'payment-no-funds', 'payment-expired'])
			expect(decideMoneyStory(sale(refusedFor(code)))).toBe('nothing-to-say');
	});

	it('is not said to be untouched once the payment was asked for', () => {
		const refused = sale(vend(sales.awaiting), pay('/x'), no('vending-key-expired'));
		expect(decideMoneyStory(refused)).toBe('nothing-to-say');
	});
});
