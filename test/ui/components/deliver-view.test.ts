/** What the screen that sends tokens to a meter says: one true sentence for every end, and what can be done. */
import { describe, expect, it } from 'vitest';
import { CONSUMER_PROFILE } from '#lib/core/dlms/profile/consumer-profile.ts';
import { type Delivery, type TokenState, withState } from '#lib/core/field/delivery/delivery.ts';
import { LINK_FAULT_KINDS } from '#lib/core/field/link-fault-kind.ts';
import { TOKEN_RESULTS } from '#lib/core/sts/decoder/token-result.ts';
import { planPurchase } from '#lib/core/sync/purchase-delivery.ts';
import { deliver as text } from '#lib/core/words/en/on-use/deliver.ts';
import type { ConnectFailure } from '#lib/link/connect-order.ts';
import {
	choosingView,
	creditAround,
	doctorQuery,
	phaseOf,
	sendView,
	type SendFacts,
} from '#lib/ui/components/deliver/deliver-view.ts';
import { creditToken, MADE_TID } from '../../core/meter/bench-meter.ts';

const DIGITS = [creditToken(100, MADE_TID + 60), creditToken(200, MADE_TID + 61)] as const;
const TOKENS = DIGITS.map((digits, at) => ({
	...{ digits, kind: 'credit' as const, sequence: at + 1 },
}));
const plan = planPurchase(
	{ id: 'p', drn: '12345678903', issuedAtMs: 0, tokens: TOKENS },
	...([CONSUMER_PROFILE, undefined, 0] as const),
);
const PLANNED = (plan as { delivery: Delivery }).delivery;

const reading = (credit: number) => ({
	...{ token: '', time: null, method: 0, status: null, credit, available: credit },
});
const accepted = (before: number, after: number): TokenState => ({
	...{ phase: 'accepted', status: { code: 3, bits: '' } },
	...{ before: reading(before), after: reading(after) },
});
const with2 = (first: TokenState, second?: TokenState): Delivery =>
	second ? withState(withState(PLANNED, 0, first), 1, second) : withState(PLANNED, 0, first);
const refused = (stage: 'format' | 'authentication' | 'validation' | 'execution'): TokenState => ({
	...{ phase: 'refused', stage, status: { code: 5, bits: '' }, before: reading(1), after: null },
});
const UNKNOWN: TokenState = { phase: 'unknown', before: reading(1), readings: 0, absent: false };

const facts = (more: Partial<SendFacts> = {}): SendFacts => ({
	...{ doing: undefined, end: undefined, delivery: undefined, bits: undefined },
	...{ heldByTab: false, allIn: false, group: (drn) => drn, ...more },
});
const nameOf = (more: Partial<SendFacts>) => sendView(facts(more), text)?.name;
const failed = (failure: object): ConnectFailure =>
	({ kind: 'failed', ...failure }) as ConnectFailure;

describe('before anything', () => {
	it('there is nothing to say, unless all is in', () => {
		expect(sendView(facts(), text)).toBeUndefined();
		expect(nameOf({ allIn: true })).toBe('allIn');
		// Keyed in after a refusal: the refusal is of no interest any more.
		expect(nameOf({ allIn: true, delivery: with2(refused('validation')) })).toBe('allIn');
	});
});

describe('what the meter said', () => {
	it.each([
		['taken', { delivery: with2(accepted(1, 2), accepted(2, 4)) }],
		['held', { delivery: with2(accepted(1, 2)) }],
		['authentication', { delivery: with2(refused('authentication')) }],
		['validation', { delivery: with2(refused('validation')) }],
		['execution', { delivery: with2(refused('execution')) }],
		['format', { delivery: with2(refused('format')) }],
		['keypadOnly', { delivery: with2({ phase: 'not-taken', result: 'read-write-denied' }) }],
		['lost', { delivery: with2(UNKNOWN) }],
	] as const)('is %s', (name, more) => expect(nameOf(more)).toBe(name));

	it('is used where its own result says so, and only where its bits are known', () => {
		const bits = (TOKEN_RESULTS.UsedError.register ?? 0).toString(16).padStart(2, '0');
		const used = { ...refused('validation'), status: { code: 6, bits } } as TokenState;
		expect(nameOf({ delivery: with2(used), bits: 'result-register' })).toBe('used');
		expect(nameOf({ delivery: with2(used) })).toBe('validation');
	});

	it('that nobody knows comes before whatever kept us from the meter', () => {
		for (const end of [
			failed({ why: 'no-answer', stage: 'public' }),
			failed({ why: 'other-meter', fact: 'serialNumber' }),
			failed({ why: 'fault', fault: 'unplugged' }),
		])
			expect(nameOf({ end, delivery: with2(UNKNOWN) })).toBe('lost');
	});

	it('leads on: the coach where the keypad is the way, the doctor where the cause is not plain', () => {
		const acts = (state: TokenState) => sendView(facts({ delivery: with2(state) }), text)?.acts;
		expect(acts({ phase: 'not-taken', result: 'read-write-denied' })).toEqual(['coach']);
		expect(acts(refused('authentication'))?.[0]).toBe('doctor');
		expect(acts(UNKNOWN)?.[0]).toBe('connect');
	});
});

