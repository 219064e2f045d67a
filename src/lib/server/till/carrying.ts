/** What carrying out an entry that was taken is given, and what it says has become of it. */
import type { SignedTillEntry, TillSale } from '#lib/core/sync/till-journal.ts';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import type { EntryOutcome, TillAlarm } from '#lib/core/sync/wire-till.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { canTryAgain } from '#lib/core/vending/refusals.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { TillEntryRow } from '../database/schema.ts';
import type { Digits } from '../vend/finish-issue.ts';

/** The till that an entry is of, whoever hands it in. */
export type TillCaller = Caller & { readonly vendorId: string; readonly terminalId: string };

export type EntryOf<Kind extends TillKind> = Extract<SignedTillEntry, { kind: Kind }>;

export interface Carrying<Kind extends TillKind> {
	readonly backend: Backend;
	readonly till: TillCaller;
	readonly entry: EntryOf<Kind>;
	/** Its place in the journal; its outcome is not final yet, or may still change. */
	readonly row: TillEntryRow;
	/** Of a sale, what its seal holds; undefined: it cannot be read, or the entry is no sale. */
	readonly sale: TillSale | undefined;
	/** Whether somebody is shown a sale's token now. */
	readonly digits: Digits;
}

export interface Carried extends EntryOutcome {
	/** For the office, written down together with the outcome. */
	readonly alarm?: { readonly kind: TillAlarm; readonly facts: Record<string, string | number> };
}

/**
 * Carries an entry out, or finds that it was: it may be called again for the same entry, by two at once as well.
 * `waiting` and `issuing` are asked for again; any other outcome is kept. What is thrown counts as `waiting`.
 */
export type CarryOut<Kind extends TillKind> = (carrying: Carrying<Kind>) => Promise<Carried>;

export const DONE: Carried = { state: 'done', code: null, sealed: null };

/** A refusal as an outcome: one that may end by itself is waited for. */
export function refusedWith(code: RefusalCode): Carried {
	return { state: canTryAgain(code) ? 'waiting' : 'refused', code, sealed: null };
}
