/** The one currency that a utility sells in. */
import type { Database, Write } from '../database/open.ts';

export interface UtilityCurrency {
	readonly code: string;
	readonly minorDigits: number;
}

export async function currencyOf(
	database: Database | Write,
	utilityId: string,
): Promise<UtilityCurrency> {
	const row = await database
		.selectFrom('utility')
		.select(['currency_code', 'currency_minor_digits'])
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	return { code: row.currency_code, minorDigits: row.currency_minor_digits };
}
