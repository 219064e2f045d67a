/** A till's journal by the device that keeps it. */
import type { Database, Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import type { TillHeadRow } from '../database/schema.ts';
import { together } from '../database/together.ts';

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

/** Of the device that a till is now. Null: it keeps none; undefined: there is no such till. */
export async function findJournalOfTill(
	database: Database,
	terminalId: string,
): Promise<TillHeadRow | null | undefined> {
	const [[till], [head]] = await together(database, [
		tillOfId.with(database, { terminalId }),
		headOfTill.with(database, { terminalId }),
	]);
	return till === undefined ? undefined : (head ?? null);
}

const tillOfId = prepared<{ terminalId: string }>()((db, given) =>
	db.selectFrom('terminal').select('id').where('id', '=', given('terminalId')),
);

const headOfTill = prepared<{ terminalId: string }>()((db, given) =>
	db
		.selectFrom('terminal')
		.innerJoin('till_head', 'till_head.device_id', 'terminal.device_id')
		.selectAll('till_head')
		.where('terminal.id', '=', given('terminalId')),
);
