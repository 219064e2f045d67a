/** The STS attributes of a meter (class 116): its number, and the key its tokens are made for. */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { IIN_OF_11, IIN_OF_13, parseMeterPan } from '#lib/core/sts/meter-pan.ts';
import { type Reading, valueOf } from '../reading.ts';
import { elementsIn, textIn, wholeIn, wholeWithin } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectOf } from './known-facts.ts';

export interface PanGlance {
	/** Eighteen digits as the meter composes them. */
	readonly pan: string;
	/** The meter number, eleven or thirteen digits. */
	readonly drn: string;
	/** Whether issuer and both check digits are right. */
	readonly sound: boolean;
}

export interface StsGlance {
	readonly logicalName: Obis | undefined;
	readonly pan: Reading<PanGlance>;
	readonly commodity: Reading<string>;
	readonly carriers: Reading<readonly number[]>;
	/** 7 or 11, or another number that the meter says. */
	readonly ea: Reading<number>;
	/** Six digits. */
	readonly sgc: Reading<string>;
	/** 0 … 99. */
	readonly ti: Reading<number>;
	/** 1 … 9. */
	readonly krn: Reading<number>;
	/** 0 … 3. */
	readonly kt: Reading<number>;
	/** 0 … 255. */
	readonly ken: Reading<number>;
	/** Key-change tokens of a set. */
	readonly keyChangeTokens: Reading<number>;
	readonly certificate: Reading<string>;
}

const MAX_CARRIERS = 32;

export function stsGlance(reading: GlanceReading): StsGlance {
	const object = objectOf(reading, 'sts');
	const attribute = attributesOf(reading, object);
	return {
		logicalName: object?.logicalName,
		pan: attribute(2, panIn),
		commodity: attribute(3, textIn),
		carriers: attribute(4, carriersIn),
		ea: attribute(5, KEY_PARTS.ea.understand),
		sgc: attribute(6, KEY_PARTS.sgc.understand),
		ti: attribute(7, KEY_PARTS.ti.understand),
		krn: attribute(8, KEY_PARTS.krn.understand),
		kt: attribute(9, KEY_PARTS.kt.understand),
		ken: attribute(10, KEY_PARTS.ken.understand),
		keyChangeTokens: attribute(11, keyTokensIn),
		certificate: attribute(12, textIn),
	};
}

/** The key in a meter as class 116 tells it; attributes it does not tell are absent. */
export interface StsKey {
	readonly ea?: number;
	readonly sgc?: string;
	readonly ti?: number;
	readonly krn?: number;
	readonly kt?: number;
	readonly ken?: number;
}

/** Where each attribute of a key stands in class 116, and what it may be. */
const KEY_PARTS = {
	ea: { attribute: 5, understand: wholeWithin(0, 99) },
	sgc: { attribute: 6, understand: (data: Data | undefined) => digitsIn(data, 6) },
	ti: { attribute: 7, understand: wholeWithin(0, 99) },
	krn: { attribute: 8, understand: wholeWithin(1, 9) },
	kt: { attribute: 9, understand: wholeWithin(0, 3) },
	ken: { attribute: 10, understand: wholeWithin(0, 255) },
} as const;

/** How many key-change tokens a set for this meter has. */
export const keyTokensIn = wholeWithin(0, 255);

/** A key from the attributes of class 116; undefined stands for one that is not told. */
export function keyFrom(told: (attribute: number) => Data | undefined): StsKey {
	return withoutGaps(
		Object.entries(KEY_PARTS).map(([name, part]) => [name, part.understand(told(part.attribute))]),
	);
}

/** The key of a glance. */
export function stsKeyOf(sts: StsGlance): StsKey {
	const names = Object.keys(KEY_PARTS) as (keyof typeof KEY_PARTS)[];
	return withoutGaps(names.map((name) => [name, valueOf<number | string>(sts[name])]));
}

const withoutGaps = (parts: readonly (readonly [string, number | string | undefined])[]): StsKey =>
	Object.fromEntries(parts.filter(([, value]) => value !== undefined));

/** A whole number written with so many digits; undefined for one with more. */
function digitsIn(data: Data | undefined, digits: number): string | undefined {
	const value = wholeIn(data);
	if (value === undefined || value < 0) return undefined;
	const text = String(value).padStart(digits, '0');
	return text.length === digits ? text : undefined;
}

/** Issuer and reference in the two forms of the standard, then as they stand (sts.md §10.1). */
const FORMS = [
	{ issuer: Number(IIN_OF_11), iin: IIN_OF_11, digits: 11 },
	{ issuer: Number(IIN_OF_13), iin: IIN_OF_13, digits: 13 },
] as const;

export function panIn(data: Data): PanGlance | undefined {
	const [issuerData, referenceData, checkData] = elementsIn(data) ?? [];
	const [issuer, check] = [wholeIn(issuerData), digitsIn(checkData, 1)];
	if (issuer === undefined || check === undefined) return undefined;
	for (const form of FORMS) {
		const drn = issuer === form.issuer ? digitsIn(referenceData, form.digits) : undefined;
		const pan = drn && form.iin + drn + check;
		if (pan && 'drn' in parseMeterPan(pan)) return { pan, drn, sound: true };
	}
	const drn = digitsIn(referenceData, 11) ?? digitsIn(referenceData, 13);
	if (drn === undefined) return undefined;
	const pan = String(issuer).padStart(17 - drn.length, '0') + drn + check;
	return { pan, drn, sound: false };
}

function carriersIn(data: Data): readonly number[] | undefined {
	const carriers = elementsIn(data)?.slice(0, MAX_CARRIERS).map(wholeIn);
	return carriers?.every((carrier) => carrier !== undefined) ? carriers : undefined;
}
