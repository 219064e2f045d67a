/** Numbers of receipts that were given out in a day: whether they follow each other, and those before. */
import type { Database } from '../database/open.ts';
import { isFirstOfSeries, SERIES } from '../vend/receipt-series.ts';
import type { ReceiptRange } from './close-facts.ts';
import { tokensOf, type Day } from './day-tokens.ts';

/** Every receipt has a token of the same instant, and keeps its number whatever becomes of the vend. */
export async function readReceipts(database: Database, day: Day): Promise<ReceiptRange[]> {
	const rows = await tokensOf(database, day)
		.select('vend.issuing_point')
		.select(({ fn }) => [
			fn.min<number>('vend.receipt_number').as('first'),
			fn.max<number>('vend.receipt_number').as('last'),
			fn.count<number>('vend.id').distinct().as('count'),
		])
		.where('vend.receipt_number', 'is not', null)
		.groupBy(({ ref, eb, lit }) => [
			ref('vend.issuing_point'),
			// Both whole: what is left of the division is dropped.
			eb('vend.receipt_number', '/', lit(SERIES)),
		])
		.orderBy('vend.issuing_point')
		.orderBy('first')
		.execute();
	const ranges: ReceiptRange[] = [];
	for (const { issuing_point: issuingPoint, first, last, count } of rows) {
		const range = { issuingPoint, first: Number(first), last: Number(last) };
		ranges.push({ ...range, count: Number(count), ...(await around(database, day, range)) });
	}
	return ranges;
}

async function around(
	database: Database,
	{ utilityId }: Day,
	{ issuingPoint, first, last }: Pick<ReceiptRange, 'issuingPoint' | 'first' | 'last'>,
): Promise<Pick<ReceiptRange, 'present' | 'follows' | 'counter' | 'highest'>> {
	const receipts = database
		.selectFrom('vend')
		.where('utility_id', '=', utilityId)
		.where('issuing_point', '=', issuingPoint);
	const { present } = await receipts
		.select(({ fn }) => fn.countAll<number>().as('present'))
		.where('receipt_number', '>=', first)
		.where('receipt_number', '<=', last)
		.executeTakeFirstOrThrow();
	const before = await receipts
		.select('id')
		.where('receipt_number', '=', first - 1)
		.executeTakeFirst();
	// One question: both are of the same moment, while others sell.
	const both = await receipts
		.select(({ selectFrom }) => [
			'receipt_number as highest',
			selectFrom('receipt_counter')
				.select('last_number')
				.where('receipt_counter.issuing_point', '=', `${utilityId}:${issuingPoint}`)
				.as('counter'),
		])
		.where('receipt_number', 'is not', null)
		.orderBy('receipt_number', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return {
		present: Number(present),
		follows: before !== undefined || isFirstOfSeries(first),
		counter: both.counter ?? 0,
		highest: Number(both.highest),
	};
}
