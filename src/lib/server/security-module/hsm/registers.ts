/**
 * The operator's file that says which key is in which register of the hardware module, and how to speak to
 * it. No secrets: the keys were loaded into the module by its own officers and are nowhere else.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { isBaseDate } from '#lib/core/sts/tid.ts';
import type { SlotAttributes } from '../port.ts';

const Instant = v.pipe(
	v.string(),
	v.isoTimestamp(),
	v.transform((text) => Date.parse(text)),
);
const wholeUpTo = (most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const Key = v.strictObject({
	/** Name by which the database knows the key. */
	slot: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
	register: wholeUpTo(9_999),
	sgc: v.pipe(v.string(), v.regex(/^[0-9]{6}$/)),
	krn: v.pipe(wholeUpTo(9), v.minValue(1)),
	kt: wholeUpTo(3),
	dkga: v.picklist([2, 4]),
	baseYear: v.pipe(v.number(), v.check(isBaseDate, 'must be 1993, 2014 or 2035')),
	ken: wholeUpTo(255),
	activeFrom: Instant,
	issueUntil: v.nullable(Instant),
	unitLimitDeciKwh: v.nullable(wholeUpTo(Number.MAX_SAFE_INTEGER)),
});

const File = v.strictObject({
	/** Whether the module holds keys of a test only: its tokens are marked so, and demo may use it. */
	testKeys: v.boolean(),
	framing: v.optional(v.picklist(['plain', 'bridge']), 'plain'),
	/** Connections at the same time; each carries one request at a time. */
	connections: v.optional(v.pipe(wholeUpTo(16), v.minValue(1)), 2),
	/** Whether a register's base date and expiry number are held against this file before it is used. */
	checkRegisters: v.optional(v.boolean(), true),
	/** Attribute in which a register tells how many tokens it has made, where the module has one. */
	counterAttribute: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,8}$/))), null),
	keys: v.pipe(
		v.array(Key),
		v.minLength(1),
		v.check((keys) => areUnlike(keys.map(({ slot }) => slot)), 'a slot is there twice'),
		v.check((keys) => areUnlike(keys.map(({ register }) => register)), 'a register is there twice'),
	),
});

export type HsmFile = v.InferOutput<typeof File>;
export type HsmKey = HsmFile['keys'][number];

/** @throws {Error} with a sentence that names the file and the place in it */
export function readHsmFile(path: string): HsmFile {
	let json: unknown;
	try {
		json = JSON.parse(readFileSync(path, 'utf8'));
	} catch (cause) {
		throw new Error(`${path} is not there or is not JSON: it says which key is in which register`, {
			cause,
		});
	}
	const parsed = v.safeParse(File, json);
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	throw new Error(`${path}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

/** A key as the port tells of it. No key of a hardware module is the public-test estate's. */
export function slotOf(key: HsmKey): SlotAttributes {
	const { slot, sgc, krn, kt, dkga, baseYear, ken, unitLimitDeciKwh } = key;
	return {
		...{ slot, sgc, krn, kt, dkga, baseYear, ken, unitLimitDeciKwh },
		publicTest: false,
		activeFromMs: key.activeFrom,
		issueUntilMs: key.issueUntil,
	};
}

/**
 * The first attribute in which a register is not what the file says, or nothing. What the module does not
 * tell is not held against it.
 */
export function differenceOf(
	key: HsmKey,
	told: ReadonlyMap<string, string>,
): 'BDT' | 'KEN' | 'SGC' | 'KRN' | undefined {
	const bdt = told.get('BDT');
	if (bdt !== undefined && !yearsOf(key.baseYear).test(bdt)) return 'BDT';
	const ken = told.get('KEN');
	// Decimal or hexadecimal: the sources do not say.
	if (ken !== undefined && Number(ken) !== key.ken && Number.parseInt(ken, 16) !== key.ken)
		return 'KEN';
	if (isOther(told.get('SGC'), Number(key.sgc))) return 'SGC';
	return isOther(told.get('KRN'), key.krn) ? 'KRN' : undefined;
}

const isOther = (text: string | undefined, value: number) =>
	text !== undefined && Number(text) !== value;

/** A base date as `1993`, `93`, `19930101` or `1993-01-01`. */
function yearsOf(baseYear: number): RegExp {
	const year = String(baseYear);
	return new RegExp(`^(?:${year}|${year.slice(2)}$|${year.slice(2)}0101)`);
}

function areUnlike(values: readonly unknown[]): boolean {
	return new Set(values).size === values.length;
}
