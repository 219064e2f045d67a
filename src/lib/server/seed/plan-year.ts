/**
 * A year of a small utility as a plan: who buys when, where and for how much. Pure: the same meters, date and
 * seed give the same year. `sell-year.ts` carries it out through the vend pipeline itself.
 */
import { between, chanceFrom, pick, type Chance } from './chance.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS = 365;
const SEED = 20_261_120;

/** Where a sale is made: a vendor's till, or the web. */
export const WEB = 'WEB';

export interface PlannedSale {
	readonly atMs: number;
	readonly drn: string;
	readonly amountMinor: number;
	/** A terminal's id, or `WEB`. */
	readonly at: string;
}

/** Who buys: a household that comes about every so many days. */
interface Habit {
	readonly drn: string;
	readonly everyDays: number;
	/** The place it goes to, most of the time. */
	readonly usual: string;
	readonly amounts: readonly number[];
}

/** Minor units: what people put on a counter. */
const PURSES: readonly (readonly number[])[] = [
	[5_000, 10_000, 10_000, 20_000],
	[10_000, 20_000, 25_000, 30_000],
	[20_000, 50_000, 50_000, 100_000],
	[100_000, 150_000, 200_000],
];

/**
 * The year before the civil day that `dayStartMs` begins, oldest sale first; no meter buys twice on one day.
 */
export function planYear(
	drns: readonly string[],
	tills: readonly string[],
	dayStartMs: number,
): PlannedSale[] {
	const chance = chanceFrom(SEED);
	const habits = drns.map((drn) => habitOf(chance, drn, tills));
	const sales = habits.flatMap((habit) => salesOf(chance, habit, tills, dayStartMs));
	return sales.sort((one, other) => one.atMs - other.atMs || one.drn.localeCompare(other.drn));
}

function habitOf(chance: Chance, drn: string, tills: readonly string[]): Habit {
	return {
		drn,
		everyDays: between(chance, 9, 34),
		usual: chance() < 0.3 ? WEB : pick(chance, tills),
		amounts: pick(chance, PURSES),
	};
}

function salesOf(
	chance: Chance,
	habit: Habit,
	tills: readonly string[],
	dayStartMs: number,
): PlannedSale[] {
	const sales: PlannedSale[] = [];
	let daysAgo = DAYS - between(chance, 0, habit.everyDays);
	while (daysAgo > 0) {
		sales.push({
			// From seven in the morning to eight in the evening.
			atMs: dayStartMs - daysAgo * DAY_MS + 7 * HOUR_MS + Math.floor(chance() * 13 * HOUR_MS),
			drn: habit.drn,
			amountMinor: pick(chance, habit.amounts),
			at: chance() < 0.85 ? habit.usual : pick(chance, tills),
		});
		daysAgo -= between(chance, Math.ceil(habit.everyDays / 2), habit.everyDays * 2);
	}
	return sales;
}
