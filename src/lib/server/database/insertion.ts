/** Rows added to a table: compiled once for each table, number of rows and set of columns. */
import type { CompiledQuery, Insertable } from 'kysely';
import type { Database } from './open.ts';
import { Prepared } from './prepared.ts';
import type { Tables } from './schema.ts';

type Row = Readonly<Record<string, unknown>>;
type Insertion = Prepared<readonly unknown[], unknown>;

const known = new Map<string, Insertion>();
/** More rows in one statement than any vend writes: not worth being kept. */
const MAX_ROWS = 32;

/** Adds rows, all with the same columns. @throws {RangeError} slip: none */
export function insertion<Table extends keyof Tables>(
	database: Database,
	table: Table,
	rows: readonly Insertable<Tables[Table]>[],
): CompiledQuery {
	const [first] = rows as readonly Row[];
	if (first === undefined) throw new RangeError('no rows');
	const columns = Object.keys(first);
	const values = (rows as readonly Row[]).flatMap((row) => columns.map((column) => row[column]));
	return insertionOf(table, columns, rows.length).with(database, values);
}

function insertionOf(table: keyof Tables, columns: readonly string[], count: number): Insertion {
	const key = `${table} ${count} ${columns.join()}`;
	const kept = known.get(key);
	if (kept !== undefined) return kept;
	const made: Insertion = new Prepared((db, given) => {
		const row = (at: number) =>
			columns.map((column, place) => [column, given(at * columns.length + place)] as const);
		const rows = Array.from({ length: count }, (_, at) => Object.fromEntries(row(at)));
		return db.insertInto(table).values(rows as never);
	});
	if (count <= MAX_ROWS) known.set(key, made);
	return made;
}
