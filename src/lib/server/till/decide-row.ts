/** What a row of a journal is to what is known of it: pure. */
import {
	decidePlace,
	NO_PREVIOUS,
	type JournalHead,
	type Linked,
} from '#lib/core/sync/journal-chain.ts';
import type { MissingEntry } from '#lib/core/sync/wire-till.ts';

/** Number → hash of what stands there, an entry or one that is told to be missing. */
export type KnownPlaces = ReadonlyMap<
	number,
	{ readonly hash: string; readonly isMissing: boolean }
>;

export type Contradiction = 'fork' | 'rolled-back';

export type EntryStanding =
	/** Taken before. */
	| { readonly standing: 'known' }
	| { readonly standing: 'next' }
	/** It was told to be missing, and here it is. */
	| { readonly standing: 'found' }
	| { readonly standing: 'gap'; readonly expected: number }
	| {
			readonly standing: 'contradicts';
			readonly as: Contradiction;
			/** The first number that two entries have. */
			readonly sequence: number;
	  };

/**
 * A device that goes on from an older state writes another entry after one that we know: `rolled-back`. Anything
 * else that does not fit is `fork`: it follows an entry that we never had, so both lines have gone on. Whether
 * there is one device that was put back, or two with one key, nobody can tell from the first such entry: a copy
 * that sells once looks the same. So either ends the journal.
 * @param places of the numbers around it, as far as anything stands there
 */
export function decideEntry(
	head: JournalHead,
	places: KnownPlaces,
	entry: Linked,
	hash: string,
): EntryStanding {
	const there = places.get(entry.sequence);
	if (there?.hash === hash) return { standing: there.isMissing ? 'found' : 'known' };
	const at = decidePlace(head, entry);
	if (at.place === 'gap') return { standing: 'gap', expected: at.expected };
	if (at.place === 'next') return { standing: 'next' };
	const before =
		entry.sequence === 1 ? NO_PREVIOUS : (places.get(entry.sequence - 1)?.hash ?? undefined);
	const goesOn = entry.sequence <= head.sequence && before === entry.previousHash;
	return {
		standing: 'contradicts',
		as: goesOn ? 'rolled-back' : 'fork',
		sequence: at.sequence,
	};
}

/** Only the next one can be told to be missing; told again, it is the same. */
export function decideMissing(
	head: JournalHead,
	places: KnownPlaces,
	{ sequence, hash }: MissingEntry,
): 'known' | 'next' | { readonly expected: number } {
	if (places.get(sequence)?.hash === hash) return 'known';
	return sequence === head.sequence + 1 ? 'next' : { expected: head.sequence + 1 };
}
