/**
 * The journal's entries as the backend answers them: taken in, listed, and what did not fit. What a device
 * hands in is a `SignedEntry` (`field-journal.ts`). Instants in epoch milliseconds.
 */
import * as v from 'valibot';
import { JOURNAL_CONTENTS, JOURNAL_KINDS, type JournalKind } from './field-deeds.ts';
import { EntryHash } from './field-journal.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const instant = v.pipe(whole, v.minValue(0));

/** What does not fit what the office knows. The entry stands all the same: it is what the device saw. */
export const ENTRY_FINDINGS = [
	/** It came after its device was revoked, of a time before. */
	'after-revocation',
	/** No such job, or another technician's. */
	'job-unknown',
	'meter-unknown',
	/** No such vend for that meter. */
	'vend-unknown',
	/** The vend's token at that place has other digits. */
	'digits-differ',
	/** The meter says that it is another one. */
	'meter-differs',
	/** What was done is not what the named job asks for, or no job is named. */
	'work-not-asked',
	/** After a key-change run the meter's key is not where the books have it. */
	'key-differs',
	/** The device's clock, set right by what it knew, is ahead of the server's. */
	'clock-ahead',
] as const;
export type EntryFinding = (typeof ENTRY_FINDINGS)[number];
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

/**
 * How a token fared at its meter, as far as technicians' journals say. `delivered`: the meter took it, or
 * says that it has it; that is final.
 */
export const FIELD_STATES = ['delivered', 'refused', 'unknown'] as const;
export type FieldState = (typeof FIELD_STATES)[number];

/** The same of the tokens of one vend, counted. */
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
