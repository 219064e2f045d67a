/** Sealed tokens as rows: what a device has out, and what says that a meter is a regular. */
import { REGULAR_SALES, REGULAR_WINDOW_MS } from '#lib/core/vending/reserve-plan.ts';
import type { Database, Write } from '../../database/open.ts';
import type { ReserveEndRow, ReserveRow } from '../../database/schema.ts';
import { stillSealed } from './sealed.ts';

export async function findReserve(
	database: Database | Write,
	vendId: string,
): Promise<ReserveRow | undefined> {
	return await database
		.selectFrom('reserve')
		.selectAll()
		.where('vend_id', '=', vendId)
		.executeTakeFirst();
}

/** One that has left for this device; undefined: there is none of this id. */
export async function findSealedReserve(
	database: Database | Write,
	vendId: string,
	deviceId: string,
): Promise<ReserveRow | undefined> {
	return await database
		.selectFrom('reserve')
		.innerJoin('reserve_seal', 'reserve_seal.vend_id', 'reserve.vend_id')
		.selectAll('reserve')
		.where('reserve.vend_id', '=', vendId)
		.where('reserve.device_id', '=', deviceId)
		.executeTakeFirst();
}

/** How it ended, by its own word, and by the office's. */
export async function endsOf(database: Database | Write, vendId: string): Promise<ReserveEndRow[]> {
	return await database
		.selectFrom('reserve_end')
		.selectAll()
		.where('vend_id', '=', vendId)
		.execute();
}

/** Made, or in the making, and neither revealed nor ended: also those that have run out meanwhile. */
export async function outOn(
	write: Write,
	deviceId: string,
): Promise<{ count: number; sumMinor: number }> {
	const row = await write
		.selectFrom('reserve')
		.innerJoin('vend', 'vend.id', 'reserve.vend_id')
		.select(({ fn, val }) => [
			fn.countAll<number>().as('count'),
			fn.coalesce(fn.sum<number>('reserve.denomination_minor'), val(0)).as('sum'),
		])
		.where('reserve.device_id', '=', deviceId)
		.where('vend.state', 'not in', ['refused', 'reversed'])
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('reserve_end')
						.select('reserve_end.vend_id')
						.whereRef('reserve_end.vend_id', '=', 'reserve.vend_id'),
				),
			),
		)
		.executeTakeFirstOrThrow();
	return { count: Number(row.count), sumMinor: Number(row.sum) };
}

/** The latest of the vendor's sales to a meter, as many as tell whether it is a regular; no sealed ones. */
export async function soldTimes(
	write: Write,
	vendorId: string,
	drn: string,
	nowMs: number,
): Promise<number[]> {
	const rows = await write
		.selectFrom('vend')
		.select('vend.accepted_at_ms')
		.where('vend.drn', '=', drn)
		.where('vend.accepted_at_ms', '>', nowMs - REGULAR_WINDOW_MS)
		.where('vend.vendor_id', '=', vendorId)
		.where('vend.kind', '=', 'credit')
		.where('vend.state', '=', 'issued')
		.where((is) => is.not(stillSealed(is)))
		.orderBy('vend.accepted_at_ms', 'desc')
		.limit(REGULAR_SALES)
		.execute();
	return rows.map(({ accepted_at_ms: atMs }) => atMs);
}
