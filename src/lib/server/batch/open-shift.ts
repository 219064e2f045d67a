/** The shift that a terminal sells in. */
import { isPostgres } from '../database/dialect.ts';
import type { Database, Write } from '../database/open.ts';

/** Its id; undefined: none is open. */
export async function openShift(
	database: Database | Write,
	terminalId: string,
): Promise<string | undefined> {
	return (await shiftOf(database, terminalId).executeTakeFirst())?.id;
}

/** The same for who sells in it: it is not closed before their transaction has ended (`lockBatch`). */
export async function shareShift(write: Write, terminalId: string): Promise<string | undefined> {
	const shift = shiftOf(write, terminalId);
	return (await (isPostgres(write) ? shift.forKeyShare() : shift).executeTakeFirst())?.id;
}

function shiftOf(database: Database | Write, terminalId: string) {
	return database
		.selectFrom('batch')
		.select('id')
		.where('terminal_id', '=', terminalId)
		.where('kind', '=', 'shift')
		.where('state', '=', 'open');
}
