/**
 * Wishes that a second person must agree to, as they travel in a proposal. The vends among them become a
 * vend with the proposal's own id.
 */
import * as v from 'valibot';
import { MAX_UNITS } from '#lib/core/sts/amount-units.ts';
import { CREDIT_REGISTERS, type CreditRegisterNumber } from '#lib/core/sts/credit-register.ts';
import { METER_TESTS, type MeterTestNumber } from '#lib/core/sts/meter-test.ts';
import { Phone } from './wire.ts';

const wholeUpTo = (most: number) =>
	v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most));
const raw = wholeUpTo(0xffff);
const watts = wholeUpTo(MAX_UNITS);

/** What an engineering token is to do: a class 2 token for one meter, or a class 1 test that any meter takes. */
export const EngineeringWish = v.variant('kind', [
	v.strictObject({ kind: v.literal('set-power-limit'), watts }),
	v.strictObject({ kind: v.literal('set-phase-unbalance-limit'), watts }),
	v.strictObject({
		kind: v.literal('clear-credit'),
		register: v.picklist(
			Object.keys(CREDIT_REGISTERS).map((key) => Number(key) as CreditRegisterNumber),
		),
	}),
	v.strictObject({ kind: v.literal('clear-tamper') }),
	v.strictObject({ kind: v.literal('set-tariff-rate'), value: raw }),
	v.strictObject({ kind: v.literal('set-water-factor'), value: raw }),
	v.strictObject({ kind: v.literal('extended-set'), value: raw }),
	v.strictObject({
		kind: v.literal('meter-test'),
		test: v.picklist(Object.keys(METER_TESTS).map((key) => Number(key) as MeterTestNumber)),
	}),
]);

/** Energy given by the office, 0.1 kWh. */
export const FreeIssueRequest = v.strictObject({
	kind: v.literal('free-issue'),
	drn: v.string(),
	energyDeciKwh: v.pipe(wholeUpTo(MAX_UNITS), v.minValue(1)),
	notifyPhone: v.optional(Phone),
});

export const EngineeringRequest = v.strictObject({
	kind: v.literal('engineering'),
	drn: v.string(),
	wish: EngineeringWish,
});

/** A meter to be moved to another supply group or tariff index. */
export const MeterMoveRequest = v.strictObject({
	kind: v.literal('key-change'),
	drn: v.string(),
	sgc: v.pipe(v.string(), v.regex(/^\d{6}$/)),
	ti: v.pipe(v.string(), v.regex(/^\d{2}$/)),
});

/** The vends that come about by a proposal only. */
export const ApprovedVendRequest = v.variant('kind', [
	FreeIssueRequest,
	EngineeringRequest,
	MeterMoveRequest,
]);

export type EngineeringWish = v.InferOutput<typeof EngineeringWish>;
export type FreeIssueRequest = v.InferOutput<typeof FreeIssueRequest>;
export type EngineeringRequest = v.InferOutput<typeof EngineeringRequest>;
export type MeterMoveRequest = v.InferOutput<typeof MeterMoveRequest>;
export type ApprovedVendRequest = v.InferOutput<typeof ApprovedVendRequest>;
