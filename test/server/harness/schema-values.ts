/**
 * Requests made from the schemas that check them: right ones, and right ones with one place spoilt. Fields
 * whose value must mean something (a meter, a vendor) are given by name.
 */
import fc from 'fast-check';
import * as v from 'valibot';
import {
	AnyVendRequest,
	FbeRequest,
	FloatVendRequest,
	KeyChangeRequest,
	VendRequest,
} from '#lib/core/sync/wire.ts';

/** By the name of the field; what does not fit the field's schema is passed over. */
export type Meanings = Readonly<Record<string, readonly unknown[]>>;
type Schema = v.GenericSchema;

/** The parts of valibot's own schemas that are looked at here. */
interface Looked {
	readonly type: string;
	readonly entries?: Readonly<Record<string, Schema>>;
	readonly options?: readonly unknown[];
	readonly item?: Schema;
	readonly items?: readonly Schema[];
	readonly wrapped?: Schema;
	readonly key?: Schema;
	readonly value?: Schema;
	readonly literal?: unknown;
	readonly pipe?: readonly {
		readonly kind: string;
		readonly type: string;
		requirement?: unknown;
	}[];
}

/** A schema that chooses by its input: every one it may choose. */
const CHOICES = new Map<unknown, readonly Schema[]>([
	[AnyVendRequest, [VendRequest, FloatVendRequest, FbeRequest, KeyChangeRequest]],
]);

/** Values that the schema takes. @throws {Error} for a kind of schema that is not known here yet */
export function rightValue(schema: Schema, meanings: Meanings, name = ''): fc.Arbitrary<unknown> {
	const meant = (meanings[name] ?? []).filter((value) => v.is(schema, value));
	if (meant.length > 0) return fc.constantFrom(...meant);
	const looked = schema as unknown as Looked;
	const made = MAKERS[looked.type];
	const choices = CHOICES.get(schema);
	if (choices) return fc.oneof(...choices.map((one) => rightValue(one, meanings, name)));
	if (made === undefined) throw new Error(`no values for a schema of the type ${looked.type}`);
	return made(looked, meanings, name).filter((value) => v.is(schema, value));
}

type Maker = (schema: Looked, meanings: Meanings, name: string) => fc.Arbitrary<unknown>;

const makeObject: Maker = ({ entries = {} }, meanings) => {
	const isOptional = (schema: Schema) => ['optional', 'nullish'].includes(schema.type);
	const names = Object.keys(entries);
	return fc.record(
		Object.fromEntries(
			Object.entries(entries).map(([name, schema]) => [name, rightValue(schema, meanings, name)]),
		),
		{ requiredKeys: names.filter((name) => !isOptional(entries[name] as Schema)) },
	);
};

const makeWrapped: Maker = ({ wrapped }, meanings, name) =>
	rightValue(wrapped as Schema, meanings, name);
const makeNullable: Maker = (schema, meanings, name) =>
	fc.option(makeWrapped(schema, meanings, name), { nil: null, freq: 3 });
const makeChoice: Maker = ({ options = [] }, meanings, name) =>
	fc.oneof(...options.map((one) => rightValue(one as Schema, meanings, name)));

const MAKERS: Readonly<Record<string, Maker>> = {
	object: makeObject,
	strict_object: makeObject,
	loose_object: makeObject,
	array: ({ item, ...schema }, meanings, name) =>
		fc.array(rightValue(item as Schema, meanings, name), {
			minLength: limit(schema, 'min_length', 0),
			maxLength: Math.min(limit(schema, 'max_length', 4), 4),
		}),
	optional: makeWrapped,
	nullable: makeNullable,
	nullish: makeNullable,
	union: makeChoice,
	variant: makeChoice,
	literal: ({ literal }) => fc.constant(literal),
	picklist: ({ options = [] }) => fc.constantFrom(...options),
	boolean: () => fc.boolean(),
	number: makeNumber,
	string: makeString,
	record: ({ value }, meanings) =>
		fc.dictionary(fc.string(), rightValue(value as Schema, meanings)),
	unknown: () => fc.jsonValue(),
};

