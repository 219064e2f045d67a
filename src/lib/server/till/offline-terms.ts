/** What the office lets a vendor's tills do without the network: set, read, and the defaults of those of whom nothing was said. */
import { isDeepStrictEqual } from 'node:util';
import type { OfflineTermsAnswer } from '#lib/core/sync/wire-till.ts';
import { findTermsErrors } from '#lib/core/vending/decide-terms.ts';
import { DEFAULT_OFFLINE_TERMS, type OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockVendor } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import type { OfflineTermsRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findVendor } from '../vendor/vendors.ts';

type Parts = Pick<Backend, 'database' | 'clock'>;

/** The terms that hold for a vendor's tills now. */
export async function offlineTermsOf(
	database: Database | Write,
	vendorId: string,
): Promise<OfflineTerms> {
	return termsOf(await findRow(database, vendorId));
}

/** More versions than any office sets while one till is out of reach. */
const MOST_VERSIONS = 20;

/** All terms that held at some moment since an instant, the newest first; the defaults where there were none. */
export async function offlineTermsSince(
	database: Database | Write,
	vendorId: string,
	sinceMs: number,
): Promise<OfflineTerms[]> {
	const rows = await database
		.selectFrom('offline_terms')
		.select(['terms', 'set_at_ms'])
		.where('vendor_id', '=', vendorId)
		.orderBy('set_at_ms', 'desc')
		.limit(MOST_VERSIONS)
		.execute();
	const before = rows.findIndex(({ set_at_ms: atMs }) => Number(atMs) <= sinceMs);
	const held = before < 0 ? rows : rows.slice(0, before + 1);
	const terms = held.map(termsOf);
	return terms.length === 0 ? [DEFAULT_OFFLINE_TERMS] : terms;
}

/** Refusal: `not-found`. */
export async function readOfflineTerms(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	vendorId: string,
): Promise<OfflineTermsAnswer | Refusal> {
	const vendor = await findVendor(database, caller, vendorId);
	return isRefusal(vendor)
		? vendor
		: await answerOf(database, vendorId, await findRow(database, vendorId));
}

/**
 * Makes the terms so; they hold from the next request of each till on. What a till sold before it could hear of
 * them is judged by those that it knew. Order: `not-found`, `body-shape` (they contradict each other).
 */
export async function putOfflineTerms(
	{ database, clock }: Parts,
	caller: Caller,
	vendorId: string,
	terms: OfflineTerms,
): Promise<OfflineTermsAnswer | Refusal> {
	return await transact(database, async (write) => {
		await lockVendor(write, vendorId);
		const vendor = await findVendor(write, caller, vendorId);
		if (isRefusal(vendor)) return vendor;
		const errors = findTermsErrors(terms);
		if (errors.length > 0) return { refusal: 'body-shape', errors };
		const present = await findRow(write, vendorId);
		if (present !== undefined && isDeepStrictEqual(termsOf(present), terms))
			return await answerOf(write, vendorId, present);
		const nowMs = clock.nowMs();
		const row: OfflineTermsRow = {
			...{ vendor_id: vendorId, utility_id: vendor.utility_id, terms: JSON.stringify(terms) },
			// The newest is the one that holds, also where two are set at once or the clock is set back.
			...{ set_by: actorOf(caller), set_at_ms: Math.max(nowMs, (present?.set_at_ms ?? 0) + 1) },
		};
		await write.insertInto('offline_terms').values(row).execute();
		await recordDeed(write, caller, deedOf(vendorId, terms), nowMs);
		return await answerOf(write, vendorId, row);
	});
}

async function findRow(
	database: Database | Write,
	vendorId: string,
): Promise<OfflineTermsRow | undefined> {
	return await database
		.selectFrom('offline_terms')
		.selectAll()
		.where('vendor_id', '=', vendorId)
		.orderBy('set_at_ms', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** What a row says; undefined: the office has said nothing. */
export const termsOf = (row: Pick<OfflineTermsRow, 'terms'> | undefined): OfflineTerms =>
	row === undefined ? DEFAULT_OFFLINE_TERMS : (JSON.parse(row.terms) as OfflineTerms);

async function answerOf(
	database: Database | Write,
	vendorId: string,
	row: OfflineTermsRow | undefined,
): Promise<OfflineTermsAnswer> {
	const setBy = row?.set_by ?? null;
	const setByName = setBy === null ? undefined : await nameOf(database, setBy);
	return {
		...{ vendorId, terms: termsShape(termsOf(row)), setAtMs: row?.set_at_ms ?? null, setBy },
		...(setByName !== undefined && { setByName }),
	};
}

/** An operator's name. @param actor as `actorOf` gives it */
async function nameOf(database: Database | Write, actor: string): Promise<string | undefined> {
	const found = await database
		.selectFrom('operator')
		.select('name')
		.where('id', '=', actor.replace(/^operator:/, ''))
		.executeTakeFirst();
	return found?.name;
}

/** Terms in the wire's own, mutable type. */
export function termsShape({ queued, unkept, reserve }: OfflineTerms): OfflineTermsAnswer['terms'] {
	return {
		queued,
		unkept,
		reserve: reserve && { ...reserve, denominationsMinor: [...reserve.denominationsMinor] },
	};
}

function deedOf(vendorId: string, { queued, unkept, reserve }: OfflineTerms) {
	const facts = {
		queuedSumMinor: queued?.sumMinor ?? null,
		queuedCount: queued?.count ?? null,
		unkeptSumMinor: unkept.sumMinor,
		reserveSumMinor: reserve?.sumMinor ?? null,
		reserveCount: reserve?.count ?? null,
	};
	return { action: 'offline-terms-set', subject: { kind: 'vendor', id: vendorId }, facts };
}
