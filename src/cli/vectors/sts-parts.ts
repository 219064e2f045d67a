/** STS vectors about the parts of a token and of a meter's identity: checks, ciphers, numbers, records. */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import { formatBlock, parseBlock, type Block } from '#lib/core/sts/block.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { desDecrypt, desEncrypt } from '#lib/core/sts/ciphers/des.ts';
import { parseStaTables } from '#lib/core/sts/ciphers/sta-tables.ts';
import { compileSta, STANDARD_STA, type StaProgram } from '#lib/core/sts/ciphers/sta.ts';
import { crcField } from '#lib/core/sts/crc.ts';
import { parseDrn } from '#lib/core/sts/drn.ts';
import {
	formatIdRecord,
	formatRecord2,
	parseIdRecord,
	parseRecord2,
	type IdRecord,
} from '#lib/core/sts/id-record.ts';
import { luhnDigit } from '#lib/core/sts/luhn.ts';
import { bitsToDigits } from '#lib/core/sts/token-number.ts';
import { insertClass, type ClassNumber } from '#lib/core/sts/transposition.ts';
import { UnreadableField, type Fields } from './fields.ts';
import type { Check } from './verdict.ts';

/** Runs a `crc16` vector. */
export function runCrc(inputs: Fields, expected: Fields): readonly Check[] {
	const came = crcField(parseHex(inputs.hex('bytes_hex')))
		.toString(16)
		.padStart(4, '0');
	return [{ what: 'field_hex', expected: expected.hex('field_hex'), came }];
}

/** The token of a ciphertext, where the vector names one. */
function tokenChecks(inputs: Fields, expected: Fields, ciphertext: Block): readonly Check[] {
	if (!expected.has('token') && !expected.has('token66_hex')) return [];
	const bits = insertClass(inputs.integer('class') as ClassNumber, ciphertext);
	return [
		{ what: 'token', expected: expected.raw('token'), came: bitsToDigits(bits) },
		{
			what: 'token66_hex',
			expected: expected.raw('token66_hex'),
			came: `${bits.top}${formatBlock(bits.rest)}`,
		},
	].filter((check) => check.expected !== undefined);
}

function runCipher(ea: Ea, inputs: Fields, expected: Fields, sta?: StaProgram): readonly Check[] {
	const cipher = prepareCipher(ea, parseHex(inputs.hex('key')), sta);
	const ciphertext = cipher.encrypt(parseBlock(inputs.hex('plaintext')));
	const back = cipher.decrypt(parseBlock(expected.hex('ciphertext')));
	return [
		{ what: 'ciphertext', expected: expected.hex('ciphertext'), came: formatBlock(ciphertext) },
		{ what: 'plaintext back', expected: inputs.hex('plaintext'), came: formatBlock(back) },
		...tokenChecks(inputs, expected, ciphertext),
	];
}

/** Runs an `sta` vector: the tables of the field. */
export function runSta(inputs: Fields, expected: Fields): readonly Check[] {
	return runCipher(7, inputs, expected, STANDARD_STA);
}

/** Runs an `sta_tables` vector: the tables of the vector. */
export function runStaTables(inputs: Fields, expected: Fields): readonly Check[] {
	const [s1, s2, p] = [inputs.integers('s1'), inputs.integers('s2'), inputs.integers('p')];
	const parsed = parseStaTables({ s1, s2, p });
	if ('refusal' in parsed) throw new UnreadableField(`inputs: tables refused: ${parsed.refusal}`);
	return runCipher(7, inputs, expected, compileSta(parsed.tables));
}

/** Runs a `misty1` vector. */
export function runMisty1(inputs: Fields, expected: Fields): readonly Check[] {
	return runCipher(11, inputs, expected);
}

/** Runs a `des` vector. */
export function runDes(inputs: Fields, expected: Fields): readonly Check[] {
	const key = parseHex(inputs.hex('key'));
	const came = formatHex(desEncrypt(key, parseHex(inputs.hex('plaintext'))));
	const back = formatHex(desDecrypt(key, parseHex(expected.hex('ciphertext'))));
	return [
		{ what: 'ciphertext', expected: expected.hex('ciphertext'), came },
		{ what: 'plaintext back', expected: inputs.hex('plaintext'), came: back },
	];
}

/** Runs a `luhn` vector. */
export function runLuhn(inputs: Fields, expected: Fields): readonly Check[] {
	const came = luhnDigit(inputs.text('digits'));
	return [{ what: 'check_digit', expected: expected.integer('check_digit'), came }];
}

/** Runs a `luhn_invalid` vector: a meter number that is, or is not, one. */
export function runLuhnInvalid(inputs: Fields, expected: Fields): readonly Check[] {
	const came = 'drn' in parseDrn(inputs.text('drn'));
	return [{ what: 'valid', expected: expected.raw('valid'), came }];
}

function idRecordOf(inputs: Fields): IdRecord {
	return {
		pan: inputs.digits('pan', 18),
		doe: inputs.digits('doe', 4),
		tct: inputs.digits('tct', 2),
		ea: inputs.integer('ea') as Ea,
		sgc: inputs.digits('sgc', 6),
		ti: inputs.integer('ti'),
		krn: inputs.integer('krn'),
	};
}

/** Runs an `id_record` vector. */
export function runIdRecord(inputs: Fields, expected: Fields): readonly Check[] {
	const record = idRecordOf(inputs);
	const text = expected.text('id_record');
	return [
		{ what: 'id_record', expected: text, came: formatIdRecord(record) },
		{ what: 'read back', expected: record, came: parseIdRecord(text) },
	];
}

/** Runs a `record2` vector. */
export function runRecord2(inputs: Fields, expected: Fields): readonly Check[] {
	const record = idRecordOf(inputs);
	const text = expected.text('record2');
	return [
		{ what: 'record2', expected: text, came: formatRecord2(record) },
		{ what: 'read back', expected: record, came: parseRecord2(text) },
	];
}
