/** From the facts of a day to its report: pure. Every difference is named; nothing is put right. */
import type { CloseReport } from '#lib/core/sync/wire-office.ts';
import { CLOSE_DIFFERENCES } from '#lib/core/vending/close-differences.ts';
import {
	MOST_FOUND,
	type CloseFacts,
	type Example,
	type Findings,
	type KindSum,
	type ModuleFacts,
	type ReceiptRange,
} from './close-facts.ts';

/** Named in a report; the rest is counted. */
const MOST_EXAMPLES = 20;

export function decideClose(facts: CloseFacts): CloseReport {
	const trialBalance = balancesOf(facts.opening, facts.movements);
	const differences = differencesOf([
		...facts.findings,
		facts.module.findings,
		countFindings(facts.module),
		heldFindings(facts.held),
		trialFindings(trialBalance),
		...facts.receipts.map(receiptFindings),
	]);
	const { tells, examined, explained } = facts.module;
	return {
		...{ date: facts.date, fromMs: facts.fromMs, toMs: facts.toMs, asOfMs: facts.asOfMs },
		clean: differences.length === 0,
		tokens: { ...facts.tokens },
		bookings: { ...facts.bookings },
		module: { tells, examined, explained: explained.filter(({ count }) => count > 0) },
		receipts: facts.receipts.map(({ issuingPoint, first, last, count }) => ({
			...{ issuingPoint, first, last, count },
		})),
		trialBalance,
		compared: { ...facts.compared },
		differences,
	};
}

function differencesOf(findings: readonly Findings[]): CloseReport['differences'] {
	return CLOSE_DIFFERENCES.flatMap((kind) => {
		const found = findings.flatMap((one) => one[kind] ?? []);
		if (found.length === 0) return [];
		const examples = found.slice(0, MOST_EXAMPLES).map((example) => ({ ...example }));
		return [{ kind, count: found.length, atLeast: found.length >= MOST_FOUND, examples }];
	});
}

type TrialBalance = CloseReport['trialBalance'];

/** Every kind that ever moved, by name: what it stood at, what the day moved, what it stands at. */
export function balancesOf(
	opening: readonly KindSum[],
	movements: readonly KindSum[],
): TrialBalance {
	const named = ({ kind, currency }: KindSum) => `${kind} ${currency}`;
	const all = new Map([...opening, ...movements].map((sum) => [named(sum), sum]));
	const amountIn = (sums: readonly KindSum[], name: string) =>
		sums.reduce((total, sum) => total + (named(sum) === name ? sum.amountMinor : 0), 0);
	return [...all]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, { kind, currency }]) => {
			const openingMinor = amountIn(opening, name);
			const movementMinor = amountIn(movements, name);
			const closingMinor = openingMinor + movementMinor;
			return { kind, currency, openingMinor, movementMinor, closingMinor };
		});
}

function trialFindings(trialBalance: TrialBalance): Findings {
	const currencies = [...new Set(trialBalance.map(({ currency }) => currency))];
	const wrong = currencies.flatMap((subject): Example[] => {
		const found = trialBalance.reduce(
			(sum, row) => sum + (row.currency === subject ? row.closingMinor : 0),
			0,
		);
		return found === 0 ? [] : [{ subject, expected: 0, found }];
	});
	return { 'trial-balance-not-zero': wrong };
}

function heldFindings({ bookedMinor, openMinor }: CloseFacts['held']): Findings {
	if (bookedMinor === openMinor) return {};
	const example = { subject: 'customer-held', expected: openMinor, found: bookedMinor };
	return { 'held-differs': [example] };
}

/** A module that only counts: between what tokens stand for, and that with all that may have been asked for. */
function countFindings({ counted }: ModuleFacts): Findings {
	if (counted === null) return {};
	const { requests, accounted, possible, before } = counted;
	if (requests >= accounted - before && requests <= accounted + possible) return {};
	const example = { subject: 'security-module', expected: accounted, found: requests };
	return { 'request-count-differs': [example] };
}

function receiptFindings(range: ReceiptRange): Findings {
	const { issuingPoint, first, last, present, follows, counter, highest } = range;
	const expected = last - first + 1;
	const gaps: Example[] = [];
	if (present !== expected)
		gaps.push({ subject: `${issuingPoint} ${first}–${last}`, expected, found: present });
	if (!follows) gaps.push({ subject: `${issuingPoint} before ${first}`, expected: 1, found: 0 });
	const offset = { subject: issuingPoint, expected: highest, found: counter };
	return { 'receipt-gap': gaps, 'receipt-counter-differs': counter === highest ? [] : [offset] };
}
