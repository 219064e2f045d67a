/** Emergency credit and debts: what a token pays, in which order, and what the account then says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChargeRule } from '#lib/core/meter/charge.ts';
import { emergencyStatus } from '#lib/core/meter/emergency-credit.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { invokeEmergency } from '#lib/core/meter/hands.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advance, advanceTo, powerUp, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { creditToken, MADE_MS, MADE_TID, managementToken, meterOnBench } from './bench-meter.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TID = MADE_TID + 10;

const statusOf = ({ supply: { emergency, creditWh } }: VirtualMeter) =>
	emergency && emergencyStatus(emergency, creditWh);

/** Two kilowatt-hours of credit, five to lend, one kilowatt. */
const lending = advance(meterOnBench({ creditWh: 2000, emergencyWh: 5000 }), {
	loadW: 1000,
	instantMs: MADE_MS,
});

describe('emergency credit', () => {
	const empty = advanceTo(lending, MADE_MS + 2 * HOUR_MS);

	it('is there once the credit is gone, and taken by a person only', () => {
		expect(statusOf(lending)).toBe('enabled');
		expect(invokeEmergency(lending, MADE_MS).taken).toBe(false);
		expect(statusOf(empty)).toBe('selectable');
		expect(relayOf(empty.supply)).toBe('open-no-credit');
		const { meter, taken } = invokeEmergency(empty, MADE_MS + 2 * HOUR_MS);
		expect(taken).toBe(true);
		expect(statusOf(meter)).toBe('in-use');
		expect(relayOf(meter.supply)).toBe('closed');
		expect(invokeEmergency(meter, MADE_MS + 2 * HOUR_MS).taken).toBe(false);
	});

	it('is none where the make lends none', () => {
		const none = advanceTo(meterOnBench(), MADE_MS);
		expect(invokeEmergency(none, MADE_MS)).toEqual({ meter: none, taken: false });
	});

	const taken = invokeEmergency(empty, MADE_MS + 2 * HOUR_MS).meter;

	it('lasts exactly as long as it does', () => {
		const outMs = MADE_MS + 7 * HOUR_MS;
		expect(relayOf(advanceTo(taken, outMs - 1).supply)).toBe('closed');
		const out = advanceTo(taken, outMs + DAY_MS);
		expect(statusOf(out)).toBe('exhausted');
		expect(out.supply.totalWh).toBe(7000);
		expect(out.events.slice(-2)).toEqual([
			{ kind: 'emergency-exhausted', atMs: outMs },
			{ kind: 'relay-opened', atMs: outMs, reason: 'open-no-credit' },
		]);
	});

	it('is paid back from the next token before anything is credited', () => {
		const later = advanceTo(taken, MADE_MS + 5 * HOUR_MS);
		const paid = enterToken(later, creditToken(80, TID), MADE_MS + 5 * HOUR_MS);
		expect(paid.outcome).toMatchObject({
			done: { energyWh: 8000, repaidWh: 3000, collectedWh: 0, creditWh: 5000 },
		});
		expect(paid.meter.supply.emergency).toEqual({ presetWh: 5000, usedWh: 0, invoked: false });
		expect(paid.meter.events.map(({ kind }) => kind)).toContain('emergency-repaid');
	});

	it('is in use still where a token pays only part of it', () => {
		const later = advanceTo(taken, MADE_MS + 5 * HOUR_MS);
		const paid = enterToken(later, creditToken(10, TID), MADE_MS + 5 * HOUR_MS).meter;
		expect(paid.supply).toMatchObject({ creditWh: 0, emergency: { usedWh: 2000, invoked: true } });
		expect(relayOf(paid.supply)).toBe('closed');
		expect(relayOf(advanceTo(paid, MADE_MS + 8 * HOUR_MS).supply)).toBe('open-no-credit');
	});

	it('is not touched by a token that clears the credit', () => {
		const cleared = enterToken(taken, managementToken(1, 0xffff, TID), MADE_MS + 3 * HOUR_MS).meter;
		expect(cleared.supply.emergency).toMatchObject({ usedWh: 1000, invoked: true });
	});
});

