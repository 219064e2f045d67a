/** A meter of the caller's utility by its number, where no more than its row is needed. */
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/open.ts';
import type { MeterRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';

/** Refusals: `decideMeterNumber`, then `meter-unknown`. @param text as a person wrote it */
export async function knownMeter(
	database: Database,
	{ utilityId }: Pick<Caller, 'utilityId'>,
	text: string,
): Promise<MeterRow | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const meter = await database
		.selectFrom('meter')
		.selectAll()
		.where('drn', '=', number.drn)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	return meter ?? { refusal: 'meter-unknown' };
}
