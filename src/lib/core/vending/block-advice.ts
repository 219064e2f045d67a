/**
 * Whether the same money buys more before the month ends or after: an inclining tariff begins again on the
 * first. What is compared is not two prices but two courses: buying now and the rest of next month's need
 * then, or everything then. Whoever buys in the dear block now needs less of next month's dear block.
 *
 * Nothing is said that could turn out untrue: every course is reckoned for a need that is smaller and one that
 * is larger than known, with and without the monthly charge, and all must say the same. In that, debts are left
 * out: what pays them is no loss. But the gain that is named is one of the account as it is, debts and charge
 * and all: of waiting, what the amount itself buys more on the first; of buying now, what the whole course
 * buys more than the same money spent on the first, at once or in two. What others buy for the meter makes this
 * month's blocks dearer than is known here, which speaks for waiting; so advice to buy now needs the account as
 * it is, not as it was. Pure; the gain is in 0.1 kWh.
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
	/**
	 * At least so much more for the same money, 0.1 kWh. `wait`: of the amount alone. `buy-now`: of the amount
	 * now and the rest of next month's need then, together.
	 */
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
	const gains = coursesOf(facts, withoutDebts(facts.account)).map((course) =>
		gainOfWaiting(facts, course, firstDay),
	);
	const worthDeciKwh = Math.max(
		LEAST_GAIN_DECI_KWH,
		Math.ceil(boughtNow(facts, withoutDebts(facts.account), true).energyDeciKwh / LEAST_SHARE),
	);
	const least = Math.min(...gains);
	if (least >= worthDeciKwh) {
		const gainDeciKwh = Math.min(least, moreOnTheFirst(facts, firstDay));
		if (gainDeciKwh < worthDeciKwh) return null;
		if (daysLeft !== null && daysLeft < daysToFirst(moment)) return null;
		return { kind: 'wait', gainDeciKwh, lastDay, firstDay, lasts: daysLeft !== null };
	}
	if (!facts.accountIsFresh || -Math.max(...gains) < worthDeciKwh) return null;
	const real = coursesOf(facts, facts.account).map((course) =>
		gainOfWaiting(facts, course, firstDay),
	);
	const gainDeciKwh = -Math.max(...gains, ...real);
	if (gainDeciKwh < worthDeciKwh) return null;
	return { kind: 'buy-now', gainDeciKwh, lastDay, firstDay, lasts: true };
}

interface Course {
	readonly account: AccountState;
	/** Next month's need, 0.1 kWh. */
	readonly needDeciKwh: number;
	readonly withCharge: boolean;
}

function coursesOf(facts: AdviceFacts, account: AccountState): Course[] {
	const needs = needsOf(facts).map((need) => Math.max(0, need - facts.freeDeciKwh));
	const [least, most] = [Math.min(...needs), Math.max(...needs)];
	return [true, false].flatMap((withCharge) => {
		// Where this amount falls just short of the need, a little more bears a whole month's charge.
		const beyond = boughtNow(facts, account, withCharge).energyDeciKwh + 1;
		const all = beyond > least && beyond < most ? [...needs, beyond] : needs;
		return all.map((needDeciKwh) => ({ account, needDeciKwh, withCharge }));
	});
}

function needsOf({ whPerDay }: AdviceFacts): readonly number[] {
	if (whPerDay === null) return ANY_NEED;
	const need = Math.ceil((whPerDay * DAYS_OF_A_MONTH) / 100);
	return [need, Math.floor((need * 7) / 10), Math.ceil((need * 3) / 2)];
}

/** How much more the same money buys, in all, when this amount is spent on the first; negative: less. */
function gainOfWaiting(facts: AdviceFacts, course: Course, firstDay: CivilDate): number {
	const { amountMinor } = facts;
	const { account, withCharge, needDeciKwh } = course;
	const tariff = plainOf(facts.nextTariff, facts, withCharge);
	const now = boughtNow(facts, account, withCharge);
	const second = opened(facts, now.after, firstDay);
	const restMinor = moneyFor(needDeciKwh - now.energyDeciKwh, tariff, second);
	const rest = buy(restMinor, tariff, second);
	const waited = boughtAfter([amountMinor, restMinor], tariff, opened(facts, account, firstDay));
	return waited - now.energyDeciKwh - rest.energyDeciKwh;
}

/** What two amounts buy, one after the other or at once, whichever is more, 0.1 kWh. */
function boughtAfter(
	[one, other]: readonly [number, number],
	tariff: PlainTariff,
	account: AccountState,
): number {
	const first = buy(one, tariff, account);
	const second = buy(other, tariff, first.after);
	const atOnce = buy(Math.min(one + other, MAX_AMOUNT_MINOR), tariff, account);
	return Math.max(first.energyDeciKwh + second.energyDeciKwh, atOnce.energyDeciKwh);
}

/** How much more the amount itself buys on the first, of the account as it is; negative: less. */
function moreOnTheFirst(facts: AdviceFacts, firstDay: CivilDate): number {
	const { amountMinor, account } = facts;
	const tariff = plainOf(facts.nextTariff, facts, true);
	const then = buy(amountMinor, tariff, opened(facts, account, firstDay));
	return then.energyDeciKwh - boughtNow(facts, account, true).energyDeciKwh;
}

function boughtNow(facts: AdviceFacts, account: AccountState, withCharge: boolean): Purchase {
	const standing = accountInMonth(account, formatMonth(facts.moment));
	return buy(facts.amountMinor, plainOf(facts.tariff, facts, withCharge), standing);
}

/** The account on the first of next month, with what is free then. */
function opened(
	{ freeDeciKwh }: AdviceFacts,
	account: AccountState,
	firstDay: CivilDate,
): AccountState {
	const next = accountInMonth(account, formatMonth(firstDay));
	return { ...next, boughtDeciKwh: next.boughtDeciKwh + freeDeciKwh };
}

const withoutDebts = (account: AccountState): AccountState => ({ ...account, arrearsMinor: 0 });

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
