/** How the electricity goes: days left, what was bought by month, advice, reminders. */
import type { NoRate } from '#lib/core/vending/burn-rate.ts';
import type { CreditRefusal } from '#lib/core/vending/read-credit.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('en');
const days = (count: string): string => `${count} ${plural(count, { one: 'day', other: 'days' })}`;

/** Why there is no estimate, and what helps. */
const missing: Record<NoRate, string> = {
	'nothing-known': 'Nothing was bought for this meter on this phone lately.',
	'bought-once': 'One purchase says nothing of how long it lasts.',
	'too-short': 'A week between two purchases is needed, or two readings of the meter.',
	'no-use': 'Between the readings nothing was used.',
	'clock-behind': 'The date of this phone is behind. Set it right first.',
};

const refusals: Record<CreditRefusal, string> = {
	empty: 'Type what the display shows.',
	'not-a-number': 'Only digits, and one point or comma.',
	'too-much': 'No meter shows that much.',
};

export const use = {
	/** The way to the screen. */
	link: 'Use and days left',
	title: 'Use and days left',
	estimate: 'Estimate',
	left: {
		about: (count: string) => `About ${days(count)} left`,
		/** More than a person plans for. */
		long: (count: string) => `More than ${days(count)} left`,
		today: 'Less than a day left',
		over: 'Should be used up by now',
		overDetail: 'If the meter still has credit, type below what it shows.',
		unknown: 'How long it lasts is not known yet',
		/** Both energies with their unit. */
		figures: (credit: string, perDay: string) => `About ${credit} on the meter, ${perDay} a day.`,
		fromReading: 'From what the meter showed and what was bought here since.',
		fromPurchases: 'From what was bought on this phone, as if little was left each time.',
		others: 'What others bought for this meter is not known here.',
	},
	missing,
	reading: {
		title: 'What does the meter show?',
		/** Why it is asked. */
		why: 'It makes the estimate better.',
		field: 'Credit in kWh',
		hint: 'As on the display, such as 12.4',
		save: 'Keep',
		/** With its unit. */
		last: (credit: string, ago: string) => `${credit}, ${ago}`,
		remove: 'Take back',
		refusals,
	},
	months: {
		title: 'Bought by month',
		table: 'As a table',
		month: 'Month',
	},
	advice: {
		/** `day` such as `1 December`; `gain` with its unit. */
		wait: (day: string, gain: string) =>
			`On ${day} the cheaper blocks begin again: the same money buys at least ${gain} more.`,
		ifItLasts: 'Wait only if your credit lasts until then.',
		buyNow: (day: string, gain: string) =>
			`Spent by ${day}, and then only on the rest of what next month needs, the same money buys at least ${gain} more than all of it from the 1st on.`,
		known: 'As far as this phone knows.',
	},
	reminder: {
		title: 'Remind me',
		/** The choices beside `off`. */
		when: (count: string) => `${days(count)} before`,
		off: 'Never',
		/** `day` such as `12 December`. */
		around: (day: string) => `Around ${day}.`,
		noTime: 'The time is reckoned once more is known.',
		passed: 'For this time the moment has passed. It reminds you after the next purchase.',
		push: 'A notification comes even when the app is closed.',
		waiting: 'The service hears of it when the network is back.',
		inApp: 'It is shown when you open the app.',
		blocked: 'The browser blocks notifications. It is shown when you open the app.',
		notStored: 'This device has no room left to keep it.',
		/** In a notification. `name` is the person's own word for the meter, or its number. */
		noteTitle: (name: string) => `Electricity: ${name}`,
		noteBody: (count: string) => `Credit for about ${days(count)}, by this phone’s estimate.`,
		topUp: 'Top up',
		putAway: 'Put away',
	},
};
