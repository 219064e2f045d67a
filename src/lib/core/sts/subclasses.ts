/**
 * Every token the standard defines, as one table: class, subclass, name, and how bits 59..16 of its
 * block are shared out (IEC 62055-41 6.2, STS 202-5; sts.md §2). The types of encoded and decoded tokens
 * are derived from it. A class and subclass without a row here is `not-defined`: its 44 bits are kept
 * together and given no meaning.
 */
import type { Ea } from './algorithms.ts';
import type { CheckKind } from './crc.ts';
import type { ClassNumber } from './transposition.ts';

/** How the 44 bits 59..16 are shared out: field names and widths in bits, most significant first. */
export const LAYOUTS = {
	units: { rnd: 4, tid: 24, amount: 16 },
	currency: { signExponent: 4, tid: 24, amount: 16 },
	value: { rnd: 4, tid: 24, value: 16 },
	testOfTwoDigitMaker: { control: 36, mfrCode: 8 },
	testOfFourDigitMaker: { control: 28, mfrCode: 16 },
	firstSection: { kenHigh: 4, krn: 4, rollover: 1, threeTokens: 1, kt: 2, keyPart: 32 },
	secondSection: { kenLow: 4, ti: 8, keyPart: 32 },
	thirdSectionOf64: { sgc: 24, pad: 20 },
	thirdSectionOf128: { sgcLow: 12, keyPart: 32 },
	fourthSectionOf128: { sgcHigh: 12, keyPart: 32 },
	opaque: { body: 44 },
} as const;

/** Name of a layout. */
export type LayoutName = keyof typeof LAYOUTS;

/** What a credit is for; one unit is 0.1 kWh, 0.1 m³, 0.1 m³ or 0.1 minute. */
export type Service = 'electricity' | 'water' | 'gas' | 'time';

/** One line of the table. */
export interface SubclassRow<Kind extends string = string, Layout extends LayoutName = LayoutName> {
	readonly classNumber: ClassNumber;
	/** 0 … 15. */
	readonly subclass: number;
	readonly kind: Kind;
	readonly layout: Layout;
	/** The standard's own name for the token. */
	readonly name: string;
	/** Which check closes the block: currency tokens have one of their own. */
	readonly check: CheckKind;
	/** What a credit is for. */
	readonly service?: Service;
	/** The encryption algorithm under which the row holds, where the layout depends on the key length. */
	readonly ea?: Ea;
}

function row<const Kind extends string, const Layout extends LayoutName>(
	classNumber: ClassNumber,
	subclass: number,
	kind: Kind,
	layout: Layout,
	name: string,
	more: { service?: Service; ea?: Ea } = {},
): SubclassRow<Kind, Layout> {
	const check = layout === 'currency' ? 'currency' : 'plain';
	return { classNumber, subclass, kind, layout, name, check, ...more };
}

const electricity = { service: 'electricity' } as const;
const water = { service: 'water' } as const;
const gas = { service: 'gas' } as const;
const time = { service: 'time' } as const;

