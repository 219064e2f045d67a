/** Which tokens of a purchase are sent to its meter, and what is known of it afterwards. */
import { describe, expect, it } from 'vitest';
import { CONSUMER_PROFILE, consumerProfileIn } from '#lib/core/dlms/profile/consumer-profile.ts';
import consumerJson from '#lib/core/dlms/profile/consumer.json' with { type: 'json' };
import type { Delivery, TokenState } from '#lib/core/field/delivery/delivery.ts';
import { withState } from '#lib/core/field/delivery/delivery.ts';
import type { GatewayReading } from '#lib/core/field/delivery/gateway-reading.ts';
import { goToToken, startEntry } from '#lib/core/sync/keypad-entry.ts';
import {
	entryAfter,
	planPurchase,
	sayingFor,
	type SendablePurchase,
	takenByMeter,
} from '#lib/core/sync/purchase-delivery.ts';
import { TOKEN_RESULTS } from '#lib/core/sts/decoder/token-result.ts';
import { creditToken, MADE_TID } from '../meter/bench-meter.ts';

const DRN = '12345678903';
const NOW = 1_700_000_000_000;
const BEFORE: GatewayReading = {
	...{ token: '', time: null, method: 0, status: null, credit: 5, available: 5 },
};
const credits = (count: number): SendablePurchase => ({
	...{ id: 'p', drn: DRN, issuedAtMs: NOW },
	tokens: Array.from({ length: count }, (_, at) => ({
		digits: creditToken(100 + at, MADE_TID + 60 + at),
		kind: 'credit' as const,
		sequence: at + 1,
	})),
});

function planned(purchase: SendablePurchase, from = 0): Delivery {
	const plan = planPurchase(purchase, CONSUMER_PROFILE, undefined, from);
	if ('refused' in plan) throw new Error(plan.refused);
	return plan.delivery;
}

const accepted: TokenState = {
	...{ phase: 'accepted', status: { code: 3, bits: '' }, before: BEFORE, after: null },
};
const unknown: TokenState = { phase: 'unknown', before: BEFORE, readings: 0, absent: false };
const refused = (stage: 'authentication' | 'validation' | 'execution', bits = ''): TokenState => ({
	...{ phase: 'refused', stage, status: { code: 5, bits }, before: BEFORE, after: null },
});
const bitsOf = (result: keyof typeof TOKEN_RESULTS): string =>
	(TOKEN_RESULTS[result].register ?? 0).toString(16).padStart(2, '0');

describe('the profile of a consumer', () => {
	it('needs no secret, and one that does is refused', () => {
		expect(CONSUMER_PROFILE).toMatchObject({ mechanism: 'none', security: 'none' });
		for (const wrong of [
			{ ...consumerJson, mechanism: 'low' },
			{ ...consumerJson, mechanism: 'high-gmac' },
			{ ...consumerJson, security: 'authenticated' },
			{ ...consumerJson, client: 4000 },
			{},
		])
			expect(() => consumerProfileIn(wrong)).toThrow(TypeError);
	});
});

describe('what is sent', () => {
	it('is every token from the first that is not in, in its order', () => {
		const purchase = credits(3);
		const digits = purchase.tokens.map((token) => token.digits);
		expect(planned(purchase).tokens.map((token) => token.digits)).toEqual(digits);
		expect(planned(purchase, 1).tokens.map((token) => token.digits)).toEqual(digits.slice(1));
	});

	it('is nothing where all are in', () => {
		const purchase = credits(1);
		expect(planPurchase(purchase, CONSUMER_PROFILE, undefined, 1)).toEqual({ refused: 'all-in' });
	});

	it('is nothing new while a token may be in the meter, whatever is said to be in', () => {
		const purchase = credits(2);
		const stored = withState(planned(purchase), 0, unknown);
		for (const from of [0, 1, 2])
			expect(planPurchase(purchase, CONSUMER_PROFILE, stored, from)).toEqual({ delivery: stored });
	});

	it('begins anew after a refusal, since a person tries again', () => {
		const purchase = credits(1);
		const stored = withState(planned(purchase), 0, refused('execution'));
		const plan = planPurchase(purchase, CONSUMER_PROFILE, stored, 0);
		expect(plan).toMatchObject({ delivery: { tokens: [{ state: { phase: 'waiting' } }] } });
	});

	it('is refused where the digits are no token', () => {
		const purchase = { ...credits(1), tokens: [{ digits: '12', kind: 'credit', sequence: 1 }] };
		expect(
			planPurchase(purchase as SendablePurchase, CONSUMER_PROFILE, undefined, 0),
		).toMatchObject({ refused: 'tokens' });
	});
});

describe('what is known afterwards', () => {
	const purchase = credits(3);
	const entry = startEntry('p', DRN);

	it('is in as far as the meter has taken it, from the first token on', () => {
		const first = withState(planned(purchase), 0, accepted);
		expect(entryAfter(entry, purchase.tokens, first, undefined, NOW).takenMs).toEqual([NOW]);
		const third = withState(planned(purchase), 2, accepted);
		expect(entryAfter(entry, purchase.tokens, third, undefined, NOW)).toBe(entry);
		expect(takenByMeter(purchase.tokens, first, undefined)).toBe(1);
	});

	it('goes on from what was keyed in, and takes nothing back', () => {
		const keyed = goToToken(entry, 1, NOW - 5);
		const rest = withState(withState(planned(purchase, 1), 0, accepted), 1, accepted);
		const after = entryAfter(keyed, purchase.tokens, rest, undefined, NOW);
		expect(after.takenMs).toEqual([NOW - 5, NOW, NOW]);
		const lost = withState(planned(purchase), 0, unknown);
		expect(entryAfter(after, purchase.tokens, lost, undefined, NOW)).toBe(after);
		// What was keyed in is not the meter's word.
		expect(takenByMeter(purchase.tokens, rest, undefined)).toBe(0);
	});

	it('is in where the meter says by its own result that it was used', () => {
		const used = withState(planned(purchase), 0, refused('validation', bitsOf('UsedError')));
		expect(takenByMeter(purchase.tokens, used, 'result-register')).toBe(1);
		expect(takenByMeter(purchase.tokens, used, undefined)).toBe(0);
		const old = withState(planned(purchase), 0, refused('validation', bitsOf('OldError')));
		expect(takenByMeter(purchase.tokens, old, 'result-register')).toBe(0);
	});
});

describe('what the reject doctor is told', () => {
	it.each([
		['OldError', 'old'],
		['KeyExpiredError', 'expired'],
		['Lockout', 'locked'],
		['OverflowError', 'too-full'],
		['CRCError', 'wrong-token'],
	] as const)('%s is %s', (result, saying) => {
		const state = refused('validation', bitsOf(result));
		expect(sayingFor({ state }, 'result-register')).toBe(saying);
	});
	it('is the stage where that is enough, and else nothing', () => {
		expect(sayingFor({ state: refused('authentication') }, undefined)).toBe('wrong-token');
		expect(sayingFor({ state: refused('validation') }, undefined)).toBeUndefined();
		expect(sayingFor({ state: accepted }, 'result-register')).toBeUndefined();
	});
});
