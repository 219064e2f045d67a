/** The utility's supply groups with what is known of their keys: never where the security module keeps them. */
import type { SupplyGroupList } from '#lib/core/sync/wire-estate.ts';
import { keyEnd } from '#lib/core/vending/key-warning.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { SupplyGroupKeyRow } from '../database/schema.ts';

export async function listSupplyGroups(
	{ database, clock }: Backend,
	{ utilityId }: Caller,
): Promise<SupplyGroupList> {
	const groups = await database
		.selectFrom('supply_group')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.orderBy('sgc')
		.execute();
	const keys = await database
		.selectFrom('supply_group_key')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.orderBy('krn')
		.execute();
	const nowMs = clock.nowMs();
	return {
		supplyGroups: groups.map(({ sgc, name, current_krn, blind_tariff_id }) => ({
			...{ sgc, name, currentKrn: current_krn, blindTariffId: blind_tariff_id },
			keys: keys.filter((key) => key.sgc === sgc).map((key) => keyShape(key, nowMs)),
		})),
	};
}

function keyShape(key: SupplyGroupKeyRow, nowMs: number) {
	const { krn, base_year: baseYear, ken, dkga, kt } = key;
	return {
		...{ krn, baseYear, ken, dkga, kt, publicTest: key.public_test === 1 },
		...{ activeFromMs: key.active_from_ms, issueUntilMs: key.issue_until_ms },
		unitLimitDeciKwh: key.unit_limit_deci_kwh,
		...keyEnd(key.issue_until_ms, nowMs),
	};
}
