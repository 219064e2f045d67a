/** Tables of migrations in few words. */
import type { ColumnDataType, CreateTableBuilder, Kysely } from 'kysely';

/** Column name → type, each not null unless the type ends in `?`. */
export type Columns = Readonly<
	Record<string, 'text' | 'bigint' | 'integer' | 'text?' | 'bigint?' | 'integer?'>
>;

/** A table of these columns with its primary key; constraints may be added before it is executed. */
export function table(
	db: Kysely<never>,
	name: string,
	primaryKey: readonly string[],
	columns: Columns,
): CreateTableBuilder<string, string> {
	let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
	for (const [column, type] of Object.entries(columns))
		builder = builder.addColumn(column, type.replace('?', '') as ColumnDataType, (definition) =>
			type.endsWith('?') ? definition : definition.notNull(),
		);
	return builder.addPrimaryKeyConstraint(`${name}_pk`, [...primaryKey]);
}

export async function index(
	db: Kysely<never>,
	name: string,
	on: string,
	columns: readonly string[],
): Promise<void> {
	await db.schema
		.createIndex(name)
		.on(on)
		.columns([...columns])
		.execute();
}
