/**
 * The journal's entries as the backend answers them: taken in, listed, and what did not fit. What a device
 * hands in is a `SignedEntry` (`field-journal.ts`). Instants in epoch milliseconds.
 */
import * as v from 'valibot';
import {
	ENTRY_FINDINGS,
	FIELD_STATES,
	JOURNAL_KINDS,
	type EntryFinding,
	type FieldState,
	type JournalKind,
} from '#lib/core/field/journal-terms.ts';
import { JOURNAL_CONTENTS } from './field-deeds.ts';
import { EntryHash } from './journal-chain.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const instant = v.pipe(whole, v.minValue(0));

export { ENTRY_FINDINGS, FIELD_STATES, type EntryFinding, type FieldState };

const findings = v.array(v.picklist(ENTRY_FINDINGS));

/** `PUT /api/v1/deliveries/{id}`: the entry is on the server's disk. */
export const DeliveryAnswer = v.object({
	id: Id,
	deviceId: Id,
	sequence: whole,
	hash: EntryHash,
	acceptedAtMs: instant,
	findings,
	/** The number of the entry that is awaited next. */
	expected: whole,
});

/** Without digits: who may see those asks for a reprint, which is written down. */
const told = {
	...JOURNAL_CONTENTS,
	'token-delivery': v.omit(JOURNAL_CONTENTS['token-delivery'], ['digits']),
};
const record = <Kind extends JournalKind>(kind: Kind) =>
	v.object({
		id: Id,
		deviceId: Id,
		deviceName: v.string(),
		operatorId: Id,
		operatorName: v.string(),
		sequence: whole,
		hash: EntryHash,
		jobId: v.nullable(Id),
		drn: v.nullable(v.string()),
		/** By the device's clock, and what the server's was ahead of it as far as the device knew. */
		atMs: instant,
		offsetMs: v.nullable(whole),
		acceptedAtMs: instant,
		findings,
		kind: v.literal(kind),
		content: told[kind],
	});

/** One entry as the office reads it. */
export const DeliveryRecord = v.variant('kind', [
	record('pack-opened'),
	record('meter-met'),
	record('token-delivery'),
	record('key-change-run'),
	record('clock-set'),
	record('relay-switched'),
	record('reading'),
	record('firmware-transfer'),
	record('bench-report'),
	record('pack-destroyed'),
]);

/** `GET /api/v1/deliveries`: the newest ids first, which are by the devices' clocks; to a technician their own. */
export const DeliveryQuery = v.strictObject({
	drn: v.optional(v.pipe(v.string(), v.regex(/^(?:\d{11}|\d{13})$/, '11 or 13 digits'))),
	vend: v.optional(Id),
	device: v.optional(Id),
	job: v.optional(Id),
	kind: v.optional(v.picklist(JOURNAL_KINDS)),
	/** `next` of the page before. */
	before: v.optional(Id),
});
export const DeliveryList = v.object({
	entries: v.array(DeliveryRecord),
	next: v.nullable(Id),
});

/** `GET /api/v1/journal-forks`: devices whose journal has two entries of one number. */
export const JournalForkList = v.object({
	forks: v.array(
		v.object({
			deviceId: Id,
			deviceName: v.string(),
			operatorId: Id,
			operatorName: v.string(),
			/** The first number that two entries have; 0: the first entry does not follow nothing. */
			sequence: whole,
			/** Of the entry that stands; zeros: what the first one follows. */
			knownHash: EntryHash,
			/** Of the entry that was handed in and refused, with what it says. */
			otherId: Id,
			otherHash: EntryHash,
			otherKind: v.picklist(JOURNAL_KINDS),
			atMs: instant,
		}),
	),
});

/** How the tokens of one vend fared at their meter, counted by `FIELD_STATES`. */
export const FieldDelivery = v.object({
	delivered: whole,
	refused: whole,
	unknown: whole,
	/** Of the last entry about one of them, by the server's clock as well as the device knew. */
	atMs: instant,
});

export type DeliveryAnswer = v.InferOutput<typeof DeliveryAnswer>;
export type DeliveryRecord = v.InferOutput<typeof DeliveryRecord>;
export type DeliveryQuery = v.InferOutput<typeof DeliveryQuery>;
export type DeliveryList = v.InferOutput<typeof DeliveryList>;
export type JournalForkList = v.InferOutput<typeof JournalForkList>;
export type FieldDelivery = v.InferOutput<typeof FieldDelivery>;
