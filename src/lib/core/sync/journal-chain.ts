/**
 * What every journal of a device is: entries that each name the hash of the one before and are signed by
 * themselves. Browser and backend read and check them with these functions; signing is the host's.
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

export const EntryHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hex digits'));

/** r and s of ECDSA P-256. */
export const EntrySignature = v.pipe(v.string(), v.regex(/^[\w-]{86}$/, '64 octets in base64url'));

/** What the chain needs of an entry; all its other members are hashed and signed with these. */
export interface Linked {
	/** From 1, without a gap. */
	readonly sequence: number;
	/** Hash of the entry before; of the first one `NO_PREVIOUS`. */
	readonly previousHash: string;
}
export interface Signed extends Linked {
	readonly signature: string;
}

/** `previousHash` of a device's first entry. */
export const NO_PREVIOUS = '0'.repeat(64);

/** Where a device's journal ends. */
export interface JournalHead {
	/** Of the last entry; 0: there is none. */
	readonly sequence: number;
	readonly hash: string;
}
export const EMPTY_JOURNAL: JournalHead = { sequence: 0, hash: NO_PREVIOUS };

/** What is hashed and signed: the canonical JSON of an entry, whether its signature is there or not. */
export function entryText(signedOrNot: Linked | Signed): string {
	const text = canonicalize({ ...signedOrNot, signature: undefined });
	if (text === undefined) throw new TypeError('an entry is an object');
	return text;
}

/** SHA-256 over `entryText`, hex. */
export function entryHash(signedOrNot: Linked | Signed): string {
	return formatHex(sha256(utf8ToBytes(entryText(signedOrNot))));
}

/** The head of a journal that ends with this entry. */
export function headAt(signedOrNot: Linked | Signed): JournalHead {
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
export function decidePlace(head: JournalHead, { sequence, previousHash }: Linked): EntryPlace {
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
	entries: readonly Signed[],
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
export function serverTimeOf({
	atMs,
	offsetMs,
}: {
	readonly atMs: number;
	readonly offsetMs: number | null;
}): number {
	return atMs + (offsetMs ?? 0);
}
