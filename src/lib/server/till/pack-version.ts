/**
 * The name of a till's pack without making the pack: what it is made of is known by the few rows that change it,
 * so that whoever hands in a sale does not pay for the reading and hashing of every tariff.
 */
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { TerminalRow, UtilityRow } from '../database/schema.ts';
import { packContentsOf, packVersionOf } from './pack-contents.ts';

/** What a pack is made of, by what changes with it. */
export interface PackMarks {
	readonly utility: UtilityRow;
	/** JSON; undefined: the office has said nothing. */
	readonly terms: { readonly terms: string } | undefined;
	readonly tariffs: readonly { readonly id: string; readonly version: number }[];
	readonly operators: readonly {
		readonly id: string;
		readonly name: string;
		readonly roles: string;
	}[];
}

type Asked = Pick<TerminalRow, 'utility_id' | 'vendor_id'> & { readonly nowMs: number };

/** To be asked together with others, and given to `marksOf` in this order. */
export function markQueries(database: Database, { utility_id, vendor_id, nowMs }: Asked) {
	const values = { utilityId: utility_id, vendorId: vendor_id, nowMs };
	return [
		utilityOfId.with(database, values),
		termsOfVendor.with(database, values),
		versionsInForce.with(database, values),
		activeOperators.with(database, values),
	] as const;
}

/** Names of packs by what they are made of, of each database. */
const known = new WeakMap<Database, Map<string, string>>();
const MOST_KNOWN = 10_000;

export async function packVersionBy(
	backend: Pick<Backend, 'database' | 'saleKey'>,
	till: Pick<TerminalRow, 'id' | 'utility_id' | 'vendor_id'>,
	marks: PackMarks,
	nowMs: number,
): Promise<string> {
	const { database } = backend;
	const names = known.get(database) ?? new Map<string, string>();
	known.set(database, names);
	const { x } = backend.saleKey.publicKey;
	const keyOf = (of: PackMarks) => JSON.stringify([till.id, x, of]);
	const key = keyOf(marks);
	const name = names.get(key);
	if (name !== undefined) return name;
	const made = packVersionOf(await packContentsOf(backend, till, nowMs));
	const [[utility], [terms], tariffs, operators] = await together(
		database,
		markQueries(database, { ...till, nowMs }),
	);
	// Kept only where nothing was changed while it was made.
	if (utility !== undefined && keyOf({ utility, terms, tariffs, operators }) === key) {
		if (names.size >= MOST_KNOWN) names.clear();
		names.set(key, made);
	}
	return made;
}

interface Values {
	readonly utilityId: string;
	readonly vendorId: string;
	readonly nowMs: number;
}

const utilityOfId = prepared<Values>()((db, given) =>
	db.selectFrom('utility').selectAll().where('id', '=', given('utilityId')),
);

const termsOfVendor = prepared<Values>()((db, given) =>
	db
		.selectFrom('offline_terms')
		.select('terms')
		.where('vendor_id', '=', given('vendorId'))
		.orderBy('set_at_ms', 'desc')
		.limit(1),
);

const versionsInForce = prepared<Values>()((db, given) =>
	db
		.selectFrom((from) =>
			from
				.selectFrom('tariff')
				.select(['id', 'version'])
				.select(({ fn }) =>
					fn
						.agg<number>('row_number')
						.over((over) =>
							over.partitionBy('id').orderBy('valid_from_ms', 'desc').orderBy('version', 'desc'),
						)
						.as('place'),
				)
				.where('utility_id', '=', given('utilityId'))
				.where('valid_from_ms', '<=', given('nowMs'))
				.as('in_force'),
		)
		.select(['id', 'version'])
		.where('place', '=', sql.lit(1))
		.orderBy('id'),
);

const activeOperators = prepared<Values>()((db, given) =>
	db
		.selectFrom('operator')
		.select(['id', 'name', 'roles'])
		.where('vendor_id', '=', given('vendorId'))
		.where('utility_id', '=', given('utilityId'))
		.where('state', '=', sql.lit('active'))
		.orderBy('id'),
);
