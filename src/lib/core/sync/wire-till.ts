/**
 * A till's journal as it travels, and what the backend tells a till of itself: status, tariff pack, sealed
 * tokens, claims. Money in minor units, instants in epoch milliseconds, energy in 0.1 kWh.
 */
import * as v from 'valibot';
import { MOST_RESERVE_WISHES } from '#lib/core/vending/reserve-plan.ts';
import { EntryHash } from './journal-chain.ts';
import { DeviceKey } from './wire-terminals.ts';
import {
	CurrencyShape,
	Id,
	KeyPlaceShape,
	Problem,
	TariffShape,
	UtilityShape,
	VendAnswer,
} from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));
const instant = wholeFromZero;
const limit = v.pipe(wholeFromZero, v.maxValue(1_000_000_000_000));
const count = v.pipe(wholeFromZero, v.maxValue(10_000));
const days = (most: number) => v.pipe(wholeFromZero, v.maxValue(most * 24 * 60 * 60_000));

// What a till may do without the network (`core/vending/offline-terms.ts`)

export const OfflineCapsShape = v.strictObject({
	perSaleMinor: limit,
	sumMinor: limit,
	count,
	ageMs: days(14),
});
export const ReserveTermsShape = v.strictObject({
	denominationsMinor: v.pipe(v.array(v.pipe(limit, v.minValue(1))), v.minLength(1), v.maxLength(8)),
	sumMinor: limit,
	count: v.pipe(wholeFromZero, v.maxValue(200)),
	lifeMs: days(7),
});
/** `PUT, GET /api/v1/vendors/{vendor}/offline-terms`. */
export const OfflineTermsShape = v.strictObject({
	queued: v.nullable(OfflineCapsShape),
	unkept: OfflineCapsShape,
	reserve: v.nullable(ReserveTermsShape),
});
export const OfflineTermsAnswer = v.object({
	vendorId: v.string(),
	terms: OfflineTermsShape,
	/** When the office last set them, by whom; null: never, the defaults hold. */
	setAtMs: v.nullable(instant),
	setBy: v.nullable(v.string()),
	/** Where it is one of the utility's people. */
	setByName: v.optional(v.string()),
});

// What the backend tells a till of itself

export const TILL_STATES = ['active', 'suspended'] as const;
/** `GET /api/v1/terminals/current`, and with every answer to a journal. */
export const TillStatus = v.object({
	terminalId: v.string(),
	name: v.string(),
	vendor: v.object({
		id: v.string(),
		name: v.string(),
		state: v.picklist(['active', 'suspended']),
	}),
	utilityId: v.string(),
	currency: CurrencyShape,
	/** `suspended`: its journal contradicts itself; it enrols anew. */
	state: v.picklist(TILL_STATES),
	floatMinor: whole,
	availableMinor: wholeFromZero,
	heldMinor: wholeFromZero,
	terms: OfflineTermsShape,
	/** The journal of the device that asks; null: it keeps none. */
	journal: v.nullable(v.object({ sequence: wholeFromZero, hash: EntryHash })),
	/** Changes whenever the pack does. */
	packVersion: v.string(),
	serverMs: instant,
});

/** `GET /api/v1/packs/tariff`: all that prices a sale, and counts a drawer, without the network. */
export const TariffPack = v.object({
	version: v.string(),
	utilityId: v.string(),
	utility: UtilityShape,
	terminalId: v.string(),
	issuedAtMs: instant,
	/** From then on an estimate is no longer shown from it. */
	validUntilMs: instant,
	saleKey: DeviceKey,
	minTenderMinor: wholeFromZero,
	maxTenderMinor: wholeFromZero,
	/** In force now, the most used first: a meter that this till never saw is estimated by the first. */
	tariffs: v.array(TariffShape),
	terms: OfflineTermsShape,
	/** Notes and coins, largest first. */
	denominationsMinor: v.array(v.pipe(whole, v.minValue(1))),
	/** The vendor's people who may stand at this till: who is not among them is shut out of it. */
	operators: v.array(v.object({ id: Id, name: v.string() })),
});

