/** The key a meter is to be on: of its supply group the revision that the office has made the current one. */
import type { Database } from '../database/open.ts';
import type { MeterRow, SupplyGroupKeyRow } from '../database/schema.ts';

export interface TargetKey {
	readonly sgc: string;
	readonly krn: number;
	readonly ti: string;
	/** Undefined: this service has no such key. */
	readonly key: SupplyGroupKeyRow | undefined;
}

/**
 * Where a meter is to be that is moved to this supply group and tariff index. A group of another utility is
 * not known. Where the office has it: `find-meter.ts`.
 */
export async function targetOf(
	database: Database,
	meter: Pick<MeterRow, 'utility_id' | 'krn'>,
	{ sgc, ti }: { readonly sgc: string; readonly ti: string },
): Promise<TargetKey> {
	const group = await database
		.selectFrom('supply_group')
		.select('current_krn')
		.where('sgc', '=', sgc)
		.where('utility_id', '=', meter.utility_id)
		.executeTakeFirst();
	if (group === undefined) return { sgc, krn: meter.krn, ti, key: undefined };
	const krn = group.current_krn;
	return { sgc, krn, ti, key: await keyAt(database, { sgc, krn }) };
}

export async function keyAt(
	database: Database,
	{ sgc, krn }: { readonly sgc: string; readonly krn: number },
): Promise<SupplyGroupKeyRow | undefined> {
	return await database
		.selectFrom('supply_group_key')
		.selectAll()
		.where('sgc', '=', sgc)
		.where('krn', '=', krn)
		.executeTakeFirst();
}
