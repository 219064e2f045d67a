/** STS vectors about whole tokens: `token`, `class1`, `decode`, `transposition`, `tid`, `amount_field`. */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import { decodeCurrency, encodeCurrency } from '#lib/core/sts/amount-currency.ts';
import { decodeUnits, encodeUnits } from '#lib/core/sts/amount-units.ts';
import { formatBlock, parseBlock } from '#lib/core/sts/block.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { decodeToken, type DecodedToken } from '#lib/core/sts/decode.ts';
import { encodeBlock, encodeToken, type TokenWish } from '#lib/core/sts/encode.ts';
import { LAYOUTS, subclassRow } from '#lib/core/sts/subclasses.ts';
import { decideTid, KEN_NEVER, minutesSince, type BaseDate } from '#lib/core/sts/tid.ts';
import { bitsToDigits, digitsToBits } from '#lib/core/sts/token-number.ts';
import { insertClass, removeClass, type ClassNumber } from '#lib/core/sts/transposition.ts';
import { UnreadableField, type Fields } from './fields.ts';
import { makeKey, sectionChecks, sectionOfSubclass } from './sts-keys.ts';
import type { Check } from './verdict.ts';

const CURRENCY_UNITS_IN_BASE_UNIT = 100_000n;

const hex16 = (value: number) => value.toString(16).padStart(4, '0');

function refused(what: string, refusal: string): never {
	throw new UnreadableField(`${what} refused: ${refusal}`);
}

/** A class of two bits. @throws {UnreadableField} for another number */
function classOf(inputs: Fields): ClassNumber {
	const number = inputs.integer('class');
	if (number !== 0 && number !== 1 && number !== 2 && number !== 3)
		throw new UnreadableField('inputs.class: 0 to 3 expected');
	return number;
}

/** The amount field of a limit or units credit. */
function unitsField(inputs: Fields, name: string): number {
	const encoded = encodeUnits(inputs.integer(name));
	return 'refusal' in encoded ? refused(`inputs.${name}`, encoded.refusal) : encoded.field;
}

/** `amount_units` is in 0.00001 of the currency; a file without it gives whole currency in `amount_base_units`. */
function currencyUnits(inputs: Fields): bigint {
	return inputs.has('amount_units')
		? inputs.bigint('amount_units')
		: inputs.bigint('amount_base_units') * CURRENCY_UNITS_IN_BASE_UNIT;
}

/** TID from the time of issue. Expiry is the till's business, not the encoding's: no key expires here. */
function tidOf(inputs: Fields, baseDate: BaseDate): number {
	if (!inputs.has('issue_time')) return inputs.integer('tid');
	const decision = decideTid({
		instantMs: inputs.instant('issue_time'),
		baseDate,
		ken: KEN_NEVER,
	});
	return 'refusal' in decision ? refused('inputs.issue_time', decision.refusal) : decision.tid;
}

function fieldsOfWish(
	inputs: Fields,
	classNumber: ClassNumber,
	subclass: number,
	tid: number,
): TokenWish['fields'] {
	const { layout } = subclassRow(classNumber, subclass, 7);
	if (layout === 'currency') {
		const encoded = encodeCurrency(currencyUnits(inputs));
		if ('refusal' in encoded) refused('inputs.amount_units', encoded.refusal);
		return { signExponent: encoded.signExponent, tid, amount: encoded.field };
	}
	const rnd = inputs.integer('rnd');
	if (layout === 'units') return { rnd, tid, amount: unitsField(inputs, 'amount_units') };
	if (layout !== 'value')
		throw new UnreadableField(`inputs.subclass: ${classNumber}.${subclass} has no TID`);
	const value = inputs.has('watts') ? unitsField(inputs, 'watts') : inputs.integer('value');
	return { rnd, tid, value };
}

