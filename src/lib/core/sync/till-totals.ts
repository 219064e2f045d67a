/**
 * What was sold in a shift, counted up by the till itself from its own sales: in the shape, and by the rules,
 * of the backend's batch totals, so that the two are compared when the shift has arrived. And what should be
 * in the drawer, which is not the same: money of a refused sale lies in it until it is given back. Pure. Money
 * in minor units.
 */
import type { BatchTotals } from './wire-vendors.ts';
import { TENDER_METHODS, type TenderMethod } from './wire.ts';

/** One sale, as far as totals tell it from others. */
export interface CountedSale {
	readonly operatorId: string;
	readonly shiftId: string;
	readonly amountMinor: number;
	/** `none`: free basic electricity. */
	readonly method: TenderMethod | 'none';
	/** What its tokens carry, or were estimated to carry; null: not known. */
	readonly energyDeciKwh: number | null;
	readonly state:
		'asked' | 'provisional' | 'issued' | 'refused' | 'refunded' | 'replaced' | 'dead-letter';
	readonly code: string | null;
	/** The shift in which its money went back, or into the sale in its place. */
	readonly settledIn?: string | undefined;
}

/** Sold, and without a token so far as is known here. */
const UNFINISHED: ReadonlySet<CountedSale['state']> = new Set(['asked', 'provisional']);
/** Issued, and taken back by the office before anybody could have seen it. */
const REVERSED_CODE = 'vend-reversed';

/** What the till sells: the tables of the backend, as far as a till has them. */
const RESOURCE = 'electricity';
const TRANSACTION_TYPES = { credit: '000', fbe: '010' } as const;

/** @param sales of the shifts that are counted, in any order */
export function tillTotals(sales: readonly CountedSale[]): BatchTotals {
	const sold = sales.filter(isSold);
	const failed = sales.filter((sale) => !isSold(sale));
	const reversed = failed.filter(({ code }) => code === REVERSED_CODE);
	return {
		sold: energyOf(sold),
		byPayType: TENDER_METHODS.map((payType) => ({
			payType,
			...tallyOf(sold.filter(({ method }) => method === payType)),
		})).filter(({ count }) => count > 0),
		byOperator: apart(sold, ({ operatorId }) => operatorId).map(([operatorId, of]) => ({
			operatorId,
			...energyOf(of),
		})),
		byTransactionType: apart(sold, kindOf).map(([kind, of]) => ({
			...{ kind, transactionType: TRANSACTION_TYPES[kind] },
			...energyOf(of),
		})),
		byResource: sold.length === 0 ? [] : [{ resource: RESOURCE, ...energyOf(sold) }],
		unfinished: tallyOf(sold.filter(({ state }) => UNFINISHED.has(state))),
		refused: tallyOf(failed.filter(({ code }) => code !== REVERSED_CODE)),
		reversed: tallyOf(reversed),
	};
}

const isSold = ({ state }: CountedSale) => state === 'issued' || UNFINISHED.has(state);
const kindOf = ({ method }: CountedSale) => (method === 'none' ? 'fbe' : 'credit');

function apart<Key extends string>(
	sales: readonly CountedSale[],
	keyOf: (sale: CountedSale) => Key,
): [Key, CountedSale[]][] {
	const keys = [...new Set(sales.map(keyOf))];
	keys.sort((one, other) => one.localeCompare(other));
	return keys.map((key) => [key, sales.filter((sale) => keyOf(sale) === key)]);
}

/** What became of the money of refused sales, by the end of the shifts that they were made in. */
export interface RefusedMoney {
	readonly here: Tally;
	readonly givenBack: Tally;
	/** It went into the sale in its place. */
	readonly soldAgain: Tally;
}

interface Tally {
	readonly count: number;
	readonly amountMinor: number;
}

/**
 * `refused` of the totals of a batch, by what became of the money. What is done about it in a later shift
 * changes nothing: a closed shift stays as it was counted.
 * @param sales of the batch @param shiftIds of the batch
 */
export function refusedMoney(
	{ refused }: Pick<BatchTotals, 'refused'>,
	sales: readonly CountedSale[],
	shiftIds: readonly string[],
): RefusedMoney {
	const settled = sales.filter(
		({ code, settledIn }) =>
			code !== REVERSED_CODE && settledIn !== undefined && shiftIds.includes(settledIn),
	);
	const givenBack = tallyOf(settled.filter(({ state }) => state === 'refunded'));
	const soldAgain = tallyOf(settled.filter(({ state }) => state === 'replaced'));
	return {
		here: {
			count: refused.count - givenBack.count - soldAgain.count,
			amountMinor: refused.amountMinor - givenBack.amountMinor - soldAgain.amountMinor,
		},
		...{ givenBack, soldAgain },
	};
}

function tallyOf(sales: readonly CountedSale[]): Tally {
	return {
		count: sales.length,
		amountMinor: sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
	};
}

/** Energy counts once there are tokens that carry it. */
function energyOf(sales: readonly CountedSale[]) {
	const energyDeciKwh = sales.reduce(
		(sum, sale) => sum + (sale.state === 'issued' ? (sale.energyDeciKwh ?? 0) : 0),
		0,
	);
	return { ...tallyOf(sales), energyDeciKwh };
}

/** Money that should be here, of one pay type. */
export interface ExpectedMoney {
	readonly payType: TenderMethod;
	/** Taken in the shift: whatever became of the sales. */
	readonly takenMinor: number;
	/** Over the counter in the shift, for refused sales of this one and of earlier ones. */
	readonly givenBackMinor: number;
	/** Of refused sales, likewise, that were sold again: their money is in the sale in their place, which is taken. */
	readonly soldAgainMinor: number;
	/** Below nothing: more of earlier shifts' money went back than was taken. */
	readonly expectedMinor: number;
}

/**
 * What should be in the drawer and as slips: taken less given back and sold again. A sale in the place of a
 * refused one counts as taken, so its money, which was here already, is taken off once: over two shifts both
 * come out right.
 * @param sales those of the shift, and those that were settled in it
 */
export function expectedMoney(sales: readonly CountedSale[], shiftId: string): ExpectedMoney[] {
	return TENDER_METHODS.map((payType) => {
		const of = sales.filter(({ method }) => method === payType);
		const sumOf = (those: (sale: CountedSale) => boolean) => tallyOf(of.filter(those)).amountMinor;
		const takenMinor = sumOf((sale) => sale.shiftId === shiftId);
		const returnedMinor = sumOf(({ settledIn }) => settledIn === shiftId);
		const soldAgainMinor = sumOf(
			({ settledIn, state }) => settledIn === shiftId && state === 'replaced',
		);
		return {
			...{ payType, takenMinor, givenBackMinor: returnedMinor - soldAgainMinor, soldAgainMinor },
			expectedMinor: takenMinor - returnedMinor,
		};
	}).filter(
		({ payType, takenMinor, givenBackMinor, soldAgainMinor }) =>
			payType === 'cash' || takenMinor !== 0 || givenBackMinor !== 0 || soldAgainMinor !== 0,
	);
}
