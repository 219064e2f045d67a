/** Notes and coins of a currency, for counting a drawer: minor units, largest first. */

/** By ISO 4217 code: what is in circulation. */
const KNOWN: Readonly<Record<string, readonly number[]>> = {
	KES: [100_000, 50_000, 20_000, 10_000, 5_000, 4_000, 2_000, 1_000, 500, 100, 50],
	TZS: [1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000],
	UGX: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
	ZAR: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
};

/** Of a currency that is not known here: 1, 2, 5 … from a hundredth of the major unit up to a thousand. */
const FIVE_DECADES = [1, 10, 100, 1_000, 10_000].flatMap((decade) => [
	decade,
	2 * decade,
	5 * decade,
]);

/** @param minorDigits digits behind the point: a currency without them begins at the major unit */
export function denominationsOf(code: string, minorDigits: number): readonly number[] {
	const known = KNOWN[code];
	if (known !== undefined) return known;
	const scale = 10 ** Math.max(0, minorDigits - 2);
	return [...FIVE_DECADES, 100_000].map((value) => value * scale).reverse();
}
