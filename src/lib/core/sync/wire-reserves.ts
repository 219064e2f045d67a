/** Sealed tokens as the office sees them: what is out, and what became of it. Never with digits. */
import * as v from 'valibot';
import { CurrencyShape, Id } from './wire.ts';

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** `unfetched`: made and paid from the float, but its till has not come for it again: it has not left. */
export const RESERVE_STATES = ['unfetched', 'sealed', 'revealed', 'expired', 'returned'] as const;
export const ReserveShape = v.object({
	vendId: Id,
	vendorId: v.string(),
	vendorName: v.string(),
	/** The till that it was made for. */
	terminalId: v.string(),
	terminalName: v.string(),
	drn: v.string(),
	denominationMinor: v.pipe(v.number(), v.safeInteger()),
	currency: CurrencyShape,
	/** Null: none was written for it. */
	receiptNumber: v.nullable(v.string()),
	state: v.picklist(RESERVE_STATES),
	issuedAtMs: instant,
	/** Until when its device may reveal it. */
	expiresAtMs: instant,
	/** When it was revealed, or the device said that it ended, or its money was given back. */
	endedAtMs: v.nullable(instant),
});

/** `GET /api/v1/reserves`: newest ids first. */
export const ReserveQuery = v.strictObject({
	vendor: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(80))),
	/** The last id of the page before. */
	after: v.optional(Id),
});
export const ReserveList = v.object({
	reserves: v.array(ReserveShape),
	next: v.nullable(v.string()),
});

export type Reserve = v.InferOutput<typeof ReserveShape>;
export type ReserveQuery = v.InferOutput<typeof ReserveQuery>;
export type ReserveList = v.InferOutput<typeof ReserveList>;
