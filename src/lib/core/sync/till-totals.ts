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

function tallyOf(sales: readonly CountedSale[]) {
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
	/** Gone back in the shift, of this shift's sales and earlier ones, or into the sale in its place. */
	readonly returnedMinor: number;
	/** Below nothing: more of earlier shifts' money went back than was taken. */
	readonly expectedMinor: number;
}

/**
 * What should be in the drawer and as slips. A sale in the place of a refused one counts as taken, and the
 * refused one's money as returned: over two shifts both come out right.
 * @param sales those of the shift, and those that were settled in it
 */
export function expectedMoney(sales: readonly CountedSale[], shiftId: string): ExpectedMoney[] {
	return TENDER_METHODS.map((payType) => {
		const of = sales.filter(({ method }) => method === payType);
		const taken = tallyOf(of.filter((sale) => sale.shiftId === shiftId));
		const returned = tallyOf(of.filter(({ settledIn }) => settledIn === shiftId));
		return {
			...{ payType, takenMinor: taken.amountMinor, returnedMinor: returned.amountMinor },
			expectedMinor: taken.amountMinor - returned.amountMinor,
		};
	}).filter(
		({ payType, takenMinor, returnedMinor }) =>
			payType === 'cash' || takenMinor !== 0 || returnedMinor !== 0,
	);
}
