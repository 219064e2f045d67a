/**
 * The office's form of what a vendor's tills may do without the network: what is typed, as text, and the terms
 * that it makes or what is wrong with it. Judged by the same schema and the same rule as in the backend.
 */
import * as v from 'valibot';
import { OfflineTermsShape } from '#lib/core/sync/wire-till.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import { parseAmount, type AmountRefusal, type Currency } from '#lib/core/units/money.ts';
import { findTermsErrors } from '#lib/core/vending/decide-terms.ts';
import type { OfflineCaps, OfflineTerms, ReserveTerms } from '#lib/core/vending/offline-terms.ts';
import { typedFrom } from '#lib/ui/view/amount.ts';

interface CapsFields {
	perSale: string;
	sum: string;
	count: string;
	hours: string;
}
export interface TermsForm {
	queued: CapsFields & { on: boolean };
	unkept: CapsFields;
	reserve: { on: boolean; denominations: string; sum: string; count: string; hours: string };
}

/** `queued.perSale`. */
export type TermsField = `${'queued' | 'unkept'}.${keyof CapsFields}` | ReserveField;
type ReserveField = `reserve.${'denominations' | 'sum' | 'count' | 'hours'}`;
export type Wrong =
	| 'empty'
	| 'not-a-number'
	| 'not-whole'
	| 'too-many-decimals'
	| 'negative'
	| 'denominations'
	| 'beyond'
	| 'more-than-sum'
	| 'more-than-kept';
export type WrongFields = Partial<Record<TermsField, Wrong>>;
type Judged = { readonly terms: OfflineTerms } | { readonly wrong: WrongFields };

const HOUR_MS = 3_600_000;

/** What stands in the form when a way is switched on for the first time: small. In major units. */
const SUGGESTED = {
	queued: { perSale: '1000', sum: '10000', count: '20', hours: '24' },
	reserve: { denominations: '100 200 500', sum: '5000', count: '20', hours: '72' },
} as const;

export function formOf({ queued, unkept, reserve }: OfflineTerms, currency: Currency): TermsForm {
	return {
		queued: queued
			? { on: true, ...capsFields(queued, currency) }
			: { on: false, ...SUGGESTED.queued },
		unkept: capsFields(unkept, currency),
		reserve: reserve
			? {
					on: true,
					denominations: reserve.denominationsMinor
						.map((value) => typedFrom(value, currency))
						.join(' '),
					sum: typedFrom(reserve.sumMinor, currency),
					...{ count: String(reserve.count), hours: hoursOf(reserve.lifeMs) },
				}
			: { on: false, ...SUGGESTED.reserve },
	};
}

function capsFields(caps: OfflineCaps, currency: Currency): CapsFields {
	return {
		perSale: typedFrom(caps.perSaleMinor, currency),
		sum: typedFrom(caps.sumMinor, currency),
		...{ count: String(caps.count), hours: hoursOf(caps.ageMs) },
	};
}

const hoursOf = (ms: number): string => String(ms / HOUR_MS);

/** @param before the terms that hold: the caps that a switched-off way hides stay as they are */
export function judgeForm(form: TermsForm, before: OfflineTerms, currency: Currency): Judged {
	const wrong: WrongFields = {};
	const terms: OfflineTerms = {
		queued: form.queued.on ? readCaps('queued', form.queued, currency, wrong) : null,
		unkept: form.queued.on ? readCaps('unkept', form.unkept, currency, wrong) : before.unkept,
		reserve: form.reserve.on ? readReserve(form.reserve, currency, wrong) : null,
	};
	if (Object.keys(wrong).length > 0) return { wrong };
	return judgeTerms(terms);
}

