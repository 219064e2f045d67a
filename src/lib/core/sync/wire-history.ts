/** The shapes of a meter's history. Money in minor units, energy in 0.1 kWh, instants in epoch milliseconds. */
import * as v from 'valibot';
import { FieldDelivery } from './wire-deliveries.ts';
import { Id, TokenShape } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());

/** `GET /api/v1/meters/{drn}/vends`: `before` is the last vend of the page before. */
export const HistoryQuery = v.strictObject({ before: v.optional(Id) });

export const HistoryEntry = v.object({
	id: Id,
	/** What it was for: `credit`, `fbe`, `free-issue`, `engineering`, `key-change`. */
	kind: v.string(),
	/** Where it is: as in the answer of a vend. */
	state: v.picklist(['awaiting-payment', 'issuing', 'issued', 'refused', 'reversed']),
	acceptedAtMs: whole,
	amountMinor: whole,
	currency: v.string(),
	/** Carried by its tokens; null until there are any. */
	energyDeciKwh: v.nullable(whole),
	/** As printed; null until there is one. */
	receiptNumber: v.nullable(v.string()),
	/** With their digits, for the consumer whose they are; null for everybody else. */
	tokens: v.nullable(v.array(TokenShape)),
	/** How they fared with a technician at the meter; null: no journal speaks of them. */
	field: v.nullable(FieldDelivery),
});
export type HistoryEntry = v.InferOutput<typeof HistoryEntry>;

export const MeterHistory = v.object({
	/** The newest first. */
	vends: v.array(HistoryEntry),
	/** What to give as `before` for the next page; null: there is none. */
	next: v.nullable(Id),
});
export type MeterHistory = v.InferOutput<typeof MeterHistory>;
