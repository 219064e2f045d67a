/**
 * What a meter card or a person says of a meter that the office does not know (blind vend). A card reader
 * reads whatever is pulled through it: a bank card is known for what it is before anything else is looked
 * at, so that nothing of it is ever stored.
 */
import { isLuhnRight } from '#lib/core/sts/luhn.ts';
import { isIdRecordExpired, parseIdRecord, parseRecord2 } from '#lib/core/sts/id-record.ts';
import { IIN_OF_11, IIN_OF_13, parseMeterPan } from '#lib/core/sts/meter-pan.ts';
import type { CivilDate } from '#lib/core/units/instant.ts';
import type { RefusalCode } from './refusals.ts';

/** Where a meter is in the key scheme, and what makes its tokens. */
export interface MeterDetail {
	readonly sgc: string;
	readonly krn: number;
	/** Two digits. */
	readonly ti: string;
	readonly ea: 7 | 11;
	/** Two digits. */
	readonly tct: string;
}

/** As it is asked with: the card's second track, or typed. */
export type MeterDetailSource =
	{ readonly from: 'card'; readonly track2: string } | ({ readonly from: 'detail' } & MeterDetail);

export type MeterDetailRefusal = Extract<
	RefusalCode,
	'bank-card-refused' | 'meter-card-unreadable' | 'meter-card-other-meter' | 'meter-card-expired'
>;

/**
 * Order: `bank-card-refused`, `meter-card-unreadable`, `meter-card-other-meter`, `meter-card-expired`.
 * @param drn the meter that is to be sold to
 * @param today in the utility's calendar
 */
export function readMeterDetail(
	source: MeterDetailSource,
	drn: string,
	today: CivilDate,
): MeterDetail | { refusal: MeterDetailRefusal } {
	if (source.from === 'detail') {
		const { sgc, krn, ti, ea, tct } = source;
		return { sgc, krn, ti, ea, tct };
	}
	if (isBankCard(source.track2)) return { refusal: 'bank-card-refused' };
	const record = readRecord(source.track2);
	if ('refusal' in record) return { refusal: 'meter-card-unreadable' };
	const pan = parseMeterPan(record.pan);
	if ('refusal' in pan) return { refusal: 'meter-card-unreadable' };
	if (pan.drn !== drn) return { refusal: 'meter-card-other-meter' };
	if (isIdRecordExpired(record, today)) return { refusal: 'meter-card-expired' };
	const { sgc, krn, ea, tct } = record;
	return { sgc, krn, ti: String(record.ti).padStart(2, '0'), ea, tct };
}

/** Track 2 of a card, or the record of thirty-five digits that some makers print. */
function readRecord(text: string) {
	const record = parseRecord2(text);
	return 'refusal' in record ? parseIdRecord(text) : record;
}

/** What a reader leaves at the start, then the number, up to what parts it from the rest. */
const CARD_NUMBER = /^\D{0,4}(\d{12,19})(?!\d)/;
/** Issuers of payment cards by the number's first digit (ISO/IEC 7812: travel, banking, merchandising). */
const PAYMENT_INDUSTRIES = /^[2-6]/;

/**
 * Whether a text begins as a payment card's track does. Rather too many than too few: a meter's own number
 * has eighteen digits and one of two issuers, and everything else of a card's length that is a card's by its
 * check digit or its issuer is taken for one.
 */
export function isBankCard(text: string): boolean {
	const number = CARD_NUMBER.exec(text)?.[1];
	if (number === undefined || isMeterPan(number)) return false;
	return isLuhnRight(number) || PAYMENT_INDUSTRIES.test(number);
}

function isMeterPan(number: string): boolean {
	return number.length === 18 && (number.startsWith(IIN_OF_11) || number.startsWith(IIN_OF_13));
}