describe('no connection', () => {
	it.each([
		['silent', { why: 'no-answer', stage: 'public' }],
		['silent', { why: 'opening', opening: 'no-answer' }],
		['noProtocol', { why: 'opening', opening: 'hdlc-not-offered' }],
		['keypadOnly', { why: 'association-refused', stage: 'own', result: '', diagnostic: '' }],
		['keypadOnly', { why: 'no-answer', stage: 'own' }],
		['brokeOff', { why: 'link', stage: 'public', reason: 'lost' }],
		['untold', { why: 'identity-untold' }],
		['otherMeter', { why: 'other-meter', fact: 'serialNumber', expected: '1', found: '2' }],
		['calledOff', { why: 'called-off' }],
		['unplugged', { why: 'fault', fault: 'unplugged' }],
		['busy', { why: 'fault', fault: 'port-busy' }],
		['notKept', { why: 'counters-not-kept' }],
	])('is %s: %j', (name, failure) => expect(nameOf({ end: failed(failure) })).toBe(name));

	it('to another meter names both', () => {
		const end = failed({ why: 'other-meter', fact: 'serialNumber', expected: '111', found: '222' });
		const view = sendView(facts({ end, group: (drn) => `<${drn}>` }), text);
		expect(view?.detail).toContain('<222>');
		expect(view?.detail).toContain('<111>');
	});

	it('takes a port over only from a tab of ours', () => {
		const end = failed({ why: 'fault', fault: 'port-busy' });
		expect(sendView(facts({ end }), text)?.acts[0]).toBe('again');
		expect(sendView(facts({ end, heldByTab: true }), text)?.acts[0]).toBe('take-over');
	});

	it('has words for every fault of a port', () => {
		for (const kind of LINK_FAULT_KINDS) expect(choosingView(kind, text).title).toBeTruthy();
	});

	it('after a shutting of the list is no alarm', () =>
		expect(choosingView('nothing-chosen', text).tone).toBe('neutral'));
});

describe('what is done', () => {
	it('is told from the call to the verdict, and never runs backwards', () => {
		const connecting = (step: object) =>
			sendView(facts({ doing: { kind: 'connecting', step: step as never } }), text);
		const sending = (state?: TokenState) =>
			sendView(
				facts({
					doing: { kind: 'sending', wish: undefined },
					...(state && { delivery: with2(state) }),
				}),
				text,
			);
		const views = [
			connecting({ step: 'signing-on' }),
			connecting({ step: 'reading-identity' }),
			connecting({ step: 'identified', identity: {} }),
			connecting({ step: 'associating', stage: 'own', client: 48, baud: 9600 }),
			sending(),
			sending({ phase: 'entering', before: reading(1) }),
			sending({ phase: 'pending', before: reading(1), readings: 0, same: false }),
		];
		expect(views.map((view) => view?.title)).toEqual([
			...[text.doing.calling, text.doing.asking, text.doing.admitted].map(({ title }) => title),
			...[text.doing.admitted, text.doing.reading, text.doing.sending].map(({ title }) => title),
			text.doing.looking.title,
		]);
		const far = views.map((view) => view?.progress ?? 0);
		expect(far).toEqual(far.toSorted((a, b) => a - b));
	});
});

describe('beside it', () => {
	it('each token has its word', () => {
		const delivery = with2(accepted(1, 2));
		expect(DIGITS.map((digits) => phaseOf(digits, delivery))).toEqual(['taken', 'waiting']);
		expect(phaseOf(DIGITS[0], undefined)).toBeUndefined();
	});

	it('the credit is shown from before the first to after the last, in what the meter counts', () => {
		const delivery = with2(accepted(100, 300), accepted(300, 900));
		const currency = { name: 'kWh', scaler: -2 };
		expect(creditAround(delivery, currency, 'en')).toEqual({
			...{ before: '1.00\u00a0kWh', after: '9.00\u00a0kWh' },
		});
		expect(creditAround(delivery, undefined, 'en')).toBeUndefined();
		expect(creditAround(with2(refused('format')), currency, 'en')).toBeUndefined();
	});

	it('the doctor begins at the token that was refused', () => {
		const delivery = with2(accepted(1, 2), refused('authentication'));
		expect(doctorQuery(TOKENS, delivery, undefined)).toBe('?token=2&said=wrong-token');
		expect(doctorQuery(TOKENS, with2(refused('validation')), undefined)).toBe('?token=1');
		expect(doctorQuery(TOKENS, undefined, undefined)).toBe('');
	});
});
