import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	absorb,
	ASK_EVERY_MS,
	backoffMs,
	beginStep,
	canWithdraw,
	decideStep,
	isFinal,
	isPending,
	mayHaveMoney,
	startProgress,
	type Progress,
	type StepOutcome,
} from '#lib/core/sync/outbox.ts';
import { canTryAgain, REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';
import { awaiting, ID, issued, payment, PAYMENT_ID, problem, refused, waterfall } from './sale.ts';

const CODES = Object.keys(REFUSALS) as RefusalCode[];
const start = startProgress(ID, 1_000);

const follow = (outcomes: StepOutcome[], from = start): Progress =>
	outcomes.reduce((progress, outcome) => absorb(beginStep(progress), outcome, 2_000, 0.5), from);

describe('a sale in the outbox', () => {
	it('is handed in, its payment asked for, then asked after until the token is there', () => {
		expect(decideStep(start)).toBe('put-vend');
		const handedIn = follow([{ kind: 'vend', answer: awaiting }]);
		expect(handedIn).toMatchObject({ state: 'awaiting-payment', notBeforeMs: 2_000, waterfall });
		expect(decideStep(handedIn)).toBe('put-payment');
		const asked = follow([{ kind: 'payment', answer: payment }], handedIn);
		expect(asked).toMatchObject({ payUrl: '/sandbox/pay/x', notBeforeMs: 4_000 });
		expect(decideStep(asked)).toBe('ask-vend');
		const done = follow([{ kind: 'vend', answer: issued }], asked);
		expect(done).toMatchObject({ state: 'issued', answer: issued });
		expect(decideStep(done)).toBeNull();
	});

	it('goes on when the payment needs no approval any more', () => {
		const paid = follow([
			{ kind: 'vend', answer: awaiting },
			{ kind: 'payment', answer: { ...payment, state: 'paid', payUrl: null } },
		]);
		expect(paid.payUrl).toBeNull();
		expect(decideStep(paid)).toBe('ask-vend');
	});

	it.each(['created', 'unknown'] as const)(
		'asks for its payment again while that is %s, until there is something to approve',
		(state) => {
			const silent = follow([
				{ kind: 'vend', answer: awaiting },
				{ kind: 'payment', answer: { ...payment, state, payUrl: null } },
			]);
			expect(silent).toMatchObject({ state: 'awaiting-payment', paymentState: state });
			expect(silent.notBeforeMs).toBeGreaterThan(2_000 + ASK_EVERY_MS);
			expect(decideStep(silent)).toBe('put-payment');
			const heard = follow([{ kind: 'payment', answer: payment }], silent);
			expect(heard).toMatchObject({ paymentState: 'pending', payUrl: '/sandbox/pay/x' });
			expect(decideStep(heard)).toBe('ask-vend');
		},
	);

	it('that an older app stored goes on where it was', () => {
		const { paymentState, ...older } = follow([
			{ kind: 'vend', answer: awaiting },
			{ kind: 'payment', answer: payment },
		]);
		expect(paymentState).toBe('pending');
		expect(decideStep(older)).toBe('ask-vend');
	});

	it('stays where it is when the outcome is unknown, and is asked again later', () => {
		const once = follow([{ kind: 'unknown' }]);
		const twice = follow([{ kind: 'unknown' }], once);
		expect(once).toMatchObject({ state: 'queued', attempts: 1, sent: true });
		expect(twice.notBeforeMs).toBeGreaterThan(once.notBeforeMs);
		expect(decideStep(twice)).toBe('put-vend');
	});

	it.each(CODES.filter(canTryAgain))('is never given up for %s', (code) => {
		expect(follow([{ kind: 'problem', problem: problem(code) }])).toMatchObject({
			state: 'queued',
			attempts: 1,
		});
	});

	it('is not given up for a code that a newer backend made up', () => {
		const strange = { ...problem('meter-unknown'), code: 'comet-overhead' };
		expect(follow([{ kind: 'problem', problem: strange }]).state).toBe('queued');
	});

	it.each(['price-changed', 'confirmation-needed'] as const)(
		'waits for the person after %s, with the new price',
		(code) => {
			const waiting = follow([{ kind: 'problem', problem: problem(code, true) }]);
			expect(waiting).toMatchObject({ state: 'confirm-again', code, waterfall });
			expect(isPending(waiting.state)).toBe(false);
			expect(canWithdraw(waiting)).toBe(true);
		},
	);

	it('is handed in again, under its id, when the backend has forgotten it', () => {
		const forgotten = follow([
			{ kind: 'vend', answer: awaiting },
			{ kind: 'payment', answer: payment },
			{ kind: 'problem', problem: problem('not-found') },
		]);
		expect(forgotten).toMatchObject({ state: 'queued', paymentAsked: false, payUrl: null });
		expect(forgotten.mayBePaid).toBe(true);
	});

	describe('that the backend has forgotten, after it may have been paid', () => {
		const issuing: StepOutcome = {
			kind: 'vend',
			answer: { id: ID, state: 'issuing', paymentId: PAYMENT_ID },
		};
		const gone: StepOutcome = { kind: 'problem', problem: problem('not-found') };
		const asked: StepOutcome = { kind: 'payment', answer: payment };
		const awaited: StepOutcome = { kind: 'vend', answer: awaiting };

		it('asks for the same payment again, and goes on to its token', () => {
			const again = follow([awaited, asked, gone, awaited]);
			expect(decideStep(again)).toBe('put-payment');
			expect(follow([asked, issuing, { kind: 'vend', answer: issued }], again).state).toBe(
				'issued',
			);
		});

		it.each<[string, StepOutcome[]]>([
			['its payment had been asked for', [awaited, asked, gone]],
			['it had been paid', [awaited, asked, issuing, gone]],
			['it had been paid from another device', [issuing, gone]],
			['it was forgotten twice', [awaited, asked, gone, awaited, gone]],
		])('is neither decided anew nor over for people, where %s', (_, before) => {
			for (const refusal of [
				problem('price-changed', true),
				problem('confirmation-needed', true),
				problem('meter-unknown'),
			]) {
				const stuck = follow([...before, { kind: 'problem', problem: refusal }]);
				expect(stuck).toMatchObject({ state: 'dead-letter', code: refusal.code });
				expect(canWithdraw(stuck)).toBe(false);
				expect(mayHaveMoney(stuck)).toBe(true);
			}
		});

		it('is decided as ever where no payment had been asked for', () => {
			const free: StepOutcome = {
				kind: 'vend',
				answer: { id: ID, state: 'issuing', paymentId: null },
			};
			for (const before of [
				[awaited, gone],
				[free, gone],
			])
				expect(
					follow([...before, { kind: 'problem', problem: problem('price-changed', true) }]).state,
				).toBe('confirm-again');
		});
	});

	it.each(['meter-unknown', 'meter-blocked', 'amount-above-maximum'] as const)(
		'ends refused with %s',
		(code) => {
			expect(follow([{ kind: 'problem', problem: problem(code) }])).toMatchObject({
				state: 'refused',
				code,
			});
		},
	);

	it.each(['id-reused', 'body-shape', 'payment-mismatch'] as const)(
		'is kept for mending after %s',
		(code) => {
			expect(follow([{ kind: 'problem', problem: problem(code) }]).state).toBe('dead-letter');
		},
	);

	it('keeps the reason when the backend took it back', () => {
		expect(follow([{ kind: 'vend', answer: refused }])).toMatchObject({
			state: 'refused',
			code: 'payment-failed',
		});
	});

	it('can be taken back only while nothing of it left the device', () => {
		expect(canWithdraw(start)).toBe(true);
		expect(canWithdraw(beginStep(start))).toBe(false);
		expect(canWithdraw(follow([{ kind: 'vend', answer: awaiting }]))).toBe(false);
	});
});

const anyOutcome: fc.Arbitrary<StepOutcome> = fc.oneof(
	fc.constantFrom<StepOutcome>(
		{ kind: 'unknown' },
		{ kind: 'vend', answer: awaiting },
		{ kind: 'vend', answer: issued },
		{ kind: 'vend', answer: refused },
		{ kind: 'payment', answer: payment },
	),
	fc
		.constantFrom(...CODES)
		.map((code): StepOutcome => ({ kind: 'problem', problem: problem(code, true) })),
);

describe('whatever the backend answers', () => {
	it('a final state never changes again, and every other one has a next step or a person', () => {
		fc.assert(
			fc.property(fc.array(anyOutcome, { maxLength: 30 }), (outcomes) => {
				let progress = start;
				for (const outcome of outcomes) {
					const next = absorb(progress, outcome, progress.notBeforeMs, 0);
					if (isFinal(progress.state)) expect(next).toBe(progress);
					expect(decideStep(next) !== null).toBe(isPending(next.state));
					progress = next;
				}
			}),
		);
	});

	it('waiting grows to five minutes and no further, and never reaches zero', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10_000 }),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				(n, c) => {
					expect(backoffMs(n, c)).toBeGreaterThanOrEqual(500);
					expect(backoffMs(n, c)).toBeLessThanOrEqual(300_000);
				},
			),
		);
	});
});
