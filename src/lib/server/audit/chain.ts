/**
 * The chain as arithmetic, without a database: how an event is hashed over the one before, and where a chain
 * that somebody has touched is broken first. Also what a third party runs over an export.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditEntry, AuditEvent } from '#lib/core/sync/wire-audit.ts';

/** Before the first event. */
export const NO_HASH = '0'.repeat(64);

/** @throws {TypeError} slip: a value that JSON has no form for */
export function chainHash(previousHash: string, event: AuditEvent): string {
	const canonical = canonicalize(event);
	if (canonical === undefined) throw new TypeError('not a JSON value');
	return createHash('sha256').update(previousHash).update(canonical).digest('hex');
}

/**
 * - `removed`: a place has no entry, or its entry no event;
 * - `inserted`: an event that was never sealed there, the rest fits without it;
 * - `reordered`: what was sealed here stands further on;
 * - `changed`: the event is not the one that was sealed here;
 * - `rewritten`: all fits, but not a root that was signed.
 */
export type Tampering = 'removed' | 'inserted' | 'reordered' | 'changed' | 'rewritten';

export interface Break {
	readonly sequence: number;
	readonly what: Tampering;
}

/** An entry as it is found; null: nothing is under the sealed event's id. */
export interface FoundEntry {
	readonly sequence: number;
	readonly hash: string;
	readonly event: AuditEvent | null;
}

/** Where a chain that is sound so far ends. */
export interface ChainEnd {
	readonly sequence: number;
	readonly hash: string;
}

export const CHAIN_START: ChainEnd = { sequence: 0, hash: NO_HASH };

/** How far on an event that stands in the wrong place is looked for. */
const LOOK_AHEAD = 200;

/** Follows the chain on from where it is known to be sound; the first break, or its end. */
export function followChain(
	from: ChainEnd,
	entries: readonly (FoundEntry | AuditEntry)[],
): ChainEnd | Break {
	let end = from;
	for (const [at, entry] of entries.entries()) {
		const sequence = end.sequence + 1;
		if (entry.sequence !== sequence || entry.event === null) return { sequence, what: 'removed' };
		if (chainHash(end.hash, entry.event) !== entry.hash)
			return { sequence, what: nameBreak(end.hash, entries.slice(at, at + LOOK_AHEAD)) };
		end = { sequence, hash: entry.hash };
	}
	return end;
}

export function isBreak(result: ChainEnd | Break): result is Break {
	return 'what' in result;
}

/** The first entry does not fit after the hash: why. */
function nameBreak(previousHash: string, [entry, ...later]: readonly FoundEntry[]): Tampering {
	const fits = (event: AuditEvent | null, hash: string | undefined) =>
		event !== null && chainHash(previousHash, event) === hash;
	if (later.some(({ event }) => fits(event, entry?.hash))) return 'reordered';
	if (later.some(({ event, hash }) => fits(event, hash))) return 'inserted';
	return 'changed';
}
