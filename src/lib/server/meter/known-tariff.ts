/** Whether a meter can be sold to by a tariff. */
import type { Database, Write } from '../database/open.ts';

/** A tariff of the utility with a version that is in force at the moment. */
export async function isTariffInForce(
	database: Database | Write,
	utilityId: string,
	id: string,
	nowMs: number,
): Promise<boolean> {
	const tariff = await database
		.selectFrom('tariff')
		.select('id')
		.where('id', '=', id)
		.where('utility_id', '=', utilityId)
		.where('valid_from_ms', '<=', nowMs)
		.limit(1)
		.executeTakeFirst();
	return tariff !== undefined;
}