function readBackCheck(wish: TokenWish, read: ReturnType<typeof decodeToken>): Check {
	const { classNumber, subclass, fields } = wish;
	const came =
		'token' in read
			? { ...read.token.fields, classNumber: read.token.classNumber, subclass: read.token.subclass }
			: read.refusal;
	return { what: 'read back', expected: { ...fields, classNumber, subclass }, came };
}

/** Runs a `token` vector. */
export function runToken(inputs: Fields, expected: Fields): readonly Check[] {
	const key = makeKey(inputs.object('key'));
	const { cipher, decoderKey } = key;
	const classNumber = classOf(inputs);
	const subclass = inputs.integer('subclass');
	const tid = tidOf(inputs, key.attributes.baseDate);
	const fields = fieldsOfWish(inputs, classNumber, subclass, tid);
	const wish: TokenWish = { classNumber, subclass, fields };
	const came = {
		tid,
		decoder_key: formatHex(decoderKey),
		data_block: formatBlock(encodeBlock(wish, cipher.ea)),
		token: encodeToken(wish, cipher),
	};
	const wanted = { tid: inputs.raw('tid') ?? expected.raw('tid') };
	const checks = Object.entries(came).map(([what, value]) => ({
		what,
		expected: what === 'tid' ? wanted.tid : expected.raw(what),
		came: value,
	}));
	return [
		...checks.filter((check) => check.expected !== undefined),
		readBackCheck(wish, decodeToken(expected.text('token'), cipher)),
	];
}

/** Runs a `class1` vector. */
export function runClassOne(inputs: Fields, expected: Fields): readonly Check[] {
	const subclass = inputs.integer('subclass');
	const { layout } = subclassRow(1, subclass, 7);
	const widths: Readonly<Record<string, number>> = LAYOUTS[layout];
	const fields = { control: inputs.integer('control'), mfrCode: inputs.integer('mfr_code') };
	const wish: TokenWish = { classNumber: 1, subclass, fields };
	const checks = [
		{ what: 'control_bits', expected: inputs.raw('control_bits'), came: widths['control'] },
		{ what: 'mfr_bits', expected: inputs.raw('mfr_bits'), came: widths['mfrCode'] },
		{
			what: 'data_block',
			expected: expected.raw('data_block'),
			came: formatBlock(encodeBlock(wish)),
		},
		{ what: 'token', expected: expected.text('token'), came: encodeToken(wish) },
	];
	return [
		...checks.filter((check) => check.expected !== undefined),
		readBackCheck(wish, decodeToken(expected.text('token'))),
	];
}

type Facts = Readonly<Record<string, unknown>>;

/** Every fact of a decoded token under the name the vector files give it. */
function factsOf({ token, block }: DecodedToken): Facts {
	const facts: Record<string, unknown> = {
		data_block: formatBlock(block),
		class: token.classNumber,
		subclass: token.subclass,
	};
	const { fields } = token;
	if ('rnd' in fields) facts['rnd'] = fields.rnd;
	if ('tid' in fields) facts['tid'] = fields.tid;
	if ('control' in fields) facts['control'] = fields.control;
	if ('mfrCode' in fields) facts['mfr_code'] = fields.mfrCode;
	if ('value' in fields) facts['value'] = fields.value;
	if (token.kind === 'set-power-limit' || token.kind === 'set-phase-unbalance-limit')
		facts['watts'] = decodeUnits(token.fields.value);
	if (token.kind === 'transfer-credit') {
		facts['amount_field'] = token.fields.amount;
		facts['amount_units'] = decodeUnits(token.fields.amount);
	}
	if (token.kind === 'transfer-currency') {
		const { signExponent, amount } = token.fields;
		const units = decodeCurrency(signExponent, amount);
		facts['sign_exp'] = signExponent;
		facts['amount_field'] = amount;
		facts['decoded_currency_units'] = units;
		facts['amount_units'] = units;
	}
	return facts;
}

