/** What a sale needs to know of one meter, in three questions that are asked together (`find-meter.ts`). */
import { sql } from 'kysely';
import { prepared } from '../database/prepared.ts';

interface Asked {
	readonly drn: string;
	readonly utilityId: string;
	readonly nowMs: number;
}

/** With its customer, its account, and the current key revision of the supply group it is to be in. */
export const meterOfNumber = prepared<Asked>()((db, given) =>
	db
		.selectFrom('meter')
		.innerJoin('customer', 'customer.id', 'meter.customer_id')
		.innerJoin('account', 'account.drn', 'meter.drn')
		.leftJoin('supply_group as target', (join) =>
			join
				.on('target.sgc', '=', ({ fn }) => fn.coalesce('meter.next_sgc', 'meter.sgc'))
				.onRef('target.utility_id', '=', 'meter.utility_id'),
		)
		.selectAll(['meter', 'account'])
		.select(['customer.name as owner_name', 'customer.phone as owner_phone'])
		.select((build) => [
			'target.current_krn as target_krn',
			build
				.selectFrom('vend')
				.select('vend.id')
				.whereRef('vend.drn', '=', 'meter.drn')
				// Written out, so that the index of vends in the making is found to hold them.
				.where('vend.state', '=', sql.lit('issuing'))
				.as('issuing_id'),
		])
		.where('meter.drn', '=', given('drn'))
		.where('meter.utility_id', '=', given('utilityId')),
);

/** With the meter's tariff in the version in force. */
export const utilityOfMeter = prepared<Asked>()((db, given) =>
	db
		.selectFrom('utility')
		.selectAll()
		.select((build) =>
			build
				.selectFrom('tariff')
				.innerJoin('meter', 'meter.tariff_id', 'tariff.id')
				.select('tariff.definition')
				.where('meter.drn', '=', given('drn'))
				.where('tariff.valid_from_ms', '<=', given('nowMs'))
				.orderBy('tariff.valid_from_ms', 'desc')
				.orderBy('tariff.version', 'desc')
				.limit(1)
				.as('tariff'),
		)
		.where('utility.id', '=', given('utilityId')),
);

/** The key that it is on and the one that it is to be on, where there are such keys. */
export const keysOfMeter = prepared<Asked>()((db, given) =>
	db
		.selectFrom('meter')
		.leftJoin('supply_group as target', (join) =>
			join
				.on('target.sgc', '=', ({ fn }) => fn.coalesce('meter.next_sgc', 'meter.sgc'))
				.onRef('target.utility_id', '=', 'meter.utility_id'),
		)
		.innerJoin('supply_group_key as key', (join) =>
			join.on(({ and, or, eb, ref }) =>
				or([
					and([eb('key.sgc', '=', ref('meter.sgc')), eb('key.krn', '=', ref('meter.krn'))]),
					and([
						eb('key.sgc', '=', ref('target.sgc')),
						eb('key.krn', '=', ref('target.current_krn')),
					]),
				]),
			),
		)
		.selectAll('key')
		.where('meter.drn', '=', given('drn')),
);
