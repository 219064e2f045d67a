/** STS vectors about keys: `dkga`, `kct`, `pan_block`, `control_block`. */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { formatBlock } from '#lib/core/sts/block.ts';
import { prepareCipher, type Cipher } from '#lib/core/sts/ciphers/cipher.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import {
	deriveDecoderKey,
	formatControlBlock,
	formatPanBlock,
	keyDerivationMessage,
} from '#lib/core/sts/decoder-key.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { encodeBlock, encodeToken, type TokenWish } from '#lib/core/sts/encode.ts';
import type { KeyAttributes } from '#lib/core/sts/key-attributes.ts';
import { keyChangeSections, type NewKey } from '#lib/core/sts/key-change.ts';
import type { KeyType } from '#lib/core/sts/key-type.ts';
import type { BaseDate } from '#lib/core/sts/tid.ts';
import type { Dkga } from '#lib/core/sts/algorithms.ts';
import { UnreadableField, type Fields } from './fields.ts';
import type { Check } from './verdict.ts';

/** A decoder key made from a vector's key object. */
export interface MadeKey {
	readonly attributes: KeyAttributes;
	readonly ken: number | undefined;
	readonly decoderKey: Uint8Array;
	readonly cipher: Cipher;
}

function attributesOf(key: Fields): KeyAttributes {
	return {
		pan: key.text('pan'),
		// Codes that do not exist are for the product's own code to refuse.
		ea: key.integer('ea') as Ea,
		sgc: key.digits('sgc', 6),
		ti: key.integer('ti'),
		krn: key.integer('krn'),
		kt: key.integer('kt') as KeyType,
		baseDate: key.integerOr('base_date', 1993) as BaseDate,
	};
}

/** Derives the key of a vector. @throws {UnreadableField} with the product's refusal, when it refuses */
export function makeKey(key: Fields): MadeKey {
	const attributes = attributesOf(key);
	const vendingKey = { dkga: key.integer('dkga') as Dkga, bytes: parseHex(key.hex('vk')) };
	const derived = deriveDecoderKey(vendingKey, attributes);
	if ('refusal' in derived) throw new UnreadableField(`decoder key refused: ${derived.refusal}`);
	const { decoderKey } = derived;
	return {
		attributes,
		ken: key.has('ken') ? key.integer('ken') : undefined,
		decoderKey,
		cipher: prepareCipher(attributes.ea, decoderKey),
	};
}

/** Runs a `dkga` vector. */
export function runDkga(inputs: Fields, expected: Fields): readonly Check[] {
	const { attributes, decoderKey } = makeKey(inputs);
	const checks: Check[] = [
		{ what: 'decoder_key', expected: expected.hex('decoder_key'), came: formatHex(decoderKey) },
	];
	if (expected.has('kdf_input')) {
		const came = formatHex(keyDerivationMessage(attributes));
		checks.push({ what: 'kdf_input', expected: expected.hex('kdf_input'), came });
	}
	return checks;
}

/** Runs a `pan_block` vector. */
export function runPanBlock(inputs: Fields, expected: Fields): readonly Check[] {
	const kt = inputs.integer('kt') as KeyType;
	const came = formatPanBlock(inputs.text('iin'), inputs.text('iain'), kt);
	return [{ what: 'pan_block', expected: expected.hex('pan_block'), came }];
}

/** Runs a `control_block` vector. */
export function runControlBlock(inputs: Fields, expected: Fields): readonly Check[] {
	const came = formatControlBlock({
		kt: inputs.integer('kt') as KeyType,
		sgc: inputs.digits('sgc', 6),
		ti: inputs.integer('ti'),
		krn: inputs.integer('krn'),
	});
	return [{ what: 'control_block', expected: expected.hex('control_block'), came }];
}

/** The names of a section's fields in the vector file and in the product; key parts are written in hex there. */
const SECTION_FIELDS: readonly Readonly<Record<string, string>>[] = [
	{
		kenho: 'kenHigh',
		krn: 'krn',
		ro: 'rollover',
		three_kct: 'threeTokens',
		kt: 'kt',
		nkho: 'keyPart',
	},
	{ kenlo: 'kenLow', ti: 'ti', nklo: 'keyPart' },
	{
		...{ sgc: 'sgc', pad20: 'pad' },
		...{ sgc_low12: 'sgcLow', nk_bytes_4_7: 'keyPart' },
	},
	{ sgc_high12: 'sgcHigh', nk_bytes_8_11: 'keyPart' },
];

/** Checks that a section's fields are those the vector names. */
export function sectionChecks(
	section: number,
	named: Fields,
	came: Readonly<Record<string, number>>,
): readonly Check[] {
	const names = Object.entries(SECTION_FIELDS[section - 1] ?? {});
	return names
		.filter(([name]) => named.has(name))
		.map(([name, field]) => {
			const value = came[field];
			const isKeyPart = field === 'keyPart';
			return {
				what: `fields.${name}`,
				expected: isKeyPart ? named.hex(name) : named.integer(name),
				came: isKeyPart && value !== undefined ? value.toString(16).padStart(8, '0') : value,
			};
		});
}

/** The section of a subclass: 2.3 the first, 2.4 the second, 2.8 the third, 2.9 the fourth. */
export function sectionOfSubclass(subclass: number): number {
	return [3, 4, 8, 9].indexOf(subclass) + 1;
}

/** The new key, with what the key object leaves open taken from the fields of the section. */
function newKeyOf(inputs: Fields, made: MadeKey, carried: Fields): NewKey {
	const { krn, kt, ti, sgc, ea } = made.attributes;
	const ken = made.ken ?? (carried.integerOr('kenho', 15) << 4) | carried.integerOr('kenlo', 15);
	const three = inputs.bitOr('three_kct', carried.bitOr('three_kct', carried.has('pad20') ? 1 : 0));
	return {
		...{ decoderKey: made.decoderKey, ken, krn, kt, ti },
		sgc: ea === 11 || three === 1 ? sgc : undefined,
		rollover: inputs.bitOr('rollover', carried.bitOr('ro', 0)) === 1,
	};
}

/** Runs a `kct` vector: one section of a key-change set. */
export function runKeyChange(inputs: Fields, expected: Fields): readonly Check[] {
	const old = makeKey(inputs.object('old'));
	const made = makeKey(inputs.object('new'));
	const carried = inputs.object('fields');
	const section = inputs.integer('section');
	const wish: TokenWish | undefined = keyChangeSections(newKeyOf(inputs, made, carried))[
		section - 1
	];
	if (!wish) throw new UnreadableField(`inputs.section: ${section} is not in this set`);
	const read = decodeToken(expected.text('token'), old.cipher);
	const checks = [
		{ what: 'subclass', expected: inputs.integer('subclass'), came: wish.subclass },
		...sectionChecks(section, carried, wish.fields),
		{ what: 'decoder_key', expected: expected.raw('decoder_key'), came: formatHex(old.decoderKey) },
		{
			what: 'new_decoder_key',
			expected: expected.raw('new_decoder_key'),
			came: formatHex(made.decoderKey),
		},
		{
			what: 'data_block',
			expected: expected.raw('data_block'),
			came: formatBlock(encodeBlock(wish, old.cipher.ea)),
		},
		{ what: 'token', expected: expected.text('token'), came: encodeToken(wish, old.cipher) },
		{
			what: 'fields read back',
			expected: wish.fields,
			came: 'token' in read ? read.token.fields : read.refusal,
		},
	];
	return checks.filter((check) => check.expected !== undefined);
}
