/** The version of a tariff that follows the one in force, for whoever plans ahead. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import type { Database } from '../database/open.ts';
import { tariffShape } from './tariff-shape.ts';

/** Undefined: none is set. Of two that begin at the same time the later version. */
export async function nextTariffOf(
	database: Database,
	tariffId: string,
	nowMs: number,
): Promise<MeterConfirmation['nextTariff']> {
	const row = await database
		.selectFrom('tariff')
		.select(['definition', 'valid_from_ms'])
		.where('id', '=', tariffId)
		.where('valid_from_ms', '>', nowMs)
		.orderBy('valid_from_ms')
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (row === undefined) return undefined;
	const tariff = tariffShape(JSON.parse(row.definition) as Tariff);
	return { tariff, fromMs: row.valid_from_ms };
}