function makeNumber(schema: Looked): fc.Arbitrary<number> {
	const whole =
		schema.pipe?.some(({ type }) => ['safe_integer', 'integer'].includes(type)) ?? false;
	const min = limit(schema, 'min_value', whole ? Number.MIN_SAFE_INTEGER : -1e12);
	const max = limit(schema, 'max_value', whole ? Number.MAX_SAFE_INTEGER : 1e12);
	return whole
		? fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
		: fc.oneof(fc.integer({ min: -5, max: 1e6 }), fc.double({ min, max, noNaN: true }));
}

function makeString(schema: Looked): fc.Arbitrary<string> {
	const pattern = schema.pipe?.find(({ type }) => type === 'regex')?.requirement;
	if (pattern instanceof RegExp) return fc.stringMatching(pattern);
	const minLength = limit(schema, 'min_length', 0);
	const maxLength = Math.min(limit(schema, 'max_length', 60), minLength + 60);
	return fc.string({ unit: 'grapheme', minLength, maxLength });
}

function limit({ pipe }: Looked, type: string, otherwise: number): number {
	const found = pipe?.find((action) => action.type === type)?.requirement;
	return typeof found === 'number' ? found : otherwise;
}

/** Values that are almost right, and values that are anything. */
const odd = fc.oneof(
	fc.constantFrom<unknown>(null, '', 0, -1, 0.5, 1e300, -0, true, [], {}, [[]], 'KES', ' '),
	fc.constantFrom<unknown>(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, 2 ** 53),
	fc.constantFrom(
		'\u0000',
		'\ud800',
		'’; drop table vend --',
		'١٢٣',
		'é'.repeat(2_000),
		'%00',
		'../..',
	),
	fc.constantFrom('00000000019', '2026-02-30', '9999-12-31', '1e9', '0x10', 'null', '__proto__'),
	fc.jsonValue(),
);

/** A right value with one place in it, however deep, another, gone, or one too many; or anything at all. */
export function spoiltValue(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
	const spoilt = right.chain((value) => {
		const places = placesIn(value);
		if (places.length === 0) return odd;
		return fc
			.tuple(
				fc.constantFrom(...places),
				fc.constantFrom('another', 'another', 'another', 'gone', 'more'),
				fc.string(),
				odd,
			)
			.map(([place, way, name, other]) => spoil(value, place, { way, name, other }));
	});
	return fc.oneof({ weight: 9, arbitrary: spoilt }, { weight: 1, arbitrary: odd });
}

type Place = readonly (string | number)[];

/** How many places the largest of some right values has: how often it takes to spoil each. */
export function placesOf(right: fc.Arbitrary<unknown>): number {
	const some = fc.sample(right, { numRuns: 20, seed: 1 });
	return Math.max(...some.map((value) => placesIn(value).length));
}

/** Ways to every member, the value itself not among them. */
function placesIn(value: unknown): Place[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) => [
		[name],
		...placesIn(member).map((rest) => [name, ...rest]),
	]);
}

function spoil(
	value: unknown,
	[name = '', ...rest]: Place,
	change: { way: 'another' | 'gone' | 'more'; name: string; other: unknown },
): unknown {
	const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
		? [...(value as unknown[])]
		: { ...(value as object) };
	const members = copy as Record<string | number, unknown>;
	if (rest.length > 0) members[name] = spoil(members[name], rest, change);
	else if (change.way === 'another') members[name] = change.other;
	else if (change.way === 'gone') Reflect.deleteProperty(members, name);
	else if (Array.isArray(copy)) copy.push(change.other);
	else Object.defineProperty(members, change.name, { value: change.other, enumerable: true });
	return copy;
}