/** The table. */
export const SUBCLASSES = [
	row(0, 0, 'transfer-credit', 'units', 'TransferCredit electricity', electricity),
	row(0, 1, 'transfer-credit', 'units', 'TransferCredit water', water),
	row(0, 2, 'transfer-credit', 'units', 'TransferCredit gas', gas),
	row(0, 3, 'transfer-credit', 'units', 'TransferCredit time', time),
	row(0, 4, 'transfer-currency', 'currency', 'TransferCurrency electricity', electricity),
	row(0, 5, 'transfer-currency', 'currency', 'TransferCurrency water', water),
	row(0, 6, 'transfer-currency', 'currency', 'TransferCurrency gas', gas),
	row(0, 7, 'transfer-currency', 'currency', 'TransferCurrency time', time),
	row(1, 0, 'meter-test', 'testOfTwoDigitMaker', 'InitiateMeterTest/Display'),
	row(1, 1, 'meter-test', 'testOfFourDigitMaker', 'InitiateMeterTest/Display'),
	row(1, 2, 'extended-read', 'testOfTwoDigitMaker', 'ExtendedTokenRead'),
	row(2, 0, 'set-power-limit', 'value', 'SetMaximumPowerLimit'),
	row(2, 1, 'clear-credit', 'value', 'ClearCredit'),
	row(2, 2, 'set-tariff-rate', 'value', 'SetTariffRate'),
	row(2, 3, 'first-section', 'firstSection', 'Set1stSectionDecoderKey'),
	row(2, 4, 'second-section', 'secondSection', 'Set2ndSectionDecoderKey'),
	row(2, 5, 'clear-tamper', 'value', 'ClearTamperCondition'),
	row(2, 6, 'set-phase-unbalance-limit', 'value', 'SetMaximumPhasePowerUnbalanceLimit'),
	row(2, 7, 'set-water-factor', 'value', 'SetWaterMeterFactor'),
	row(2, 8, 'third-section-of-64', 'thirdSectionOf64', 'Set3rdSectionDecoderKey', { ea: 7 }),
	row(2, 8, 'third-section-of-128', 'thirdSectionOf128', 'Set3rdSectionDecoderKey', { ea: 11 }),
	row(2, 9, 'fourth-section-of-128', 'fourthSectionOf128', 'Set4thSectionDecoderKey', { ea: 11 }),
	row(2, 10, 'extended-set', 'value', 'ExtendedTokenSet'),
] as const;

/** The fields of a layout, each an unsigned whole number of its width. */
export type FieldsOf<Layout extends LayoutName> = {
	readonly [Field in keyof (typeof LAYOUTS)[Layout]]: number;
};

type DefinedRow = (typeof SUBCLASSES)[number];

/** Name of a defined kind of token, such as `transfer-credit`. */
export type DefinedKind = DefinedRow['kind'];

/** A token of one kind: what its bits say, before any of it is interpreted. */
export interface TokenOf<Kind extends DefinedKind> {
	readonly kind: Kind;
	readonly classNumber: ClassNumber;
	readonly subclass: number;
	readonly fields: FieldsOf<Extract<DefinedRow, { kind: Kind }>['layout']>;
}

/** A token of a class and subclass that the standard reserves or leaves to makers: 44 bits without meaning. */
export interface UndefinedToken {
	readonly kind: 'not-defined';
	readonly classNumber: ClassNumber;
	readonly subclass: number;
	readonly fields: FieldsOf<'opaque'>;
}

/** A token that the standard defines. */
export type DefinedToken = { [Kind in DefinedKind]: TokenOf<Kind> }[DefinedKind];

/** Any token, as its bits say. */
export type Token = DefinedToken | UndefinedToken;

/** Whether a subclass is left to makers (class 2, 11 … 15) rather than reserved by the Association. */
export function isMakersSubclass(classNumber: ClassNumber, subclass: number): boolean {
	return classNumber === 2 && subclass >= 11;
}

const NOT_DEFINED: readonly SubclassRow[] = Array.from({ length: 64 }, (_, place) => ({
	classNumber: (place >> 4) as ClassNumber,
	subclass: place & 15,
	kind: 'not-defined',
	layout: 'opaque',
	name: isMakersSubclass((place >> 4) as ClassNumber, place & 15) ? 'maker’s own' : 'reserved',
	check: 'plain',
}));

function rowsUnder(ea: Ea): readonly SubclassRow[] {
	const rows = [...NOT_DEFINED];
	for (const defined of SUBCLASSES as readonly SubclassRow[]) {
		if (defined.ea === undefined || defined.ea === ea)
			rows[defined.classNumber * 16 + defined.subclass] = defined;
	}
	return rows;
}

const ROWS_UNDER: Readonly<Record<Ea, readonly SubclassRow[]>> = {
	7: rowsUnder(7),
	11: rowsUnder(11),
};

/**
 * The line of the table for a class and subclass; a line of kind `not-defined` when there is none.
 * @param ea the meter's algorithm: 2.8 and 2.9 differ with the key length
 * @throws {RangeError} slip: a subclass outside 0 … 15
 */
export function subclassRow(classNumber: ClassNumber, subclass: number, ea: Ea): SubclassRow {
	const found = ROWS_UNDER[ea][classNumber * 16 + subclass];
	if (!found || subclass > 15) throw new RangeError('a subclass is 0 … 15');
	return found;
}
