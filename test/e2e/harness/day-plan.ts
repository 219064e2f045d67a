/** What happens in a day at a till, sale by sale, all of it from one number. */
import { seededChance } from '#lib/link/seeded-chance.ts';
import type { Side, Sky } from './weather.ts';

/** What a customer wants. Amounts in minor units; no two of a day are the same. */
export interface Order {
	readonly drn: string;
	readonly amountMinor: number;
	/** What is handed over; null: the exact amount, nothing is typed. */
	readonly tenderedMinor: number | null;
}

export type Strike =
	| { readonly kill: 'browser' | 'server'; readonly at: Side }
	/** The moment Enter is pressed, and while a paper comes out. */
	| { readonly kill: 'browser'; readonly at: 'tap' | 'paper' };

/** One customer at one tab, or two at the same time at both. */
export interface Step {
	readonly sky: Sky;
	readonly orders: readonly [Order] | readonly [Order, Order];
	/** Of the first order. */
	readonly tab: 0 | 1;
	readonly reload?: 0 | 1;
	readonly strike?: Strike;
	/** A new version of the app is put out before this. */
	readonly version?: 'taken' | 'woken-to';
}

export interface Trade {
	/** Meters whose customers come again and again. */
	readonly regulars: readonly string[];
	/** One that may not be sold to. */
	readonly barred: string;
	/** Above what may be sold without the network, minor units. */
	readonly capMinor: number;
}

const STRIKES: readonly Strike[] = [
	{ kill: 'browser', at: 'tap' },
	{ kill: 'server', at: 'request' },
	{ kill: 'browser', at: 'answer' },
	{ kill: 'server', at: 'answer' },
	{ kill: 'browser', at: 'paper' },
	{ kill: 'server', at: 'answer' },
	{ kill: 'browser', at: 'request' },
];
const RELOADS = 5;

/** @param count of orders */
export function planDay(seed: number, count: number, trade: Trade): readonly Step[] {
	const chance = seededChance(seed);
	const upTo = (limit: number) => Math.floor(chance() * limit);
	const one = <T>(all: readonly T[]): T => all[upTo(all.length)] as T;
	const amounts = new Set<number>();

	function amountOf(low: number, high: number): number {
		for (;;) {
			const amountMinor = (low + upTo(high - low)) * 100 + one([0, 50, 5, 95]);
			if (amounts.has(amountMinor)) continue;
			amounts.add(amountMinor);
			return amountMinor;
		}
	}
	function order(): Order {
		const dice = chance();
		const drn = dice < 0.06 ? trade.barred : one(trade.regulars);
		const cap = trade.capMinor / 100;
		const amountMinor = dice > 0.95 ? amountOf(cap + 1, cap + 900) : amountOf(120, 900);
		const notes = one([50_00, 100_00, 500_00, 1_000_00]);
		const tenderedMinor = chance() < 0.5 ? null : Math.ceil(amountMinor / notes) * notes;
		return { drn, amountMinor, tenderedMinor };
	}

	const steps: Step[] = [];
	let [sold, spell] = [0, 0];
	let sky: Sky = 'clear';
	while (sold < count) {
		if (spell === 0) {
			sky = one<Sky>(['clear', 'clear', 'flapping', 'gone']);
			spell = 4 + upTo(8);
		}
		spell -= 1;
		const two = chance() < 0.2 && sold + 2 <= count;
		const orders = two ? ([order(), order()] as const) : ([order()] as const);
		sold += orders.length;
		steps.push({ sky, orders, tab: one([0, 1] as const) });
	}
	const places = spread(steps.length, STRIKES.length + RELOADS + 2, chance);
	const events: Partial<Step>[] = [
		...STRIKES.map((strike) => ({ strike, ...(strike.at !== 'tap' && { sky: 'clear' as const }) })),
		...Array.from({ length: RELOADS }, () => ({ reload: one([0, 1] as const) })),
	];
	shuffle(events, upTo);
	const middle = Math.floor(places.length / 2);
	events.splice(middle, 0, { version: 'taken' });
	events.push({ version: 'woken-to' });
	places.forEach((place, at) => {
		steps[place] = { ...(steps[place] as Step), ...events[at] };
	});
	return steps;
}

/** So many places of a row, apart from each other and rising. */
function spread(length: number, count: number, chance: () => number): number[] {
	const each = length / count;
	return Array.from({ length: count }, (_, at) => Math.floor(at * each + chance() * each * 0.8));
}

function shuffle<T>(all: T[], upTo: (limit: number) => number): void {
	for (let at = all.length - 1; at > 0; at -= 1) {
		const other = upTo(at + 1);
		[all[at], all[other]] = [all[other] as T, all[at] as T];
	}
}
