/**
 * The identity of a meter on a card or a sticker (IEC 62055-41 6.1.1, IEC 62055-51; sts.md §10.2): the ID
 * record of 35 digits, and Record 2, the magnetic stripe's form of the same.
 *
 *     ID record   PAN(18) DOE(4) TCT(2) EA(2) SGC(6) TI(2) KRN(1)
 *     Record 2    PAN = DOE|= = TCT EA SGC TI KRN
 */
import type { CivilDate } from '../units/instant.ts';
import { isEa, type Ea } from './algorithms.ts';
import { isKrn } from './key-attributes.ts';
import { isLuhnRight } from './luhn.ts';

/** What both records say. */
export interface IdRecord {
	/** Meter PAN, 18 digits. */
	readonly pan: string;
	/** Date of expiry of the card, `YYMM`; `0000` for none. */
	readonly doe: string;
	/** Token carrier type, 2 digits: 01 magnetic card, 02 keypad, 07 virtual. */
	readonly tct: string;
	readonly ea: Ea;
	/** Supply group code, 6 digits. */
	readonly sgc: string;
	/** Tariff index, 0 … 99. */
	readonly ti: number;
	/** Key revision number, 1 … 9. */
	readonly krn: number;
}

/** Why a text is not an ID record or a Record 2, in order of precedence. */
export type IdRecordRefusal =
	'empty' | 'wrong-shape' | 'pan-check-digit' | 'expiry-month' | 'unknown-ea' | 'krn-out-of-range';

/** The expiry that stands for none. */
export const NO_EXPIRY = '0000';

const ID_RECORD = /^(\d{18})(\d{4})(\d{2})(\d{2})(\d{6})(\d{2})(\d)$/;
/** In Record 2 a missing date leaves its parting sign doubled. */
const RECORD_2 = /^(\d{18})=(\d{4}|=)=(\d{2})(\d{2})(\d{6})(\d{2})(\d)$/;
/** What a card reader may leave around Record 2: a start sentinel, and an end sentinel with what follows. */
const START_SENTINELS = [';', '\u0002'];
const END_SENTINELS = ['?', '\u0003'];

const twoDigits = (value: number) => String(value).padStart(2, '0');

function tail(record: IdRecord): string {
	const { tct, ea, sgc, ti, krn } = record;
	return tct + twoDigits(ea) + sgc + twoDigits(ti) + String(krn);
}

/** The ID record of 35 digits. */
export function formatIdRecord(record: IdRecord): string {
	return record.pan + record.doe + tail(record);
}

/** Record 2, without the sentinels and check character that the card writer adds. */
export function formatRecord2(record: IdRecord): string {
	const doe = record.doe === NO_EXPIRY ? '=' : record.doe;
	return `${record.pan}=${doe}=${tail(record)}`;
}

function readRecord(pattern: RegExp, text: string): IdRecord | { refusal: IdRecordRefusal } {
	if (text === '') return { refusal: 'empty' };
	const match = pattern.exec(text);
	if (!match) return { refusal: 'wrong-shape' };
	const [, pan, date, tct, ea, sgc, ti, krn] = match;
	const record = {
		...{ pan, doe: date === '=' ? NO_EXPIRY : date, tct, sgc },
		...{ ea: Number(ea), ti: Number(ti), krn: Number(krn) },
	} as IdRecord;
	if (!isLuhnRight(record.pan)) return { refusal: 'pan-check-digit' };
	const month = Number(record.doe.slice(2));
	if (record.doe !== NO_EXPIRY && (month < 1 || month > 12)) return { refusal: 'expiry-month' };
	if (!isEa(record.ea)) return { refusal: 'unknown-ea' };
	return isKrn(record.krn) ? record : { refusal: 'krn-out-of-range' };
}

/** Thirty-five digits as an ID record; spaces are passed over. */
export function parseIdRecord(text: string): IdRecord | { refusal: IdRecordRefusal } {
	return readRecord(ID_RECORD, text.replace(/\s+/g, ''));
}

function withoutSentinels(text: string): string {
	const start = START_SENTINELS.some((sentinel) => text.startsWith(sentinel)) ? 1 : 0;
	const ends = END_SENTINELS.map((sentinel) => text.indexOf(sentinel)).filter((at) => at >= 0);
	return text.slice(start, ends.length > 0 ? Math.min(...ends) : undefined);
}

/** Record 2 as an ID record, with or without its sentinels; its check character is the reader's matter. */
export function parseRecord2(text: string): IdRecord | { refusal: IdRecordRefusal } {
	return readRecord(RECORD_2, withoutSentinels(text.trim()));
}

/** Whether the card has expired on a day: it is good to the end of its month (sts.md §21, point 11). */
export function isIdRecordExpired(record: IdRecord, today: CivilDate): boolean {
	if (record.doe === NO_EXPIRY) return false;
	const month = (2000 + Number(record.doe.slice(0, 2))) * 12 + Number(record.doe.slice(2));
	return today.year * 12 + today.month > month;
}
