/**
 * Whether the same money buys more before the month ends or after: an inclining tariff begins again on the
 * first. What is compared is not two prices but two courses: buying now and the rest of next month's need
 * then, or everything then. Whoever buys in the dear block now needs less of next month's dear block.
 *
 * Nothing is said that could turn out untrue: every course is reckoned for a need that is smaller and one that
 * is larger than known, with and without the monthly charge, and all must say the same. Debts are left out of
 * it: what pays them is no loss. What others buy for the meter makes this month's blocks dearer than is known
 * here, which speaks for waiting; so advice to buy now needs the account as it is, not as it was. Pure; the
 * gain is in 0.1 kWh.
 */
import {
	dayAfter,
	formatMonth,
	type CivilDate,
	type CivilMoment,
} from '#lib/core/units/instant.ts';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { daysToFirst, firstOfNext, isMonthEnding } from './month-end.ts';
import { accountInMonth, priceVend } from './price.ts';
import { tariffAt } from './tariff-at.ts';
import type { AccountState, PlainTariff, Tariff } from './tariff.ts';

export interface AdviceFacts {
	readonly amountMinor: number;
	/** In force now, and on the first of next month. */
	readonly tariff: Tariff;
	readonly nextTariff: Tariff;
	readonly account: AccountState;
	/** The account is as the backend has just said: no purchase of others is missing in it. */
	readonly accountIsFresh: boolean;
	/** Now, in the utility's zone. */
	readonly moment: CivilMoment;
	/** By `decideCreditLeft`; null: not known. */
	readonly whPerDay: number | null;
	readonly daysLeft: number | null;
	/** Free energy that the meter gets each month, which fills the first block; 0: none is known of. */
	readonly freeDeciKwh: number;
}

export interface BlockAdvice {
	readonly kind: 'wait' | 'buy-now';
	/** At least so much more for the same money, 0.1 kWh. */
	readonly gainDeciKwh: number;
	/** The last day of this month, and the first of the next. */
	readonly lastDay: CivilDate;
	readonly firstDay: CivilDate;
	/** Whether the credit is known to last until the first. */
	readonly lasts: boolean;
}

/** Below this it is not worth a thought: 1 kWh, and a twentieth of what the money buys. */
const LEAST_GAIN_DECI_KWH = 10;
const LEAST_SHARE = 20;
/** The need of a month by which nothing is known of it: any, 0.1 kWh. */
const ANY_NEED = [0, 500, 1_500, 5_000, 50_000];
const DAYS_OF_A_MONTH = 30;

/** Null: there is nothing to say, or nothing that is certain enough. */
export function decideBlockAdvice(facts: AdviceFacts): BlockAdvice | null {
	const { moment, daysLeft } = facts;
	const firstDay = firstOfNext(moment);
	const lastDay = dayAfter(firstDay, -1);
	// Which hour it is makes more of a difference than the day.
	if (facts.tariff.timeOfUse?.length || facts.nextTariff.timeOfUse?.length) return null;
	if (!isMonthEnding(moment)) return null;
	const gains = coursesOf(facts).map((course) => gainOfWaiting(facts, course, firstDay));
	const [least, most] = [Math.min(...gains), Math.max(...gains)];
	const worthDeciKwh = Math.max(
		LEAST_GAIN_DECI_KWH,
		Math.ceil(boughtNow(facts, true).energyDeciKwh / LEAST_SHARE),
	);
	if (least >= worthDeciKwh) {
		if (daysLeft !== null && daysLeft < daysToFirst(moment)) return null;
		return { kind: 'wait', gainDeciKwh: least, lastDay, firstDay, lasts: daysLeft !== null };
	}
	if (-most < worthDeciKwh || !facts.accountIsFresh) return null;
	return { kind: 'buy-now', gainDeciKwh: -most, lastDay, firstDay, lasts: true };
}

interface Course {
	/** Next month's need, 0.1 kWh. */
	readonly needDeciKwh: number;
	readonly withCharge: boolean;
}

function coursesOf({ whPerDay, freeDeciKwh }: AdviceFacts): Course[] {
	const need = whPerDay === null ? null : Math.ceil((whPerDay * DAYS_OF_A_MONTH) / 100);
	const needs =
		need === null ? ANY_NEED : [need, Math.floor((need * 7) / 10), Math.ceil((need * 3) / 2)];
	return needs.flatMap((of) =>
		[true, false].map((withCharge) => ({
			needDeciKwh: Math.max(0, of - freeDeciKwh),
			withCharge,
		})),
	);
}

/** How much more the same money buys, in all, when this amount is spent on the first; negative: less. */
function gainOfWaiting(facts: AdviceFacts, course: Course, firstDay: CivilDate): number {
	const { amountMinor, freeDeciKwh } = facts;
	const { withCharge, needDeciKwh } = course;
	const tariff = plainOf(facts.nextTariff, facts, withCharge);
	const opened = (account: AccountState): AccountState => {
		const next = accountInMonth(account, formatMonth(firstDay));
		return { ...next, boughtDeciKwh: next.boughtDeciKwh + freeDeciKwh };
	};
	const now = boughtNow(facts, withCharge);
	const restMinor = moneyFor(needDeciKwh - now.energyDeciKwh, tariff, opened(now.after));
	const rest = buy(restMinor, tariff, opened(now.after));
	const first = buy(amountMinor, tariff, opened(standing(facts)));
	const second = buy(restMinor, tariff, first.after);
	return first.energyDeciKwh + second.energyDeciKwh - now.energyDeciKwh - rest.energyDeciKwh;
}

function boughtNow(facts: AdviceFacts, withCharge: boolean): Purchase {
	return buy(facts.amountMinor, plainOf(facts.tariff, facts, withCharge), standing(facts));
}

/** The account in this month, without debts. */
function standing({ account, moment }: AdviceFacts): AccountState {
	return { ...accountInMonth(account, formatMonth(moment)), arrearsMinor: 0 };
}

interface Purchase {
	readonly energyDeciKwh: number;
	readonly after: AccountState;
}

function buy(amountMinor: number, tariff: PlainTariff, account: AccountState): Purchase {
	const nothing = { energyDeciKwh: 0, after: account };
	if (amountMinor === 0) return nothing;
	const price = priceVend(amountMinor, tariff, account);
	if ('refusal' in price) return nothing;
	return { energyDeciKwh: price.waterfall.energyDeciKwh, after: price.accountAfter };
}

/** The least money that buys so much: more money never buys less. */
function moneyFor(energyDeciKwh: number, tariff: PlainTariff, account: AccountState): number {
	if (energyDeciKwh <= 0) return 0;
	let [below, enough] = [0, MAX_AMOUNT_MINOR];
	while (enough - below > 1) {
		const middle = Math.floor((below + enough) / 2);
		if (buy(middle, tariff, account).energyDeciKwh >= energyDeciKwh) enough = middle;
		else below = middle;
	}
	return enough;
}

/** Of a tariff without hours any moment gives the same. */
function plainOf(tariff: Tariff, { moment }: AdviceFacts, withCharge: boolean): PlainTariff {
	const plain = tariffAt(tariff, moment);
	return withCharge ? plain : { ...plain, fixedCharge: { perMonthMinor: 0 } };
}
