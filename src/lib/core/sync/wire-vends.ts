/** The shapes around a vend: reprints, a till's whole outbox at once, and what a token says. */
import * as v from 'valibot';
import { AnyVendRequest, Id, Problem, TOKEN_KINDS, VendAnswer } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());

/** `POST /api/v1/vends/{id}/reprints`: the same id again is the same copy, so that a lost answer prints no second one. */
export const ReprintRequest = v.strictObject({ id: Id });

/** Rows of one `POST /api/v1/vend-batches`. */
export const MAX_BATCH_ROWS = 200;

/** One row of a batch: what `PUT /api/v1/vends/{id}` takes, with its id. */
export const VendBatchRow = v.strictObject({ id: Id, request: AnyVendRequest });

/**
 * A till's outbox. Each row is looked at by itself (`VendBatchRow`), so that one of a wrong shape is that
 * row's own refusal.
 */
export const VendBatchRequest = v.strictObject({
	rows: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(MAX_BATCH_ROWS)),
});

/** What became of each row, in the rows' own order: as `PUT /api/v1/vends/{id}` would have answered it. */
export const VendBatchAnswer = v.object({
	rows: v.array(
		v.object({
			/** Null where the row had none that can be read. */
			id: v.nullable(Id),
			status: whole,
			answer: v.optional(VendAnswer),
			problem: v.optional(Problem),
		}),
	),
});

/** `POST /api/v1/token-verifications`: what twenty digits say under a meter's key. */
export const TokenVerificationRequest = v.strictObject({ drn: v.string(), digits: v.string() });

export const TokenVerification = v.object({
	drn: v.string(),
	/** Null for a token of ours that the meter's present key no longer reads. */
	tokenClass: v.nullable(whole),
	subclass: v.nullable(whole),
	/** Of a credit, 0.1 kWh; of a management token, its raw value. */
	amount: v.nullable(whole),
	/** When it was made by its TID, to the minute; null for a token without one. */
	atMs: v.nullable(whole),
	/** Whether this service made it for this meter; null: it did not. */
	ours: v.nullable(
		v.object({
			kind: v.picklist(TOKEN_KINDS),
			madeAtMs: whole,
			/** Null for those who may not see that vend. */
			vendId: v.nullable(Id),
		}),
	),
});

export type ReprintRequest = v.InferOutput<typeof ReprintRequest>;
export type VendBatchRequest = v.InferOutput<typeof VendBatchRequest>;
export type VendBatchAnswer = v.InferOutput<typeof VendBatchAnswer>;
export type TokenVerificationRequest = v.InferOutput<typeof TokenVerificationRequest>;
export type TokenVerification = v.InferOutput<typeof TokenVerification>;
