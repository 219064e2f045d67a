/**
 * The types of COSEM Data (IEC 62056-6-2, 4.1.5; Blue Book, "Common data types") as one table, and the
 * shape a value has in memory.
 *
 * Always holds: a decoded value encodes to the octets it came from, pad bits and odd booleans included.
 */

/**
 * One row per type: its tag, its name, how its contents are laid out (`form`) and, where the contents
 * have a fixed size, that `size` in octets.
 */
export const DATA_TYPES = [
	{ tag: 0, name: 'null-data', form: 'empty', size: 0 },
	{ tag: 1, name: 'array', form: 'list', size: -1 },
	{ tag: 2, name: 'structure', form: 'list', size: -1 },
	{ tag: 3, name: 'boolean', form: 'boolean', size: 1 },
	{ tag: 4, name: 'bit-string', form: 'bits', size: -1 },
	{ tag: 5, name: 'double-long', form: 'signed', size: 4 },
	{ tag: 6, name: 'double-long-unsigned', form: 'unsigned', size: 4 },
	{ tag: 9, name: 'octet-string', form: 'octets', size: -1 },
	{ tag: 10, name: 'visible-string', form: 'octets', size: -1 },
	{ tag: 12, name: 'utf8-string', form: 'octets', size: -1 },
	{ tag: 13, name: 'bcd', form: 'unsigned', size: 1 },
	{ tag: 15, name: 'integer', form: 'signed', size: 1 },
	{ tag: 16, name: 'long', form: 'signed', size: 2 },
	{ tag: 17, name: 'unsigned', form: 'unsigned', size: 1 },
	{ tag: 18, name: 'long-unsigned', form: 'unsigned', size: 2 },
	{ tag: 19, name: 'compact-array', form: 'compact', size: -1 },
	{ tag: 20, name: 'long64', form: 'signed64', size: 8 },
	{ tag: 21, name: 'long64-unsigned', form: 'unsigned64', size: 8 },
	{ tag: 22, name: 'enum', form: 'unsigned', size: 1 },
	{ tag: 23, name: 'float32', form: 'float', size: 4 },
	{ tag: 24, name: 'float64', form: 'float', size: 8 },
	{ tag: 25, name: 'date-time', form: 'fixed', size: 12 },
	{ tag: 26, name: 'date', form: 'fixed', size: 5 },
	{ tag: 27, name: 'time', form: 'fixed', size: 4 },
	{ tag: 28, name: 'delta-integer', form: 'signed', size: 1 },
	{ tag: 29, name: 'delta-long', form: 'signed', size: 2 },
	{ tag: 30, name: 'delta-double-long', form: 'signed', size: 4 },
	{ tag: 31, name: 'delta-unsigned', form: 'unsigned', size: 1 },
	{ tag: 32, name: 'delta-long-unsigned', form: 'unsigned', size: 2 },
	{ tag: 33, name: 'delta-double-long-unsigned', form: 'unsigned', size: 4 },
	{ tag: 255, name: 'dont-care', form: 'empty', size: 0 },
] as const;

type Row = (typeof DATA_TYPES)[number];
type NameOf<Form extends Row['form']> = Extract<Row, { form: Form }>['name'];

/** The name of every type of Data. */
export type DataTypeName = Row['name'];
export type EmptyTypeName = NameOf<'empty'>;
export type ListTypeName = NameOf<'list'>;
export type OctetsTypeName = NameOf<'octets'>;
export type FixedTypeName = NameOf<'fixed'>;
/** Types whose value is a JavaScript number: every whole number up to 32 bits. */
export type WholeTypeName = NameOf<'signed' | 'unsigned'>;
export type FloatTypeName = NameOf<'float'>;
/** Types whose value is a bigint. */
export type BigTypeName = NameOf<'signed64' | 'unsigned64'>;

/** A value with its type, as attributes, method parameters and profile columns carry it. */
export type Data =
	| { readonly type: EmptyTypeName }
	| { readonly type: ListTypeName; readonly value: readonly Data[] }
	/** `octet` is kept where the peer sent something else than 01 for true. */
	| { readonly type: 'boolean'; readonly value: boolean; readonly octet?: number }
	/** `bits` says how many of the octets' bits count, from the highest of the first one. */
	| { readonly type: 'bit-string'; readonly value: Uint8Array; readonly bits: number }
	| { readonly type: OctetsTypeName | FixedTypeName; readonly value: Uint8Array }
	| WholeData
	| { readonly type: FloatTypeName; readonly value: number }
	| { readonly type: BigTypeName; readonly value: bigint }
	| CompactArray;

/** A whole number of up to 32 bits. */
export interface WholeData {
	readonly type: WholeTypeName;
	readonly value: number;
}

/** Elements that all have the same `description`, sent without their tags. */
export interface CompactArray {
	readonly type: 'compact-array';
	readonly description: TypeDescription;
	readonly value: readonly Data[];
}

/** What every element of a compact-array looks like. */
export type TypeDescription =
	| { readonly type: Exclude<DataTypeName, ListTypeName | 'compact-array'> }
	| { readonly type: 'array'; readonly count: number; readonly element: TypeDescription }
	| { readonly type: 'structure'; readonly elements: readonly TypeDescription[] };

const ROW_OF_TAG: readonly (Row | undefined)[] = Array.from({ length: 256 }, (_, tag) =>
	DATA_TYPES.find((row) => row.tag === tag),
);

const ROW_OF_NAME: ReadonlyMap<DataTypeName, Row> = new Map(
	DATA_TYPES.map((row) => [row.name, row]),
);

/** The row of a tag 0 … 255; undefined for an unassigned one. */
export function dataTypeOfTag(tag: number): Row | undefined {
	return ROW_OF_TAG[tag];
}

/** The row of a type name. */
export function dataTypeOf(name: DataTypeName): Row {
	return ROW_OF_NAME.get(name) as Row;
}
