/** The shift that a terminal sells in. */
import { sql, type CompiledQuery, type Kysely } from 'kysely';
import { isPostgres } from '../database/dialect.ts';
import type { Database, Write } from '../database/open.ts';
import { prepared, type Given } from '../database/prepared.ts';
import type { Tables } from '../database/schema.ts';

interface Asked {
	readonly terminalId: string;
}

/** Its id; undefined: none is open. */
export async function openShift(
	database: Database | Write,
	terminalId: string,
): Promise<string | undefined> {
	return (await openShiftOf.first(database, { terminalId }))?.id;
}

/** The same for who sells in it: it is not closed before their transaction has ended (`lockBatch`). */
export function sharedShift(write: Write, terminalId: string): CompiledQuery<{ id: string }> {
	return sharedShiftOf.with(write, { terminalId });
}

export async function shareShift(write: Write, terminalId: string): Promise<string | undefined> {
	return (await sharedShiftOf.first(write, { terminalId }))?.id;
}

const openShiftOf = prepared<Asked>()(shiftOf);

const sharedShiftOf = prepared<Asked>()((db, given) =>
	isPostgres(db) ? shiftOf(db, given).forKeyShare() : shiftOf(db, given),
);

function shiftOf(db: Kysely<Tables>, given: Given<Asked>) {
	return db
		.selectFrom('batch')
		.select('id')
		.where('terminal_id', '=', given('terminalId'))
		.where('kind', '=', 'shift')
		.where('state', '=', sql.lit('open'));
}
