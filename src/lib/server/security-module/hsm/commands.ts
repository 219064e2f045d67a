/**
 * The commands of the hardware module (sts.md §15.3): their fields in order, and what an answer holds. The
 * host encodes amounts and TIDs; the module adds the random field, the check and the cipher.
 *
 * Facts that are not certain are read in the widest way that is still unmistakable: a token is the field of
 * twenty decimal digits, wherever among the fields it stands.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { splitToken } from '#lib/core/sts/decode.ts';
import { MAX_TID } from '#lib/core/sts/tid.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { TOKEN_DIGITS } from '#lib/core/sts/token-number.ts';
import type { TokenTarget } from '../port.ts';
import { digits, encodeRequest, hex, number, type Field, type Response } from './message.ts';
import { DONE } from './statuses.ts';

const CLAUSE = 'STS 600-8-6 answer';

/** Which register holds a key. */
type Register = number;

const meterFields = (
	register: Register,
	{ drn, ti, ea }: Pick<TokenTarget, 'drn' | 'ti' | 'ea'>,
) => [...[number(register), digits(meterPanOf(drn)), number(Number(ti)), number(ea)]];

/** Credit (`VC`) and management (`VM`) have the same fields. @param amount 16 bits */
export function stampedRequest(
	command: 'VC' | 'VM',
	register: Register,
	target: TokenTarget,
	token: { subclass: number; amount: number; tid: number },
): string {
	return encodeRequest(command, [
		...meterFields(register, target),
		...[number(Number(target.tct)), number(token.subclass)],
		...[hex(token.amount, 4), hex(token.tid, 6)],
	]);
}

/** A key-change set. @param to the tariff index to come, two digits */
export function keyChangeRequest(
	registers: { from: Register; to: Register },
	target: TokenTarget,
	to: { ti: string },
	sections: number,
): string {
	const [, ...meter] = meterFields(registers.from, target);
	return encodeRequest('VK', [
		...[number(registers.from), number(registers.to), ...meter],
		...[number(Number(target.tct)), number(Number(to.ti)), number(sections)],
	]);
}

export function verifyRequest(
	register: Register,
	target: Pick<TokenTarget, 'drn' | 'ti' | 'ea'>,
	token: string,
): string {
	return encodeRequest('VT', [...meterFields(register, target), digits(token)]);
}

export function attributesRequest(register: Register): string {
	return encodeRequest('GA', [number(register)]);
}

/** The token of an answer. @throws {Breach} none, several, or one of another class */
export function tokenOf({ fields }: Response, classNumber: 0 | 2): string {
	const [token, ...more] = tokensOf(fields);
	if (token === undefined || more.length > 0 || !isOfClass(token, classNumber))
		throw new Breach('token', 0, CLAUSE);
	return token;
}

/** A key-change set. @throws {Breach} another number of tokens than was asked for, or one of another class */
export function keyChangeOf(
	{ fields }: Response,
	sections: number,
): { digits: readonly string[]; rollover: boolean } {
	const [rollover, count] = fields;
	const tokens = tokensOf(fields);
	if (rollover?.type !== 'N' || !/^[01]$/.test(rollover.value))
		throw new Breach('rollover', 0, CLAUSE);
	if (count?.type !== 'N' || Number(count.value) !== sections || tokens.length !== sections)
		throw new Breach('token-count', 0, CLAUSE);
	if (!tokens.every((token) => isOfClass(token, 2))) throw new Breach('token', 0, CLAUSE);
	return { digits: tokens, rollover: rollover.value === '1' };
}

/** Verdicts on tokens that can be read, although a meter would not take them: expired key, default key. */
const READABLE: ReadonlySet<string> = new Set([DONE, '41', '80']);

/** What `VT` says of a token that could be read. */
export interface Verdict {
	readonly subclass: number;
	/** 16 bits. */
	readonly amount: number;
	readonly tid: number;
}

/**
 * Undefined for a token that could not be read.
 * @throws {Breach} no result; a token that was read, but is of another class or has no content
 */
export function verdictOf({ fields }: Response, classNumber: 0 | 2): { read?: Verdict } {
	const [result, readClass, subclass, amount, tid] = fields;
	if (result?.type !== 'N') throw new Breach('verdict', 0, CLAUSE);
	if (!READABLE.has(result.value.padStart(2, '0'))) return {};
	if (wholeOf(readClass, 10, 3) !== classNumber) throw new Breach('verdict', 0, CLAUSE);
	return {
		read: {
			subclass: wholeOf(subclass, 10, 15),
			amount: wholeOf(amount, 16, 0xffff),
			tid: wholeOf(tid, 16, MAX_TID),
		},
	};
}

/** A field as a whole number. @throws {Breach} it is none, or too large */
function wholeOf(field: Field | undefined, radix: 10 | 16, most: number): number {
	const value = Number.parseInt(field?.value ?? '', radix);
	if (!(value >= 0 && value <= most)) throw new Breach('number', 0, CLAUSE);
	return value;
}

/** Attributes by name, from `BDT=1993;KEN=255` or `BDT;1993;KEN;255`. */
export function attributesOf({ fields }: Response): ReadonlyMap<string, string> {
	const items = fields
		.map(({ value }) => value)
		.join(';')
		.split(';')
		.map((item) => item.trim())
		.filter((item) => item !== '');
	const named = items.some((item) => /[=:]/.test(item));
	return new Map(
		named
			? items.map((item) => splitOnce(item))
			: items.flatMap((item, at) => (at % 2 === 0 ? [[item, items[at + 1] ?? ''] as const] : [])),
	);
}

function splitOnce(item: string): readonly [string, string] {
	const at = item.search(/[=:]/);
	return at < 0 ? [item, ''] : [item.slice(0, at).trim(), item.slice(at + 1).trim()];
}

/** All tokens among the fields, in order: one a field, or several written together. */
function tokensOf(fields: readonly Field[]): string[] {
	return fields
		.filter(({ type, value }) => type !== 'N' && type !== 'H' && /^(?:[0-9]{20})+$/.test(value))
		.flatMap(({ value }) =>
			Array.from({ length: value.length / TOKEN_DIGITS }, (_, at) =>
				value.slice(at * TOKEN_DIGITS, (at + 1) * TOKEN_DIGITS),
			),
		);
}

function isOfClass(token: string, classNumber: number): boolean {
	const split = splitToken(token);
	return 'classNumber' in split && split.classNumber === classNumber;
}