/** The currency that was issued must encode to the field that was decoded. */
function issuedCheck(expected: Fields, facts: Facts): Check {
	const encoded = encodeCurrency(expected.bigint('issued_currency_units'));
	return {
		what: 'issued_currency_units as fields',
		expected: [facts['sign_exp'], facts['amount_field']],
		came: 'refusal' in encoded ? encoded.refusal : [encoded.signExponent, encoded.field],
	};
}

/** The fields of a key-change section under their names in the file; of other tokens, their facts. */
function decodedFieldChecks(
	{ token }: DecodedToken,
	named: Fields,
	facts: Facts,
): readonly Check[] {
	const section = token.classNumber === 2 ? sectionOfSubclass(token.subclass) : 0;
	const checks = section > 0 ? sectionChecks(section, named, { ...token.fields }) : [];
	const checked = new Set(checks.map(({ what }) => what));
	const others = named.names().filter((name) => !checked.has(`fields.${name}`));
	return [
		...checks,
		...others.map((name) => ({
			what: `fields.${name}`,
			expected: named.raw(name),
			came: facts[name],
		})),
	];
}

/** Runs a `decode` vector: every field named in `expected` is checked, and one without a meaning fails. */
export function runDecode(inputs: Fields, expected: Fields): readonly Check[] {
	const cipher = inputs.has('decoder_key')
		? prepareCipher(inputs.integer('ea') as Ea, parseHex(inputs.hex('decoder_key')))
		: undefined;
	const decoded = decodeToken(inputs.text('token'), cipher);
	if ('refusal' in decoded) return refused('inputs.token', decoded.refusal);
	const facts = factsOf(decoded);
	return expected.names().flatMap((name): readonly Check[] => {
		if (name === 'issued_currency_units') return [issuedCheck(expected, facts)];
		if (name === 'fields') return decodedFieldChecks(decoded, expected.object('fields'), facts);
		return [{ what: name, expected: expected.raw(name), came: facts[name] }];
	});
}

/** Runs a `transposition` vector. */
export function runTransposition(inputs: Fields, expected: Fields): readonly Check[] {
	const block = parseBlock(inputs.hex('block'));
	const classNumber = classOf(inputs);
	const bits = insertClass(classNumber, block);
	const back = removeClass(digitsToBits(expected.text('token')));
	return [
		{ what: 'token', expected: expected.text('token'), came: bitsToDigits(bits) },
		{
			what: 'token66_hex',
			expected: expected.has('token66_hex')
				? expected.text('token66_hex').replace(/^0+(?=.)/, '')
				: undefined,
			came: `${bits.top}${formatBlock(bits.rest)}`.replace(/^0+(?=.)/, ''),
		},
		{ what: 'class read back', expected: classNumber, came: back.classNumber },
		{ what: 'block read back', expected: formatBlock(block), came: formatBlock(back.block) },
	].filter((check) => check.expected !== undefined);
}

/** Runs a `tid` vector: the plain minutes, or the TID of an ordinary token when `adjust_reserved` is set. */
export function runTid(inputs: Fields, expected: Fields): readonly Check[] {
	const baseDate = inputs.integerOr('base_date', 1993) as BaseDate;
	const came =
		inputs.bitOr('adjust_reserved', 0) === 1
			? tidOf(inputs, baseDate)
			: minutesSince(baseDate, inputs.instant('issue_time'));
	return [{ what: 'tid', expected: expected.integer('tid'), came }];
}

/** Runs an `amount_field` vector. */
export function runAmountField(inputs: Fields, expected: Fields): readonly Check[] {
	const field = Number.parseInt(expected.hex('field'), 16);
	const checks = [
		{ what: 'field', expected: hex16(field), came: hex16(unitsField(inputs, 'units')) },
		{
			what: 'decoded_units',
			expected: expected.raw('decoded_units'),
			came: decodeUnits(field),
		},
	];
	return checks.filter((check) => check.expected !== undefined);
}
