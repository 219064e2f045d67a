/** Every version of the utility's tariffs: what was, is and will be sold by. */
import type { TariffList, TariffQuery } from '#lib/core/sync/wire-estate.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { currencyOf } from './currency.ts';
import { tariffShape } from './tariff-shape.ts';

const PAGE = 100;

/** A page by id and version. */
export async function listTariffs(
	{ database }: Backend,
	{ utilityId }: Caller,
	{ after = '@0' }: TariffQuery,
): Promise<TariffList> {
	const [id = '', version = ''] = after.split('@');
	const rows = await database
		.selectFrom('tariff')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where((is) =>
			is.or([is('id', '>', id), is.and([is('id', '=', id), is('version', '>', Number(version))])]),
		)
		.orderBy('id')
		.orderBy('version')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const last = page.at(-1);
	return {
		tariffs: page.map((row) => ({
			tariff: tariffShape(JSON.parse(row.definition) as Tariff),
			validFromMs: row.valid_from_ms,
		})),
		currency: await currencyOf(database, utilityId),
		next: rows.length > PAGE && last ? `${last.id}@${last.version}` : null,
	};
}