function judgeTerms(terms: OfflineTerms): Judged {
	const shaped = v.safeParse(OfflineTermsShape, terms);
	if (!shaped.success)
		return {
			wrong: wrongAt(
				shaped.issues.map(({ path = [] }) => path.map(({ key }) => String(key))),
				'beyond',
			),
		};
	const errors = findTermsErrors(terms).map(({ pointer }) => pointer.split('/').slice(1));
	if (errors.length === 0) return { terms };
	const isBelowKept = ([part]: string[]) => part === 'unkept' && terms.queued !== null;
	const own = errors.filter((path) => !isBelowKept(path));
	const unkept = errors.filter(isBelowKept);
	return { wrong: { ...wrongAt(unkept, 'more-than-kept'), ...wrongAt(own, 'more-than-sum') } };
}

const MEMBERS: Readonly<Record<string, string>> = {
	perSaleMinor: 'perSale',
	sumMinor: 'sum',
	count: 'count',
	ageMs: 'hours',
	lifeMs: 'hours',
	denominationsMinor: 'denominations',
};

/** The fields of places in the terms. */
const wrongAt = (paths: readonly (readonly string[])[], why: Wrong): WrongFields =>
	Object.fromEntries(
		paths.map(([part, member = '']) => [`${part}.${MEMBERS[member] ?? member}`, why]),
	);

function readCaps(
	part: 'queued' | 'unkept',
	fields: CapsFields,
	currency: Currency,
	wrong: WrongFields,
): OfflineCaps {
	return {
		perSaleMinor: amountIn(fields.perSale, currency, `${part}.perSale`, wrong),
		sumMinor: amountIn(fields.sum, currency, `${part}.sum`, wrong),
		count: wholeIn(fields.count, `${part}.count`, wrong),
		ageMs: wholeIn(fields.hours, `${part}.hours`, wrong) * HOUR_MS,
	};
}

function readReserve(
	{ denominations, sum, count, hours }: TermsForm['reserve'],
	currency: Currency,
	wrong: WrongFields,
): ReserveTerms {
	return {
		denominationsMinor: denominationsIn(denominations, currency, wrong),
		sumMinor: amountIn(sum, currency, 'reserve.sum', wrong),
		count: wholeIn(count, 'reserve.count', wrong),
		lifeMs: wholeIn(hours, 'reserve.hours', wrong) * HOUR_MS,
	};
}

/** Rising, each once, however they were typed. */
function denominationsIn(text: string, currency: Currency, wrong: WrongFields): number[] {
	const parsed = text
		.split(/[\s;]+/)
		.filter((each) => each !== '')
		.map((each) => parseAmount(each, currency));
	const amounts = parsed.flatMap((each) => ('amountMinor' in each ? [each.amountMinor] : []));
	if (amounts.length === 0 || amounts.length < parsed.length || amounts.length > MOST_DENOMINATIONS)
		wrong['reserve.denominations'] = text.trim() === '' ? 'empty' : 'denominations';
	return [...new Set(amounts)].sort((one, other) => one - other);
}
const MOST_DENOMINATIONS = 8;

/** Nothing at all is an amount here: zero. */
function amountIn(text: string, currency: Currency, field: TermsField, wrong: WrongFields): number {
	if (/^\s*0+\s*$/.test(text)) return 0;
	const parsed = parseAmount(text, currency);
	if ('amountMinor' in parsed) return parsed.amountMinor;
	wrong[field] = REFUSED[parsed.refusal];
	return 0;
}
const REFUSED: Readonly<Record<AmountRefusal, Wrong>> = {
	empty: 'empty',
	'not-a-number': 'not-a-number',
	'too-many-decimals': 'too-many-decimals',
	'not-positive': 'negative',
	'too-large': 'beyond',
};

function wholeIn(text: string, field: TermsField, wrong: WrongFields): number {
	const plain = latinDigits(text).replace(/[\s\u00a0\u202f]/g, '');
	if (/^\d{1,12}$/.test(plain)) return Number(plain);
	if (plain === '') wrong[field] = 'empty';
	else if (/^\d{13,}$/.test(plain)) wrong[field] = 'beyond';
	else if (/^-\d/.test(plain)) wrong[field] = 'negative';
	else wrong[field] = /^\d*[.,]\d+$/.test(plain) ? 'not-whole' : 'not-a-number';
	return 0;
}
