/**
 * The journal of a technician's device: what was done at which meter, when, with which probe, and what the
 * meter said. Each entry names the hash of the one before and is signed by itself; browser and backend read
 * and check it with these functions. Signing is the host's.
 *
 * Always holds: an entry's hash is SHA-256 over its RFC 8785 canonical JSON without the signature, in hex;
 * what is signed is that same text (`entryText`) with ECDSA P-256 and SHA-256, so that the signature is over
 * the hash; a device's entries are numbered from 1 without a gap.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { JOURNAL_CONTENTS, type JournalContents, type JournalKind } from './field-deeds.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
export const EntryHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hex digits'));

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
		/** r and s, 64 octets in base64url. */
		signature: v.pipe(v.string(), v.regex(/^[\w-]{86}$/, '64 octets in base64url')),
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

/** `previousHash` of a device's first entry. */
export const NO_PREVIOUS = '0'.repeat(64);

/** Where a device's journal ends. */
export interface JournalHead {
	/** Of the last entry; 0: there is none. */
	readonly sequence: number;
	readonly hash: string;
}
export const EMPTY_JOURNAL: JournalHead = { sequence: 0, hash: NO_PREVIOUS };

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

/** What is hashed and signed: the canonical JSON of an entry, whether its signature is there or not. */
export function entryText(signedOrNot: JournalEntry | SignedEntry): string {
	const text = canonicalize({ ...signedOrNot, signature: undefined });
	if (text === undefined) throw new TypeError('an entry is an object');
	return text;
}

/** SHA-256 over `entryText`, hex. */
export function entryHash(signedOrNot: JournalEntry | SignedEntry): string {
	return formatHex(sha256(utf8ToBytes(entryText(signedOrNot))));
}

/** The head of a journal that ends with this entry. */
export function headAt(signedOrNot: JournalEntry | SignedEntry): JournalHead {
	return { sequence: signedOrNot.sequence, hash: entryHash(signedOrNot) };
}

/** Where an entry stands to a journal that is known up to a head. */
export type EntryPlace =
	| { readonly place: 'next' }
	/** Entries between are missing: `expected` is the first of them. */
	| { readonly place: 'gap'; readonly expected: number }
	/**
	 * Two entries have one number, `sequence`: this one and another that is known, or the one this follows
	 * and another that is known. The device went on from an older state, or there are two of it.
	 */
	| { readonly place: 'fork'; readonly sequence: number };

/**
 * Where an entry that is not known yet stands.
 * @param head the last entry that is known
 */
export function decidePlace(
	head: JournalHead,
	{ sequence, previousHash }: Pick<JournalEntry, 'sequence' | 'previousHash'>,
): EntryPlace {
	const expected = head.sequence + 1;
	if (sequence > expected) return { place: 'gap', expected };
	if (sequence < expected) return { place: 'fork', sequence };
	return previousHash === head.hash
		? { place: 'next' }
		: { place: 'fork', sequence: head.sequence };
}

/**
 * Checks a run of entries in their order, each after the one before.
 * @param after the head that the first one follows
 * @param isSigned whether the signature fits `entryText` under the device's key
 * @returns the new head, or the first entry that does not fit and why
 */
export function checkJournal(
	entries: readonly SignedEntry[],
	after: JournalHead,
	isSigned: (text: string, signature: string) => boolean,
): JournalHead | { readonly sequence: number; readonly because: 'gap' | 'fork' | 'signature' } {
	let head = after;
	for (const each of entries) {
		const { place } = decidePlace(head, each);
		if (place !== 'next') return { sequence: each.sequence, because: place };
		if (!isSigned(entryText(each), each.signature))
			return { sequence: each.sequence, because: 'signature' };
		head = headAt(each);
	}
	return head;
}

/** When it was by the server's clock, as well as the device knew. */
export function serverTimeOf({ atMs, offsetMs }: Pick<JournalEntry, 'atMs' | 'offsetMs'>): number {
	return atMs + (offsetMs ?? 0);
}
