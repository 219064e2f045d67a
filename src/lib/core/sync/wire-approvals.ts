/**
 * Wishes that a second person must agree to, as they travel in a proposal. The vends among them become a
 * vend with the proposal's own id.
 */
import * as v from 'valibot';
import { MAX_UNITS } from '#lib/core/sts/amount-units.ts';
import { CREDIT_REGISTERS, type CreditRegisterNumber } from '#lib/core/sts/credit-register.ts';
import { METER_TESTS, type MeterTestNumber } from '#lib/core/sts/meter-test.ts';
import { APPROVAL_DECISIONS, APPROVAL_STATES } from '#lib/core/vending/approval.ts';
import { ReserveShape } from './wire-reserves.ts';
import { Id, Phone, TariffShape } from './wire.ts';

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

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A meter to be sold to by another tariff of the utility. */
export const MeterTariffRequest = v.strictObject({
	kind: v.literal('meter-tariff'),
	drn: v.string(),
	tariffId: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
});

/**
 * Until when a vending key is to be used, and whether its group's meters are to be on it. For how much it may
 * be used is no wish: the unit limit is the security module's own, set where its keys are.
 */
export const SupplyGroupKeyRequest = v.strictObject({
	kind: v.literal('supply-group-key'),
	sgc: v.pipe(v.string(), v.regex(/^\d{6}$/)),
	krn: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(9)),
	/** The revision that all meters of the group are brought to with their next sale: never an earlier one. */
	makeCurrent: v.boolean(),
	/** Absent: as it is; null: no end. */
	issueUntilMs: v.optional(v.nullable(instant)),
});

/** A new version of a tariff, or the first of a new one: never of a moment that is past. */
export const TariffRequest = v.strictObject({
	kind: v.literal('tariff'),
	/** Its version is the next one, given when it is agreed to. */
	tariff: v.strictObject({
		...v.omit(TariffShape, ['version']).entries,
		id: v.pipe(
			v.string(),
			v.maxLength(40),
			v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'words-like-this'),
		),
	}),
	validFromMs: instant,
});

/** The money of a sealed token that its device has ended, or that is lost with it, back to the vendor's float. */
export const ReserveReturnRequest = v.strictObject({
	kind: v.literal('reserve-return'),
	/** Of the sealed token. */
	vendId: Id,
});

/** Everything that needs a second person. */
export const ApprovalWish = v.variant('kind', [
	FreeIssueRequest,
	EngineeringRequest,
	MeterMoveRequest,
	TariffRequest,
	MeterTariffRequest,
	SupplyGroupKeyRequest,
	ReserveReturnRequest,
]);

const words = (least: number, most: number) =>
	v.pipe(v.string(), v.trim(), v.minLength(least), v.maxLength(most));

/** `PUT /api/v1/approvals/{id}`. */
export const ApprovalRequest = v.strictObject({
	/** For the one who decides, and for the audit. */
	reason: words(3, 500),
	wish: ApprovalWish,
});

/** `POST /api/v1/approvals/{id}/decisions`. */
export const DecisionRequest = v.strictObject({
	decision: v.picklist(APPROVAL_DECISIONS),
	note: words(0, 500),
});

export const ApprovalAnswer = v.object({
	/** Also that of the vend which an agreed wish becomes: `GET /api/v1/vends/{id}` has its tokens. */
	id: Id,
	reason: v.string(),
	wish: ApprovalWish,
	state: v.picklist(APPROVAL_STATES),
	/** Operators' ids. */
	proposedBy: v.string(),
	proposedAtMs: instant,
	/** No decision is taken from then on. */
	expiresAtMs: instant,
	decidedBy: v.nullable(v.string()),
	decidedAtMs: v.nullable(instant),
	note: v.nullable(v.string()),
	/**
	 * The sealed token that a `reserve-return` is about, as it is now, without digits. Null: another wish, or
	 * asked by somebody who may not read sealed tokens.
	 */
	reserve: v.nullable(ReserveShape),
});

/** `GET /api/v1/approvals`: newest ids first. */
export const ApprovalQuery = v.strictObject({
	state: v.optional(v.picklist(APPROVAL_STATES)),
	/** The last id of the page before. */
	after: v.optional(Id),
});
export const ApprovalList = v.object({
	approvals: v.array(ApprovalAnswer),
	/** Where the next page begins, or null. */
	next: v.nullable(v.string()),
});

export type EngineeringWish = v.InferOutput<typeof EngineeringWish>;
export type FreeIssueRequest = v.InferOutput<typeof FreeIssueRequest>;
export type EngineeringRequest = v.InferOutput<typeof EngineeringRequest>;
export type MeterMoveRequest = v.InferOutput<typeof MeterMoveRequest>;
export type ApprovedVendRequest = v.InferOutput<typeof ApprovedVendRequest>;
export type ApprovalWish = v.InferOutput<typeof ApprovalWish>;
export type ApprovalRequest = v.InferOutput<typeof ApprovalRequest>;
export type DecisionRequest = v.InferOutput<typeof DecisionRequest>;
export type ApprovalAnswer = v.InferOutput<typeof ApprovalAnswer>;
export type ApprovalQuery = v.InferOutput<typeof ApprovalQuery>;
export type ApprovalList = v.InferOutput<typeof ApprovalList>;
