/** `GET /reserves`: the sealed tokens that were made, and what became of them, for the office. Without digits. */
import type { Reserve, ReserveList, ReserveQuery } from '#lib/core/sync/wire-reserves.ts';
import type { Caller } from '../../access/caller.ts';
import type { Backend } from '../../backend.ts';
import type { Database, Write } from '../../database/open.ts';
import type { ReserveEndRow, ReserveRow } from '../../database/schema.ts';
import { currencyOf } from '../../meter/currency.ts';
import { formatReceiptNumber } from '../../vend/receipt-series.ts';

const PAGE = 100;

/** A page, the newest ids first. One that has run out and of whose end nobody has heard is still `sealed`. */
export async function listReserves(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Caller,
	{ vendor, after }: ReserveQuery,
): Promise<ReserveList> {
	let wanted = thatWereMade(database, utilityId);
	if (vendor !== undefined) wanted = wanted.where('reserve.vendor_id', '=', vendor);
	if (after !== undefined) wanted = wanted.where('reserve.vend_id', '<', after);
	const rows = await wanted
		.orderBy('reserve.vend_id', 'desc')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	return {
		reserves: await withEnds(database, utilityId, page),
		next: rows.length > PAGE ? (page.at(-1)?.vend_id ?? null) : null,
	};
}

/** Those of these vends that are sealed tokens of the caller's utility, as in the list. */
export async function readReserves(
	database: Database | Write,
	{ utilityId }: Pick<Caller, 'utilityId'>,
	vendIds: readonly string[],
): Promise<Reserve[]> {
	if (vendIds.length === 0) return [];
	const rows = await thatWereMade(database, utilityId)
		.where('reserve.vend_id', 'in', vendIds)
		.execute();
	return await withEnds(database, utilityId, rows);
}

/** Whose float is down for them: with the names of whose they are, and the number of the receipt. */
function thatWereMade(database: Database | Write, utilityId: string) {
	return database
		.selectFrom('reserve')
		.leftJoin('reserve_seal', 'reserve_seal.vend_id', 'reserve.vend_id')
		.innerJoin('vend', 'vend.id', 'reserve.vend_id')
		.innerJoin('vendor', 'vendor.id', 'reserve.vendor_id')
		.innerJoin('terminal', 'terminal.id', 'reserve.terminal_id')
		.selectAll('reserve')
		.select(['vendor.name as vendor_name', 'terminal.name as terminal_name'])
		.select(['vend.issuing_point', 'vend.receipt_number', 'reserve_seal.sealed'])
		.where('vend.state', '=', 'issued')
		.where('reserve.utility_id', '=', utilityId);
}

type SeenRow = ReserveRow &
	Awaited<ReturnType<ReturnType<typeof thatWereMade>['executeTakeFirstOrThrow']>>;

async function withEnds(
	database: Database | Write,
	utilityId: string,
	rows: readonly SeenRow[],
): Promise<Reserve[]> {
	const ends = await endsOfAll(database, rows);
	const currency = await currencyOf(database, utilityId);
	return rows.map((row) => ({ ...shapeOf(row, ends.get(row.vend_id) ?? []), currency }));
}

async function endsOfAll(
	database: Database | Write,
	rows: readonly SeenRow[],
): Promise<Map<string, ReserveEndRow[]>> {
	if (rows.length === 0) return new Map();
	const ids = rows.map(({ vend_id: id }) => id);
	const ends = await database
		.selectFrom('reserve_end')
		.selectAll()
		.where('vend_id', 'in', ids)
		.execute();
	return Map.groupBy(ends, ({ vend_id: id }) => id);
}

/** Of those that there may be beside each other, what stands. */
const BY_WEIGHT = ['revealed', 'returned', 'expired'] as const;

/** Pure. */
export function shapeOf(
	row: SeenRow,
	ends: readonly Pick<ReserveEndRow, 'state' | 'at_ms'>[],
): Omit<Reserve, 'currency'> {
	const ended = BY_WEIGHT.find((each) => ends.some((end) => end.state === each));
	const state = ended ?? (row.sealed === null ? 'unfetched' : 'sealed');
	const { issuing_point: point, receipt_number: receipt } = row;
	return {
		...{ vendId: row.vend_id, vendorId: row.vendor_id, vendorName: row.vendor_name },
		...{ terminalId: row.terminal_id, terminalName: row.terminal_name },
		...{ drn: row.drn, denominationMinor: row.denomination_minor, state },
		receiptNumber: receipt === null ? null : formatReceiptNumber(point, receipt),
		...{ issuedAtMs: row.issued_at_ms, expiresAtMs: row.expires_at_ms },
		endedAtMs: ends.find((end) => end.state === state)?.at_ms ?? null,
	};
}
