/**
 * What a till prices, counts and seals by when it is alone, and the name of that state: the till asks for the
 * pack again once its name has changed, and not before.
 */
import type { OfflineTermsAnswer, TariffPack } from '#lib/core/sync/wire-till.ts';
import { denominationsOf } from '#lib/core/units/denominations.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import type { Database } from '../database/open.ts';
import type { OperatorRow, TerminalRow } from '../database/schema.ts';
import { utilityShape } from '../meter/find-meter.ts';
import { tariffShape } from '../meter/tariff-shape.ts';
import { offlineTermsOf, termsShape } from './offline-terms.ts';

/** A pack without its times and its name; the tariffs by id. */
export type PackContents = Omit<TariffPack, 'version' | 'issuedAtMs' | 'validUntilMs'>;

type Parts = Pick<Backend, 'database' | 'saleKey'>;
type Till = Pick<TerminalRow, 'id' | 'utility_id' | 'vendor_id'>;

/** As it is at the moment. */
export async function packContentsOf(
	{ database, saleKey }: Parts,
	{ id: terminalId, utility_id: utilityId, vendor_id: vendorId }: Till,
	nowMs: number,
): Promise<PackContents> {
	const utility = await database
		.selectFrom('utility')
		.selectAll()
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	const terms: OfflineTermsAnswer['terms'] = termsShape(await offlineTermsOf(database, vendorId));
	return {
		...{ utilityId, utility: utilityShape(utility), terminalId, saleKey: saleKey.publicKey },
		minTenderMinor: utility.min_tender_minor,
		maxTenderMinor: utility.max_tender_minor,
		tariffs: await tariffsInForce(database, utilityId, nowMs),
		terms,
		denominationsMinor: [...denominationsOf(utility.currency_code, utility.currency_minor_digits)],
		operators: await operatorsOf(database, utilityId, vendorId),
	};
}

/** The same contents have the same name, whatever the time. */
export function packVersionOf(contents: PackContents): string {
	return contentHash(contents).hash.slice(0, 32);
}

/** Of each tariff the version that is sold by. */
async function tariffsInForce(database: Database, utilityId: string, nowMs: number) {
	const rows = await database
		.selectFrom((db) =>
			db
				.selectFrom('tariff')
				.select(['id', 'definition'])
				.select(({ fn }) =>
					fn
						.agg<number>('row_number')
						.over((over) =>
							over.partitionBy('id').orderBy('valid_from_ms', 'desc').orderBy('version', 'desc'),
						)
						.as('place'),
				)
				.where('utility_id', '=', utilityId)
				.where('valid_from_ms', '<=', nowMs)
				.as('version'),
		)
		.select('definition')
		.where('place', '=', 1)
		.orderBy('id')
		.execute();
	return rows.map(({ definition }) => tariffShape(JSON.parse(definition) as Tariff));
}

async function operatorsOf(
	database: Database,
	utilityId: string,
	vendorId: string,
): Promise<PackContents['operators']> {
	const people = await database
		.selectFrom('operator')
		.select(['id', 'name', 'roles'])
		.where('vendor_id', '=', vendorId)
		.where('utility_id', '=', utilityId)
		.where('state', '=', 'active')
		.orderBy('id')
		.execute();
	const sells = ({ roles }: Pick<OperatorRow, 'roles'>) =>
		(JSON.parse(roles) as readonly string[]).includes('agent');
	return people.filter(sells).map(({ id, name }) => ({ id, name }));
}
