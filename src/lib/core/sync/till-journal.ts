/**
 * A till's journal, which is its outbox too: each sale, reveal, shift and refund is one immutable entry,
 * chained and signed (`journal-chain.ts`), written before anything else happens. What is private in it is
 * sealed to the backend at the tap, so that it can be handed in without the PIN. Money in minor units,
 * instants in epoch milliseconds.
 */
import * as v from 'valibot';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import { EntryHash, EntrySignature, type JournalHead } from './journal-chain.ts';
import { BatchClosingRequest, BatchRequest, BatchTotals } from './wire-vendors.ts';
import { DeviceKey, TerminalId } from './wire-terminals.ts';
import { FbeRequest, FloatVendRequest, Id, Phone, TENDER_METHODS } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));

/** The form of entries written by this version of the app; a later one reads every earlier one. */
export const TILL_JOURNAL_SCHEMA = 1;

/** JWE compact (RFC 7516), `SALE_SEAL`; bounded, so that a row never blocks the queue by its size. */
const Sealed = v.pipe(v.string(), v.minLength(1), v.maxLength(8_192));

/** How a sale is sealed to the backend, and an answer to the operator. */
export const SALE_SEAL = { alg: 'ECDH-ES', enc: 'A256GCM' } as const;

export { CLAIM_CODE_LENGTH } from './claim.ts';
const ClaimCode = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{8}[0-9A-Z*~$=]$/));

/** What a sale's seal holds. */
export const TillSale = v.strictObject({
	request: v.variant('kind', [FloatVendRequest, FbeRequest]),
	/**
	 * What the customer was promised at the tap. `token`: the till was online and asked for it at once;
	 * `provisional`: no token yet, and the paper says so. The backend holds the second to the caps.
	 */
	promise: v.picklist(['token', 'provisional']),
	/** Made with every sale: one whose answer stays away becomes provisional after it was signed. */
	claimCode: ClaimCode,
	/** The refused sale in whose place this one is made, at the desk. */
	replaces: v.nullable(Id),
	/** What the answer is sealed to: only the operator, with the PIN, opens it. */
	answerTo: DeviceKey,
});

/** What the seal of a revealed reserve token holds: what was not known when it was issued. */
export const RevealedSale = v.strictObject({
	tender: v.strictObject({
		method: v.picklist(TENDER_METHODS),
		tenderedMinor: wholeFromZero,
	}),
	notifyPhone: v.optional(Phone),
	/** Where the answer is wanted once more, sealed to this key: the device has it already. */
	answerTo: v.optional(DeviceKey),
});

/** What the entry of each kind says. */
export const TILL_CONTENTS = {
	/** The entry's id is the vend's. `batchId`: the shift. */
	sale: v.strictObject({ batchId: Id, sealed: Sealed }),
	/** A sealed token is about to be shown: written before its digits are. Sold for ever. */
	reveal: v.strictObject({ vendId: Id, batchId: Id, sealed: Sealed }),
	/** A sealed token that was not revealed, destroyed on the device. */
	'reserve-ended': v.strictObject({ vendId: Id, because: v.picklist(['expired', 'wiped']) }),
	/** The shift, or the sales or banking batch around it. */
	'batch-opened': v.strictObject({ batchId: Id, request: BatchRequest }),
	/** With what the device itself had counted up, for the reconciling. */
	'batch-closed': v.strictObject({
		batchId: Id,
		request: BatchClosingRequest,
		totals: v.object(BatchTotals.entries),
	}),
	/** The money of a sale that was refused went back to its customer, out of the drawer. */
	'refund-paid': v.strictObject({ saleId: Id, batchId: Id, amountMinor: wholeFromZero }),
	reprint: v.strictObject({ vendId: Id, copy: v.pipe(whole, v.minValue(1)) }),
} as const satisfies Record<TillKind, v.GenericSchema>;
export type TillContents = {
	readonly [Kind in TillKind]: v.InferOutput<(typeof TILL_CONTENTS)[Kind]>;
};

const shared = {
	/** Of the entry; of a sale, the vend's too. */
	id: Id,
	schema: v.literal(TILL_JOURNAL_SCHEMA),
	/** Made at the enrolment: another enrolment is another journal. */
	deviceId: Id,
	terminalId: TerminalId,
	sequence: v.pipe(whole, v.minValue(1)),
	previousHash: EntryHash,
	/** The last entry that the backend had said it has when this one was written; 0: none. */
	acknowledged: wholeFromZero,
	/** By the device's own clock. */
	atMs: wholeFromZero,
	/** What the server's clock was ahead of the device's when that was last known, ms; null: never known. */
	offsetMs: v.nullable(whole),
	/** Who stands at the till. */
	operatorId: Id,
};

const entry = <Kind extends TillKind>(kind: Kind) =>
	v.strictObject({
		...shared,
		kind: v.literal(kind),
		content: TILL_CONTENTS[kind],
		signature: EntrySignature,
	});

/** One entry with its signature, as the device wrote it. */
export const SignedTillEntry = v.variant('kind', [
	entry('sale'),
	entry('reveal'),
	entry('reserve-ended'),
	entry('batch-opened'),
	entry('batch-closed'),
	entry('refund-paid'),
	entry('reprint'),
]);
export type SignedTillEntry = v.InferOutput<typeof SignedTillEntry>;

type WithoutSignature<Entry> = Entry extends unknown ? Omit<Entry, 'signature'> : never;
/** An entry before it is signed. */
export type TillEntry = WithoutSignature<SignedTillEntry>;

/** All that an entry says beside its place in the journal. */
export interface TillFacts<Kind extends TillKind> {
	readonly id: string;
	readonly deviceId: string;
	readonly terminalId: string;
	readonly acknowledged: number;
	readonly atMs: number;
	readonly offsetMs: number | null;
	readonly operatorId: string;
	readonly kind: Kind;
	readonly content: TillContents[Kind];
}

/** The entry that comes after a head, to be signed over its `entryText`. */
export function tillEntryAfter<Kind extends TillKind>(
	head: JournalHead,
	facts: TillFacts<Kind>,
): TillEntry {
	const place = { sequence: head.sequence + 1, previousHash: head.hash };
	// The kind and its content belong together by the types of `facts`, which a union cannot follow.
	return { schema: TILL_JOURNAL_SCHEMA, ...facts, ...place } as unknown as TillEntry;
}

export type TillSale = v.InferOutput<typeof TillSale>;
export type RevealedSale = v.InferOutput<typeof RevealedSale>;
