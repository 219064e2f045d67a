/**
 * Numbers of receipts: one series per issuing point, without a gap. After a restore nobody can say which
 * numbers of a series are on paper, so a new one begins, told apart on the receipt: `T-001-R2-000001` is the
 * first one after the second restore. In the database a number says its series: 2,000,000,001.
 */
import type { Write } from '../database/open.ts';
import { acceptedRestores } from '../continuity/tid-floor.ts';

/** Numbers of one series; the next one begins above. */
export const SERIES = 1_000_000_000;

/** The first number of the series that begins with the nth restore; 1 for the first of all (0). */
export function firstOfSeries(restore: number): number {
	return restore * SERIES + 1;
}

export function isFirstOfSeries(receiptNumber: number): boolean {
	return receiptNumber % SERIES === 1;
}

/** As printed: `T-001-000042`. */
export function formatReceiptNumber(issuingPoint: string, receiptNumber: number): string {
	const restore = Math.floor(receiptNumber / SERIES);
	const place = String(receiptNumber % SERIES).padStart(6, '0');
	return restore === 0 ? `${issuingPoint}-${place}` : `${issuingPoint}-R${restore}-${place}`;
}

/** The first number of an issuing point that has none yet. */
export async function firstReceiptNumber(write: Write): Promise<number> {
	return firstOfSeries(await acceptedRestores(write));
}
