import { describe, expect, it } from 'vitest';
import {
	absorb,
	beginStep,
	isPending,
	startProgress,
	type Progress,
	type StepOutcome,
} from '#lib/core/sync/outbox.ts';
import { en } from '#lib/core/words/catalogue.ts';
import {
	decideStory,
	hasDeeds,
	saleDeeds,
	SALE_LOOKS,
	STORIES_UNDER_WAY,
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
	[
		...(['paymentSilent', false] as const),
		[issuing, no('not-found'), vend(sales.awaiting), pay(null, 'created')],
	],
	['paymentSilent', false, [issuing, no('not-found'), vend(sales.awaiting)]],
	['deadLetter', false, [issuing, no('not-found'), no('price-changed', true)]],
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

	it('says so when the token takes long, whatever is heard meanwhile', () => {
		const slow = sale(vend(sales.awaiting), issuing, issuing);
		const { sinceMs } = slow.progress;
		expect(sinceMs).toBe(2_000);
		expect(decideStory(slow, false, false, 40_000)).toBe('issuing');
		expect(decideStory(slow, false, false, 60_000)).toBe('issuingSlow');
		expect(
			decideStory({ ...slow, progress: { ...old(slow.progress) } }, false, false, 60_000),
		).toBe('issuing');
		function old({ sinceMs: _, ...progress }: Progress): Progress {
			return progress;
		}
	});

	it.each(['withdrawn', 'replaced'] as const)('is %s once it is', (state) => {
		const { row, progress } = sale();
		expect(decideStory({ row, progress: { ...progress, state } }, false)).toBe(state);
	});

	it('is one of those that the screen keeps room for, as long as the sale is under way', () => {
		for (const [story, , outcomes] of WAYS)
			expect([story, STORIES_UNDER_WAY.some((kept) => kept === story)]).toEqual([
				story,
				isPending(sale(...outcomes).progress.state),
			]);
	});

	it('is told in words for every state that has a look', () => {
		expect(Object.keys(en.purchase.states).sort()).toEqual(Object.keys(SALE_LOOKS).sort());
	});

	it('covers every story that has words', () => {
		const told = new Set<string>([
			...WAYS.map(([story]) => story),
			...['withdrawn', 'replaced', 'issuingSlow'],
		]);
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
