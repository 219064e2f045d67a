/**
 * Requests to one operation, made from its row of the table: right in every place but one, or in all, by
 * whoever may ask for it.
 */
import fc from 'fast-check';
import { STAFF_ROLES } from '#lib/core/sync/wire-people.ts';
import { CAPABILITIES, type Role } from '#lib/server/access/roles.ts';
import type { Backend } from '#lib/server/backend.ts';
import type { OperationRow } from '#lib/server/http/operations/row.ts';
import { signedIn, staff, type Sign } from './callers.ts';
import { rightValue, spoiltValue, type Meanings } from './schema-values.ts';
import { LAKESIDE } from './two-utilities.ts';

export interface Shot {
	readonly method: string;
	/** With its query. */
	readonly path: string;
	/** JSON, or what was meant to be. */
	readonly text: string;
	/** Which of those who may. */
	readonly by: number;
}

/** Texts that are no JSON, or not all of it. */
const BROKEN = fc.constantFrom('', '{', '[1,]', 'null', '"\\ud800"', '\u0000', '{"a":1}{', 'é');

/** @param meanings values of fields and of path parameters by their names */
export function shotsAt(row: OperationRow, meanings: Meanings): fc.Arbitrary<Shot> {
	const text =
		row.body === undefined
			? fc.constantFrom('', '{}', 'x')
			: fc.oneof(
					{ weight: 2, arbitrary: rightValue(row.body, meanings).map(jsonOf) },
					{ weight: 8, arbitrary: spoiltValue(rightValue(row.body, meanings)).map(jsonOf) },
					{ weight: 1, arbitrary: BROKEN },
				);
	const query =
		row.query === undefined
			? fc.constantFrom('', '', 'x=1', 'x=%00')
			: fc
					.oneof(rightValue(row.query, meanings), spoiltValue(rightValue(row.query, meanings)))
					.map(searchOf);
	return fc.record({ text, query, path: pathsOf(row, meanings), by: fc.nat(11) }).map((shot) => ({
		...{ method: row.method, text: shot.text, by: shot.by },
		path: `${shot.path}${shot.query && `?${shot.query}`}`,
	}));
}

/** Mostly what there is, sometimes anything that a path may carry. */
function pathsOf({ path }: OperationRow, meanings: Meanings): fc.Arbitrary<string> {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
	const values = names.map((name) => {
		const known = meanings[`{${name}}`];
		if (known === undefined) throw new Error(`say in this test what a {${name}} is`);
		return fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom(...known.map(String)) },
			{ weight: 1, arbitrary: fc.constantFrom('\u0000', '%', 'é', '0', "' or 1=1 --", '%2e%2e') },
			// A lone dot or two are steps in a path, and never arrive.
			{ weight: 1, arbitrary: fc.string({ minLength: 3, maxLength: 40, unit: 'grapheme' }) },
		);
	});
	return fc.tuple(...values).map((texts) => {
		let at = 0;
		return path.replace(/\{\w+\}/g, () => encodeURIComponent(texts[at++]?.toWellFormed() ?? ''));
	});
}

const jsonOf = (value: unknown): string => JSON.stringify(value) ?? '';

function searchOf(query: unknown): string {
	if (typeof query !== 'object' || query === null) return String(query).toWellFormed();
	const texts = Object.entries(query).map(([name, value]): [string, string] => [
		name.toWellFormed(),
		(typeof value === 'string' ? value : jsonOf(value)).toWellFormed(),
	]);
	return new URLSearchParams(texts).toString();
}

/** Everybody of Lakeside who gets past the door of an operation; of its people, all in one. */
export async function thoseWhoMay(
	nodes: Pick<Backend, 'database' | 'clock'>,
	{ capability }: OperationRow,
	till: Sign,
): Promise<Sign[]> {
	const roles: readonly Role[] = CAPABILITIES[capability];
	const people = STAFF_ROLES.filter((role) => roles.includes(role));
	return [
		...(roles.includes('guest') ? [() => ({})] : []),
		...(roles.includes('consumer') ? [await signedIn(nodes, LAKESIDE)] : []),
		...(roles.includes('terminal') ? [till] : []),
		...(people.length > 0 ? [await staff(nodes, people, LAKESIDE)] : []),
	];
}
