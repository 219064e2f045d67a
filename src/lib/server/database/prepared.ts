/**
 * Queries that are asked with every vend: built and compiled once for each kind of database, and then only
 * given their values. What is asked now and then is built each time it is asked.
 */
import type { CompiledQuery, Kysely } from 'kysely';
import { isPostgres } from './dialect.ts';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';

/** Stands in a query for a value that it is not built with. */
class Place {
	readonly name: PropertyKey;

	constructor(name: PropertyKey) {
		this.name = name;
	}
}

/** Names the value that a query is given in this place. */
export type Given<Values> = <Name extends keyof Values>(name: Name) => Values[Name];

/** A builder's query, or one that is written out. */
interface Built<Row> {
	compile(db: Kysely<Tables>): CompiledQuery<Row>;
}

type Build<Values, Row> = (db: Kysely<Tables>, given: Given<Values>) => Built<Row>;

/** A query without its values. */
export class Prepared<Values extends object, Row> {
	readonly #build: Build<Values, Row>;
	/** By whether it is PostgreSQL's. */
	readonly #compiled = new Map<boolean, CompiledQuery<Row>>();

	constructor(build: Build<Values, Row>) {
		this.#build = build;
	}

	/** The query with its values, to be asked together with others (`together.ts`). */
	with(database: Database, values: Values): CompiledQuery<Row> {
		const compiled = this.#compiledFor(database);
		const named = values as Readonly<Record<PropertyKey, unknown>>;
		const parameters = compiled.parameters.map((part) =>
			part instanceof Place ? named[part.name] : part,
		);
		return { ...compiled, parameters };
	}

	async all(database: Database, values: Values): Promise<Row[]> {
		return (await database.executeQuery(this.with(database, values))).rows;
	}

	async first(database: Database, values: Values): Promise<Row | undefined> {
		return (await this.all(database, values))[0];
	}

	/** Carries out what gives no rows. Answers how many it changed. */
	async run(database: Database, values: Values): Promise<number> {
		const { numAffectedRows } = await database.executeQuery(this.with(database, values));
		return Number(numAffectedRows ?? 0);
	}

	#compiledFor(database: Database): CompiledQuery<Row> {
		const kind = isPostgres(database);
		const known = this.#compiled.get(kind);
		if (known !== undefined) return known;
		const compiled = this.#build(database, given).compile(database);
		this.#compiled.set(kind, compiled);
		return compiled;
	}
}

/** A place passes for the value that it stands for: the builder only hands it on to the compiled query. */
const given = ((name: PropertyKey) => new Place(name)) as <Value>(name: PropertyKey) => Value;

/** `prepared<{ id: string }>()((db, given) => db.selectFrom('vend').where('id', '=', given('id')))`. */
export function prepared<Values extends object>() {
	return <Row>(build: Build<Values, Row>) => new Prepared<Values, Row>(build);
}
