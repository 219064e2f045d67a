/** What a table of SQLite may not hold twice: its primary key, its unique constraints and its unique indexes. */
import { sql, type Kysely } from 'kysely';

export interface Unique {
	readonly columns: readonly string[];
	/** Columns by which a row can come to be in another one's way. */
	readonly moves: readonly string[];
	/** Of a partial index: which rows count, as SQL about a row of that name. */
	readonly where?: (row: string) => string;
}

/** @throws {RangeError} slip: a partial index whose condition is not one column against one word */
export async function uniquesOf(db: Kysely<never>, table: string): Promise<Unique[]> {
	const { rows } = await sql<{ name: string; definition: string | null }>`
		select indexes.name as name, made.sql as definition from pragma_index_list(${table}) as indexes
			left join sqlite_master as made on made.type = 'index' and made.name = indexes.name
			where indexes."unique" = 1 order by indexes.name`.execute(db);
	const uniques: Unique[] = [await rowidKeyOf(db, table)].filter((key) => key !== undefined);
	for (const { name, definition } of rows) {
		const columns = await columnsOf(db, name);
		uniques.push({ columns, ...conditionOf(columns, definition) });
	}
	return uniques;
}

async function columnsOf(db: Kysely<never>, index: string): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select name from pragma_index_info(${index}) order by seqno`.execute(db);
	return rows.map(({ name }) => name);
}

/** A primary key of one integer is the row's own number and has no index. */
async function rowidKeyOf(db: Kysely<never>, table: string): Promise<Unique | undefined> {
	const { rows } = await sql<{ name: string; type: string }>`
		select name, type from pragma_table_info(${table}) where pk > 0`.execute(db);
	const [key] = rows;
	if (rows.length !== 1 || key?.type.toLowerCase() !== 'integer') return undefined;
	return { columns: [key.name], moves: [key.name] };
}

const CONDITION = / where "(\w+)" = '([\w-]+)'$/;

function conditionOf(
	columns: readonly string[],
	definition: string | null,
): Pick<Unique, 'where' | 'moves'> {
	if (definition === null || !/ where /.test(definition)) return { moves: columns };
	const [, column, word] = CONDITION.exec(definition) ?? [];
	if (column === undefined || word === undefined)
		throw new RangeError(`no guard is known for: ${definition}`);
	return { moves: [...columns, column], where: (row) => `${row}.${column} = '${word}'` };
}
