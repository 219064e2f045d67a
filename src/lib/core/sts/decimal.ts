/**
 * Decimal texts as whole units, exactly: binary fractions would put 0.1 on the wrong side of a rounding
 * (sts.md §5.1). What is finer than a unit rounds towards plus infinity, the customer's way.
 */

/** A decimal such as `25.61` or `-1`, in units of 10^-decimals, rounded up; nothing for another text. */
export function parseDecimalUp(text: string, decimals: number): bigint | undefined {
	const match = /^(-?)([0-9]{1,60})(?:\.([0-9]{0,60}))?$/.exec(text.trim());
	if (!match) return undefined;
	const [, sign, whole, fraction = ''] = match;
	const kept = BigInt(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
	const hasMore = /[1-9]/.test(fraction.slice(decimals));
	if (sign) return -kept;
	return hasMore ? kept + 1n : kept;
}
