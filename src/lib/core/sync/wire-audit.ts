/**
 * The shapes of the audit: events in their chain, the signed roots over it, and what is known of a token.
 * Whoever has these can check the chain without us.
 */
import * as v from 'valibot';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));
const sequence = v.pipe(whole, v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A civil day of the utility. */
export const CivilDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'not a date'));

/** One deed. Its RFC 8785 canonical JSON is what is hashed. */
export const AuditEvent = v.object({
	id: Id,
	utilityId: v.string(),
	atMs: whole,
	/** `operator:…`, `terminal:…`, `consumer`, `guest`, `provider:…` or `system`. */
	actor: v.string(),
	/** Terminal, or network address. */
	origin: v.string(),
	action: v.string(),
	subjectKind: v.string(),
	subjectId: v.string(),
	facts: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
});

/**
 * An event in its place: `hash` is SHA-256 over the text of the previous entry's hash (64 hex digits; zeros
 * before the first) followed by the event's canonical JSON, in UTF-8.
 */
export const AuditEntry = v.object({ sequence, hash, event: AuditEvent });

/** `GET /api/v1/audit/events`: the entries after a place, oldest first. */
export const AuditEventsQuery = v.strictObject({
	/** Sequence of the last entry that is known; absent: from the beginning. */
	after: v.optional(v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,14})$/, 'not a sequence'))),
	/** How many at most, 1 to 1,000; absent: 200. */
	limit: v.optional(v.pipe(v.string(), v.regex(/^(?:[1-9]\d{0,2}|1000)$/, '1 to 1000'))),
});
export const AuditPage = v.object({
	/** Of the entry before the first one here. */
	previousHash: hash,
	entries: v.array(AuditEntry),
	/** What to ask for next as `after`; null: these were the last so far. */
	next: v.nullable(sequence),
});

/** `GET /api/v1/audit/roots/{date}`: where the chain stood when the day was over. */
export const AuditRoot = v.object({
	utilityId: v.string(),
	date: CivilDay,
	sequence,
	hash,
	signedAtMs: wholeFromZero,
	/** Ed25519, as a JWK. */
	publicKey: v.object({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), x: v.string() }),
	/** Over the canonical JSON of the first five members, base64url. */
	signature: v.string(),
});

/** `POST /api/v1/audit/token-searches`: whose twenty digits these are. */
export const TokenSearchRequest = v.strictObject({
	digits: v.pipe(v.string(), v.regex(/^\d{20}$/, 'not twenty digits')),
	drn: v.string(),
});
export const TokenFinding = v.variant('found', [
	v.object({
		found: v.literal(true),
		vend: v.object({
			id: v.string(),
			kind: v.string(),
			state: v.string(),
			amountMinor: whole,
			currency: v.string(),
			acceptedAtMs: whole,
			madeAtMs: whole,
			releasedAtMs: v.nullable(whole),
			receiptNumber: v.nullable(v.string()),
			issuingPoint: v.string(),
		}),
		token: v.object({
			kind: v.string(),
			sequence: whole,
			energyDeciKwh: wholeFromZero,
			baseYear: v.nullable(whole),
			tid: v.nullable(whole),
		}),
		who: v.object({
			vendor: v.nullable(v.object({ id: v.string(), name: v.string() })),
			terminal: v.nullable(v.object({ id: v.string(), name: v.string() })),
			operator: v.nullable(v.object({ id: v.string(), login: v.string() })),
			/** Whoever agreed, where two people had to. */
			approvedBy: v.nullable(v.string()),
		}),
		/** What it was encrypted under. */
		key: v.object({
			sgc: v.string(),
			krn: whole,
			baseYear: v.nullable(whole),
			slot: v.nullable(v.string()),
		}),
		reprints: v.array(
			v.object({
				copy: whole,
				atMs: whole,
				terminalId: v.nullable(v.string()),
				operatorId: v.nullable(v.string()),
			}),
		),
		/** All that was written down about the vend, in its order. */
		events: v.array(AuditEvent),
	}),
	v.object({
		found: v.literal(false),
		/** What the digits say under the meter's present key: `none`, when they cannot be read under it. */
		verification: v.variant('readable', [
			v.object({
				readable: v.literal(true),
				tokenClass: whole,
				subclass: whole,
				tid: v.nullable(whole),
				amount: v.nullable(v.number()),
			}),
			v.object({ readable: v.literal(false), code: v.string() }),
		]),
	}),
]);

export type AuditEvent = v.InferOutput<typeof AuditEvent>;
export type AuditEntry = v.InferOutput<typeof AuditEntry>;
export type AuditPage = v.InferOutput<typeof AuditPage>;
export type AuditRoot = v.InferOutput<typeof AuditRoot>;
export type TokenSearchRequest = v.InferOutput<typeof TokenSearchRequest>;
export type TokenFinding = v.InferOutput<typeof TokenFinding>;
