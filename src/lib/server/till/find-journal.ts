/** A till's journal by the device that keeps it. */
import type { Database, Write } from '../database/open.ts';
import type { TillHeadRow } from '../database/schema.ts';

export async function findJournal(
	database: Database | Write,
	deviceId: string,
): Promise<TillHeadRow | undefined> {
	return await database
		.selectFrom('till_head')
		.selectAll()
		.where('device_id', '=', deviceId)
		.executeTakeFirst();
}