// The journal

/** Rows of one `POST /api/v1/journal-batches`. */
export const MAX_JOURNAL_ROWS = 200;

/** An entry that is damaged on the device, so that it can never be handed in: those after it go on. */
export const MissingEntry = v.strictObject({
	sequence: v.pipe(whole, v.minValue(1)),
	/** As the next entry names it. */
	hash: EntryHash,
});

/**
 * `POST /api/v1/journal-batches`, signed by the till. In the order of their numbers; each row is looked at by
 * itself, so that one of a wrong shape is that row's own refusal. Entries that were taken before may be among
 * them: the answer is what has become of them.
 */
export const JournalBatchRequest = v.strictObject({
	rows: v.pipe(
		v.array(
			v.variant('what', [
				v.strictObject({ what: v.literal('entry'), entry: v.unknown() }),
				v.strictObject({ what: v.literal('missing'), missing: MissingEntry }),
			]),
		),
		v.maxLength(MAX_JOURNAL_ROWS),
	),
});

/** Of a sale or reveal: what `PUT /api/v1/vends/{id}` says. Of others: `done`, or `refused`. */
export const OUTCOME_STATES = [
	'done',
	'issued',
	'issuing',
	'waiting',
	'refused',
	'reversed',
] as const;

/** What has become of an entry that was taken. */
export const EntryOutcome = v.object({
	state: v.picklist(OUTCOME_STATES),
	/** Why it was refused, or waits; a row of `core/vending/refusals.ts`. */
	code: v.nullable(v.string()),
	/** A `VendAnswer`, sealed to the sale's `answerTo` (`SALE_SEAL`); null: nothing to seal. */
	sealed: v.nullable(v.string()),
});

/** One row's answer, in the rows' own order. */
export const JournalRowAnswer = v.variant('taken', [
	v.object({ taken: v.literal(true), sequence: whole, hash: EntryHash, outcome: EntryOutcome }),
	/** Not in the journal: a gap, a fork, a signature, or not reached in time. */
	v.object({ taken: v.literal(false), sequence: v.nullable(whole), problem: Problem }),
]);

export const JournalBatchAnswer = v.object({
	rows: v.array(JournalRowAnswer),
	status: TillStatus,
});

/** What a till exports when its storage is in danger, and the office imports: the rows as they are. */
export const TILL_EXPORT_FORMAT = 'tokenline till journal';
export const TillExport = v.strictObject({
	format: v.literal(TILL_EXPORT_FORMAT),
	version: v.literal(1),
	exportedAtMs: instant,
	terminalId: v.string(),
	deviceId: Id,
	/** Not checked one by one here: each row has its own answer. */
	entries: v.pipe(v.array(v.unknown()), v.maxLength(20_000)),
});
/**
 * `POST /api/v1/journal-imports`, by the office: entries of any till of the utility, proved by their own
 * signatures, also of one that was revoked since. At most `MAX_JOURNAL_ROWS` a request.
 */
export const JournalImportRequest = v.strictObject({
	deviceId: Id,
	rows: JournalBatchRequest.entries.rows,
});
/** Without what is sealed to somebody else. */
export const JournalImportAnswer = v.object({
	rows: v.array(JournalRowAnswer),
	journal: v.object({ sequence: wholeFromZero, hash: EntryHash }),
});

