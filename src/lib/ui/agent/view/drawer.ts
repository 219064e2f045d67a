/** What is counted at the end of a shift, as it is typed: pure. Money in minor units. */
import { latinDigits } from '#lib/core/units/digits.ts';
import { parseAmount, type Currency } from '#lib/core/units/money.ts';
import type { BatchClosingRequest } from '#lib/core/sync/wire-vendors.ts';
import { countCash, type Counted, type ShouldBe } from '#lib/core/sync/count-cash.ts';

/** Pay types that leave slips. */
export const SLIP_TYPES = ['card', 'mobile-money'] as const;
export type SlipType = (typeof SLIP_TYPES)[number];

const MOST_PIECES = 1_000_000;

/** As it stands in the fields; absent and empty are alike: not counted. */
export interface DrawerText {
	readonly pieces: Readonly<Record<number, string>>;
	readonly slips: Readonly<Partial<Record<SlipType, string>>>;
	readonly reference: string;
}

export interface Drawer {
	readonly closing: BatchClosingRequest;
	/** Names of the fields whose text is not what it should be. */
	readonly wrongPieces: ReadonlySet<number>;
	readonly wrongSlips: ReadonlySet<SlipType>;
	/** Somebody has counted: at least one field is filled. A nought counts. */
	readonly isCounted: boolean;
	readonly cashMinor: number;
}

/** @param denominations of the currency, largest first */
export function decideDrawer(
	{ pieces, slips, reference }: DrawerText,
	denominations: readonly number[],
	currency: Currency,
): Drawer {
	const counts = denominations.map((value) => [value, piecesOf(pieces[value] ?? '')] as const);
	const amounts = SLIP_TYPES.map((payType) => [payType, slipOf(slips[payType], currency)] as const);
	const cash = counts.flatMap(([denominationMinor, count]) =>
		typeof count === 'number' ? [{ denominationMinor, count }] : [],
	);
	const others = amounts.flatMap(([payType, amountMinor]) =>
		typeof amountMinor === 'number' ? [{ payType, amountMinor }] : [],
	);
	const said = reference.trim();
	return {
		closing: { cash, others, reference: said === '' ? null : said },
		wrongPieces: new Set(counts.flatMap(([value, count]) => (count === 'wrong' ? [value] : []))),
		wrongSlips: new Set(amounts.flatMap(([type, amount]) => (amount === 'wrong' ? [type] : []))),
		isCounted: cash.length > 0,
		cashMinor: cash.reduce((sum, row) => sum + row.denominationMinor * row.count, 0),
	};
}

function piecesOf(text: string): number | 'empty' | 'wrong' {
	const typed = latinDigits(text).trim();
	if (typed === '') return 'empty';
	if (!/^\d{1,7}$/.test(typed)) return 'wrong';
	const count = Number(typed);
	return count > MOST_PIECES ? 'wrong' : count;
}

function slipOf(text: string | undefined, currency: Currency): number | 'empty' | 'wrong' {
	const typed = latinDigits(text ?? '').trim();
	if (/^0+$/.test(typed)) return 0;
	const parsed = parseAmount(typed, currency);
	if ('amountMinor' in parsed) return parsed.amountMinor;
	return parsed.refusal === 'empty' ? 'empty' : 'wrong';
}

/** Against what should be there, also of what nobody has typed yet. */
export const drawerDifferences = (
	{ closing }: Pick<Drawer, 'closing'>,
	expected: readonly ShouldBe[],
): Counted['differences'] => countCash(expected, closing).differences;
