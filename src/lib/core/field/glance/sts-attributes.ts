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
		ea: attribute(5, wholeWithin(0, 99)),
		sgc: attribute(6, (data) => digitsIn(data, 6)),
		ti: attribute(7, wholeWithin(0, 99)),
		krn: attribute(8, wholeWithin(1, 9)),
		kt: attribute(9, wholeWithin(0, 3)),
		ken: attribute(10, wholeWithin(0, 255)),
		keyChangeTokens: attribute(11, wholeWithin(0, 255)),
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

export function stsKeyOf(sts: StsGlance): StsKey {
	const key = { ea: sts.ea, sgc: sts.sgc, ti: sts.ti, krn: sts.krn, kt: sts.kt, ken: sts.ken };
	return Object.fromEntries(
		Object.entries(key).flatMap(([name, reading]) => {
			const value = valueOf<number | string>(reading);
			return value === undefined ? [] : [[name, value]];
		}),
	);
}

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
