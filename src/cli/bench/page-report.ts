/** What many visits to a page come to, and how that is written down. */
import { MEASURES, type Measure, type Measures } from './page-scores.ts';

/** The issue's own aim for each of the three scores. */
export const WANTED_SCORE = 95;
export const WANTED_COLD_MS = 1_500;

/** Of the same, measured several times. */
export interface Spread {
	readonly median: number;
	readonly least: number;
	readonly most: number;
}

/** @throws {RangeError} when there is nothing */
export function spreadOf(values: readonly number[]): Spread {
	const inOrder = [...values].sort((one, other) => one - other);
	const [least, most] = [inOrder[0], inOrder.at(-1)];
	if (least === undefined || most === undefined) throw new RangeError('nothing was measured');
	const middle = inOrder.length >> 1;
	const [upper = least, lower = upper] = [inOrder[middle], inOrder[middle - 1]];
	return { median: inOrder.length % 2 === 1 ? upper : (upper + lower) / 2, least, most };
}

/** The parts of a visit that are written down. */
export interface Seen {
	readonly measures: Measures;
	readonly performance: number;
	readonly access: number;
	readonly practices: number;
	readonly octets: number;
	readonly requests: number;
}

export const SCORES = ['performance', 'access', 'practices'] as const;
export type Score = (typeof SCORES)[number];

const SCORE_NAMES: Readonly<Record<Score, string>> = {
	performance: 'performance',
	access: 'accessibility',
	practices: 'best practices',
};

const COLUMNS = [
	...['performance', 'access', 'practices', 'FCP s', 'SI s', 'LCP s', 'TBT ms', 'CLS'],
	...['kB', 'requests'],
] as const;
const WIDTH = 18;

export const heading = (): string => rowOf('median (least–most)', COLUMNS);

const rowOf = (name: string, cells: readonly string[]): string =>
	`${name.padEnd(24)}${cells.map((cell) => cell.padStart(WIDTH)).join('')}`;

const DIGITS: Readonly<Record<Measure, { readonly per: number; readonly digits: number }>> = {
	fcp: { per: 1_000, digits: 2 },
	si: { per: 1_000, digits: 2 },
	lcp: { per: 1_000, digits: 2 },
	tbt: { per: 1, digits: 0 },
	cls: { per: 1, digits: 3 },
};

/** One line of the table. */
export function lineOf(route: string, seen: readonly Seen[]): string {
	const scores = SCORES.map((score) => written(spreadOf(seen.map((each) => each[score])), 0));
	const measures = MEASURES.map((measure) => {
		const { per, digits } = DIGITS[measure];
		return written(spreadOf(seen.map(({ measures }) => measures[measure] / per)), digits);
	});
	return rowOf(route, [
		...[...scores, ...measures],
		written(spreadOf(seen.map(({ octets }) => octets / 1_000)), 0),
		written(spreadOf(seen.map(({ requests }) => requests)), 0),
	]);
}

/** Alike in every run: said once. */
export function written({ median, least, most }: Spread, digits: number): string {
	const [middle, low, high] = [median, least, most].map((value) => value.toFixed(digits));
	return low === high ? `${middle}` : `${middle} (${low}–${high})`;
}

/** Sentences about medians that are under the aim; none: all are well. */
export function shortfalls(route: string, seen: readonly Seen[]): string[] {
	return SCORES.map((score) => ({ score, ...spreadOf(seen.map((each) => each[score])) }))
		.filter(({ median }) => median < WANTED_SCORE)
		.map(({ score, median }) => `${route}: ${SCORE_NAMES[score]} ${median}, under ${WANTED_SCORE}`);
}
