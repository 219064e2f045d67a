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

/**
 * The same for who sells in it: it is not closed before their transaction has ended (`lockBatch`).
 * @param named only this one will do
 */
export function sharedShift(
	write: Write,
	terminalId: string,
	named?: string,
): CompiledQuery<{ id: string }> {
	return named === undefined
		? sharedShiftOf.with(write, { terminalId })
		: namedShiftOf.with(write, { terminalId, shiftId: named });
}

export async function shareShift(
	write: Write,
	terminalId: string,
	named?: string,
): Promise<string | undefined> {
	return (await write.executeQuery(sharedShift(write, terminalId, named))).rows[0]?.id;
}

const openShiftOf = prepared<Asked>()(shiftOf);

const sharedShiftOf = prepared<Asked>()((db, given) =>
	isPostgres(db) ? shiftOf(db, given).forKeyShare() : shiftOf(db, given),
);

const namedShiftOf = prepared<Asked & { readonly shiftId: string }>()((db, given) => {
	const named = shiftOf(db, given).where('id', '=', given('shiftId'));
	return isPostgres(db) ? named.forKeyShare() : named;
});

function shiftOf(db: Kysely<Tables>, given: Given<Asked>) {
	return db
		.selectFrom('batch')
		.select('id')
		.where('terminal_id', '=', given('terminalId'))
		.where('kind', '=', 'shift')
		.where('state', '=', sql.lit('open'));
}
