/**
 * The journal of a technician's device: what was done at which meter, when, with which probe, and what the
 * meter said. How its entries hang together is every journal's (`journal-chain.ts`).
 */
import * as v from 'valibot';
import { JOURNAL_CONTENTS, type JournalContents, type JournalKind } from './field-deeds.ts';
import { EntryHash, EntrySignature, type JournalHead } from './journal-chain.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());

/** What a meter number is, its check digit aside: an entry may be of a meter that nobody knows. */
const drn = v.pipe(v.string(), v.regex(/^(?:\d{11}|\d{13})$/, '11 or 13 digits'));

const shared = {
	/** Of the entry, and of the delivery under which it is handed in. */
	id: Id,
	deviceId: Id,
	/** From 1, without a gap. */
	sequence: v.pipe(whole, v.minValue(1)),
	/** Hash of the entry before; of the first one `NO_PREVIOUS`. */
	previousHash: EntryHash,
	/** By the device's own clock. */
	atMs: v.pipe(whole, v.minValue(0)),
	/** What the server's clock was ahead of the device's when that was last known, ms; null: never known. */
	offsetMs: v.nullable(whole),
	operatorId: Id,
	jobId: v.nullable(Id),
	/** The meter that it is about. */
	drn: v.nullable(drn),
};

const entry = <Kind extends JournalKind>(kind: Kind) =>
	v.strictObject({
		...shared,
		kind: v.literal(kind),
		content: JOURNAL_CONTENTS[kind],
		signature: EntrySignature,
	});

/** `PUT /api/v1/deliveries/{id}`: one entry with its signature, as the device wrote it. */
export const SignedEntry = v.variant('kind', [
	entry('pack-opened'),
	entry('meter-met'),
	entry('token-delivery'),
	entry('key-change-run'),
	entry('clock-set'),
	entry('relay-switched'),
	entry('reading'),
	entry('firmware-transfer'),
	entry('bench-report'),
	entry('pack-destroyed'),
]);
export type SignedEntry = v.InferOutput<typeof SignedEntry>;

type WithoutSignature<Entry> = Entry extends unknown ? Omit<Entry, 'signature'> : never;
/** An entry before it is signed. */
export type JournalEntry = WithoutSignature<SignedEntry>;

/** All that an entry says beside its place in the journal. */
export interface EntryFacts<Kind extends JournalKind> {
	readonly id: string;
	readonly deviceId: string;
	readonly atMs: number;
	readonly offsetMs: number | null;
	readonly operatorId: string;
	readonly jobId: string | null;
	readonly drn: string | null;
	readonly kind: Kind;
	readonly content: JournalContents[Kind];
}

/** The entry that comes after a head, to be signed over its `entryText`. */
export function entryAfter<Kind extends JournalKind>(
	head: JournalHead,
	facts: EntryFacts<Kind>,
): JournalEntry {
	const { id, deviceId, atMs, offsetMs, operatorId, jobId, drn: meter, kind, content } = facts;
	const place = { sequence: head.sequence + 1, previousHash: head.hash };
	const who = { id, deviceId, operatorId, jobId, drn: meter };
	// The kind and its content belong together by the types of `facts`, which a union cannot follow.
	return { ...who, ...place, atMs, offsetMs, kind, content } as unknown as JournalEntry;
}