describe('a debt', () => {
	const owing = (rule: ChargeRule, owedWh = 1500, creditWh = 0) =>
		meterOnBench({ creditWh, debt: { rule, owedWh } });

	it('takes its share of every token, rounded down, until it is paid', () => {
		let meter = owing({ kind: 'per-token', proportion: 3333 });
		const collected = [1, 2, 3].map((at) => {
			const { meter: next, outcome } = enterToken(meter, creditToken(20, TID + at), MADE_MS);
			meter = next;
			return 'done' in outcome && outcome.done.kind === 'credited' && outcome.done.collectedWh;
		});
		expect(collected).toEqual([666, 666, 168]);
		expect(meter.charge).toMatchObject({ paidWh: 1500, remainingWh: 0, lastWh: 168 });
		expect(meter.supply).toMatchObject({ creditWh: 4500, totalCreditedWh: 6000 });
		expect(meter.events.filter(({ kind }) => kind === 'charge-collected')).toHaveLength(3);
	});

	it('takes all of a token where the share is the whole', () => {
		const { outcome } = enterToken(
			owing({ kind: 'per-token', proportion: 10_000 }),
			creditToken(10, TID),
			MADE_MS,
		);
		expect(outcome).toMatchObject({ done: { collectedWh: 1000, creditWh: 0 } });
	});

	it('is paid before emergency credit', () => {
		const { meter } = invokeEmergency(
			meterOnBench({
				emergencyWh: 4000,
				debt: { rule: { kind: 'per-token', proportion: 5000 }, owedWh: 9000 },
			}),
			MADE_MS,
		);
		const used = advanceTo(advance(meter, { loadW: 4000, instantMs: MADE_MS }), MADE_MS + HOUR_MS);
		const { outcome } = enterToken(used, creditToken(100, TID), MADE_MS + HOUR_MS);
		expect(outcome).toMatchObject({
			done: { collectedWh: 5000, repaidWh: 4000, creditWh: 1000 },
		});
	});

	it('is collected each day, as far as there is credit', () => {
		const meter = owing({ kind: 'per-day', amountWh: 400 }, 1000, 700);
		const days = advanceTo(meter, MADE_MS + 5 * DAY_MS);
		expect(days.charge).toMatchObject({ paidWh: 700, remainingWh: 300, lastWh: 300 });
		expect(days.charge?.lastMs).toBe(MADE_MS + 2 * DAY_MS);
		expect(days.supply.creditWh).toBe(0);
		expect(days.events.at(-1)).toMatchObject({
			kind: 'relay-opened',
			atMs: MADE_MS + 2 * DAY_MS,
		});
	});

	it('collects nothing for days without mains', () => {
		const meter = owing({ kind: 'per-day', amountWh: 100 }, 1000, 5000);
		const back = powerUp(meter, MADE_MS + 3.5 * DAY_MS);
		expect(advanceTo(back, MADE_MS + 4 * DAY_MS - 1).charge?.paidWh).toBe(0);
		expect(advanceTo(back, MADE_MS + 4 * DAY_MS).charge?.paidWh).toBe(100);
	});

	it('with emergency credit never makes or loses energy', () => {
		const tokens = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.boolean()), {
			maxLength: 12,
		});
		const rule: fc.Arbitrary<ChargeRule> = fc.oneof(
			fc
				.integer({ min: 1, max: 10_000 })
				.map((proportion) => ({ kind: 'per-token' as const, proportion })),
			fc.integer({ min: 1, max: 3000 }).map((amountWh) => ({ kind: 'per-day' as const, amountWh })),
		);
		fc.assert(
			fc.property(tokens, rule, fc.integer({ min: 0, max: 5000 }), (entered, how, loadW) => {
				let meter = meterOnBench({
					creditWh: 3000,
					emergencyWh: 2500,
					debt: { rule: how, owedWh: 12_345 },
				});
				meter = advance(meter, { loadW, instantMs: MADE_MS });
				entered.forEach(([units, invokes], at) => {
					const atMs = MADE_MS + (at + 1) * 7 * HOUR_MS;
					if (invokes) meter = invokeEmergency(meter, atMs).meter;
					meter = enterToken(meter, creditToken(units, TID + at), atMs).meter;
					const { supply, charge } = meter;
					const { creditWh, totalWh, totalCreditedWh, emergency } = supply;
					const paidWh = charge?.paidWh ?? 0;
					expect(creditWh + totalWh + paidWh).toBe(
						3000 + totalCreditedWh + (emergency?.usedWh ?? 0),
					);
					expect(paidWh + (charge?.remainingWh ?? 0)).toBe(12_345);
					if (emergency?.usedWh) expect(emergency.invoked).toBe(true);
				});
			}),
			{ numRuns: 100 },
		);
	});
});

describe('a meter in credit mode', () => {
	const postpaid = advance(
		meterOnBench({
			preset: 'single-phase-postpaid',
			creditWh: 500,
			emergencyWh: 500,
			debt: { rule: { kind: 'per-day', amountWh: 1 }, owedWh: 1 },
		}),
		{ loadW: 1000, instantMs: MADE_MS },
	);

	it('needs no credit, has none, and owes nothing by token', () => {
		const later = advanceTo(postpaid, MADE_MS + 10 * DAY_MS);
		expect(later.supply).toMatchObject({ creditWh: 0, totalWh: 240_000, emergency: null });
		expect(later.charge).toBeNull();
		expect(relayOf(later.supply)).toBe('closed');
		expect(later.events).toHaveLength(1);
	});

	it('has no function for credit tokens, and keeps them good', () => {
		for (const token of [creditToken(1, TID), managementToken(1, 0xffff, TID)]) {
			const { meter, outcome } = enterToken(postpaid, token, MADE_MS);
			expect(outcome.result).toBe('FunctionError');
			expect(meter.decoder.tidStore).not.toContain(TID);
		}
		expect(enterToken(postpaid, managementToken(0, 500, TID), MADE_MS).outcome.result).toBe(
			'Accept',
		);
	});
});
