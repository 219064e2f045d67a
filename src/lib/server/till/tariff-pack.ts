/** `GET /packs/tariff`: what a till prices and seals by while the backend is out of its reach. No secret is in it. */
import type { TariffPack } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { Refusal } from '../refusal.ts';
import { packContentsOf, packVersionOf } from './pack-contents.ts';
import { findTill } from './status.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Order: `not-allowed` (no till), `terminal-unknown`. */
export async function makeTariffPack(
	backend: Pick<Backend, 'database' | 'clock' | 'saleKey' | 'till'>,
	caller: Caller,
): Promise<TariffPack | Refusal> {
	const till = await findTill(backend.database, caller);
	if ('refusal' in till) return till;
	const issuedAtMs = backend.clock.nowMs();
	const contents = await packContentsOf(backend, till, issuedAtMs);
	const meters = await metersByTariff(backend.database, caller.utilityId);
	const usedBy = ({ id }: { readonly id: string }): number => meters.get(id) ?? 0;
	return {
		...contents,
		// Those of equal use stay in the order of their ids: the sort is stable.
		tariffs: [...contents.tariffs].sort((one, other) => usedBy(other) - usedBy(one)),
		version: packVersionOf(contents),
		issuedAtMs,
		validUntilMs: issuedAtMs + backend.till.tariffPackDays * DAY_MS,
	};
}

/** Tariff → how many meters are on it. */
async function metersByTariff(
	database: Database,
	utilityId: string,
): Promise<ReadonlyMap<string, number>> {
	const rows = await database
		.selectFrom('meter')
		.select(({ fn }) => ['tariff_id', fn.countAll<number>().as('meters')])
		.where('utility_id', '=', utilityId)
		.groupBy('tariff_id')
		.execute();
	return new Map(rows.map(({ tariff_id: id, meters }) => [id, Number(meters)]));
}