/** What is wrong with a till's journal, for the office. The first two suspend it; the others only tell. */
export const TILL_ALARMS = [
	/** Two entries have one number, and both go on: two devices with one key. */
	'fork',
	/** The first entry after a number that was taken: the device was put back to an older state. */
	'rolled-back',
	/** A sale that the caps forbid was handed in, and refused: the device does not keep to them. */
	'caps-broken',
	/** The device says itself that an entry is damaged. */
	'missing',
	/** Its clock is more than a day from ours. */
	'clock',
	/** A sealed token was revealed after it had run out or ended, a second time, or for a meter on another key. */
	'reserve-broken',
	/**
	 * A sale came in whose money the till had given back, or put into another sale: refused. Or word came that the
	 * money of a sale went back which had not come to nothing; then the facts name that `sale`.
	 */
	'settled-sale',
	/** Somebody sold more within an hour than the house's limit; nothing was refused for it. */
	'rate',
] as const;
export const TillAlarmQuery = v.strictObject({
	/** `next` of the page before. */
	before: v.optional(Id),
});
/** `GET /api/v1/till-alarms`. */
export const TillAlarmList = v.object({
	alarms: v.array(
		v.object({
			id: Id,
			terminalId: v.string(),
			vendorId: v.string(),
			deviceId: Id,
			kind: v.picklist(TILL_ALARMS),
			sequence: whole,
			/** The entry that was refused, where it was one. */
			entryId: v.nullable(Id),
			atMs: instant,
			facts: v.record(v.string(), v.union([v.string(), v.number()])),
		}),
	),
	next: v.nullable(Id),
});

// The sealed reserve

/** `POST /api/v1/terminals/current/reserves`: tokens to be made beforehand, from the float. */
export const ReserveRequest = v.strictObject({
	wishes: v.pipe(
		v.array(
			v.strictObject({
				/** Of the vend: asked for again, it is the same token. */
				id: Id,
				drn: v.string(),
				denominationMinor: v.pipe(whole, v.minValue(1)),
			}),
		),
		v.minLength(1),
		v.maxLength(MOST_RESERVE_WISHES),
	),
	operatorId: Id,
});
/** What is sealed to the device's sealing key by `SALE_SEAL`. */
export const SealedVend = v.object({
	vend: VendAnswer,
	drn: v.string(),
	denominationMinor: whole,
	expiresAtMs: instant,
});
export const ReserveAnswer = v.object({
	wishes: v.array(
		v.variant('made', [
			v.object({
				made: v.literal(true),
				id: Id,
				denominationMinor: whole,
				/** The key that it was made under, and when: a meter that has changed it does not take the token. */
				key: KeyPlaceShape,
				issuedAtMs: instant,
				expiresAtMs: instant,
				sealed: v.string(),
			}),
			v.object({ made: v.literal(false), id: Id, problem: Problem }),
		]),
	),
	availableMinor: wholeFromZero,
});

export { ClaimAnswer, ClaimRequest } from './claim.ts';
export type OfflineTermsAnswer = v.InferOutput<typeof OfflineTermsAnswer>;
export type TillStatus = v.InferOutput<typeof TillStatus>;
export type TariffPack = v.InferOutput<typeof TariffPack>;
export type MissingEntry = v.InferOutput<typeof MissingEntry>;
export type JournalBatchRequest = v.InferOutput<typeof JournalBatchRequest>;
export type JournalBatchRow = JournalBatchRequest['rows'][number];
export type EntryOutcome = v.InferOutput<typeof EntryOutcome>;
export type OutcomeState = EntryOutcome['state'];
export type JournalRowAnswer = v.InferOutput<typeof JournalRowAnswer>;
export type JournalBatchAnswer = v.InferOutput<typeof JournalBatchAnswer>;
export type TillExport = v.InferOutput<typeof TillExport>;
export type JournalImportRequest = v.InferOutput<typeof JournalImportRequest>;
export type JournalImportAnswer = v.InferOutput<typeof JournalImportAnswer>;
export type TillAlarm = (typeof TILL_ALARMS)[number];
export type TillAlarmQuery = v.InferOutput<typeof TillAlarmQuery>;
export type TillAlarmList = v.InferOutput<typeof TillAlarmList>;
export type ReserveRequest = v.InferOutput<typeof ReserveRequest>;
export type ReserveAnswer = v.InferOutput<typeof ReserveAnswer>;
export type SealedVend = v.InferOutput<typeof SealedVend>;
