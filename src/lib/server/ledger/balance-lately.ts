/**
 * The balance of an account that is shown again and again, to many: what is older than an hour is summed once and
 * remembered, so that showing it costs the entries of the last hours and not of all years. For what is shown: whoever
 * moves money by a balance asks `balanceOf`.
 */
import type { Database } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';

interface Base {
	/** Entries up to and including this instant are in it. */
	readonly untilMs: number;
	readonly sumMinor: number;
}

const HOUR_MS = 60 * 60_000;
/** How much younger than the base entries may be before the base is moved on. */
const FRESH_MS = 2 * HOUR_MS;
const MOST_KNOWN = 10_000;
const known = new WeakMap<Database, Map<string, Base>>();

/** Its entries since the base, as a query to be asked together with others, and the base. */
export async function baseOf(database: Database, id: string, nowMs: number): Promise<Base> {
	const bases = known.get(database) ?? new Map<string, Base>();
	known.set(database, bases);
	const base = bases.get(id);
	// A clock that was set back: what is booked by it now may be before the base.
	const isUsable = base !== undefined && base.untilMs < nowMs;
	if (isUsable && nowMs - base.untilMs <= FRESH_MS) return base;
	const untilMs = nowMs - HOUR_MS;
	const from = isUsable ? base : { untilMs: -1, sumMinor: 0 };
	const row = await sumBetween.first(database, { id, afterMs: from.untilMs, untilMs });
	const next = { untilMs, sumMinor: from.sumMinor + Number(row?.sum ?? 0) };
	if (bases.size >= MOST_KNOWN) bases.clear();
	bases.set(id, next);
	return next;
}

/** What comes after a base, one row `sum`, null where nothing does. */
export function sumSince(database: Database, id: string, { untilMs }: Base) {
	return sumBetween.with(database, {
		id,
		afterMs: untilMs,
		untilMs: Number.MAX_SAFE_INTEGER,
	});
}

const sumBetween = prepared<{ id: string; afterMs: number; untilMs: number }>()((db, given) =>
	db
		.selectFrom('ledger_entry')
		.select(({ fn }) => fn.sum<number | null>('amount_minor').as('sum'))
		.where('account_id', '=', given('id'))
		.where('at_ms', '>', given('afterMs'))
		.where('at_ms', '<=', given('untilMs')),
);
