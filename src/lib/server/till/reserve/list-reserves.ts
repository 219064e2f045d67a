/** `GET /reserves`: the sealed tokens that have left, and what became of them, for the office. Without digits. */
import type { ReserveList, ReserveQuery } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../../access/caller.ts';
import type { Backend } from '../../backend.ts';
import type { Database } from '../../database/open.ts';
import type { ReserveEndRow, ReserveRow } from '../../database/schema.ts';
import { currencyOf } from '../../meter/currency.ts';

const PAGE = 100;

type Listed = ReserveList['reserves'][number];

/** A page, the newest ids first. One that has run out and of whose end nobody has heard is still `sealed`. */
export async function listReserves(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Caller,
	{ vendor, after }: ReserveQuery,
): Promise<ReserveList> {
	let wanted = database
		.selectFrom('reserve')
		.innerJoin('reserve_seal', 'reserve_seal.vend_id', 'reserve.vend_id')
		.selectAll('reserve')
		.where('reserve.utility_id', '=', utilityId);
	if (vendor !== undefined) wanted = wanted.where('reserve.vendor_id', '=', vendor);
	if (after !== undefined) wanted = wanted.where('reserve.vend_id', '<', after);
	const rows = await wanted
		.orderBy('reserve.vend_id', 'desc')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const ends = await endsOfAll(database, page);
	const currency = await currencyOf(database, utilityId);
	return {
		reserves: page.map((row) => ({ ...shapeOf(row, ends.get(row.vend_id) ?? []), currency })),
		next: rows.length > PAGE ? (page.at(-1)?.vend_id ?? null) : null,
	};
}

async function endsOfAll(
	database: Database,
	page: readonly ReserveRow[],
): Promise<Map<string, ReserveEndRow[]>> {
	if (page.length === 0) return new Map();
	const ids = page.map(({ vend_id: id }) => id);
	const rows = await database
		.selectFrom('reserve_end')
		.selectAll()
		.where('vend_id', 'in', ids)
		.execute();
	return Map.groupBy(rows, ({ vend_id: id }) => id);
}

/** Of those that there may be beside each other, what stands. */
const BY_WEIGHT = ['revealed', 'returned', 'expired'] as const;

/** Pure. */
export function shapeOf(
	row: ReserveRow,
	ends: readonly Pick<ReserveEndRow, 'state' | 'at_ms'>[],
): Omit<Listed, 'currency'> {
	const state = BY_WEIGHT.find((each) => ends.some((end) => end.state === each)) ?? 'sealed';
	return {
		...{ vendId: row.vend_id, vendorId: row.vendor_id, terminalId: row.terminal_id },
		...{ drn: row.drn, denominationMinor: row.denomination_minor, state },
		...{ issuedAtMs: row.issued_at_ms, expiresAtMs: row.expires_at_ms },
		endedAtMs: ends.find((end) => end.state === state)?.at_ms ?? null,
	};
}
