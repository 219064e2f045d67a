/** PostgreSQL's whole numbers of 64 bits and more, and its sums of them, as JavaScript numbers. */

/** @throws {RangeError} when a number is too large to be exact: nothing of ours is */
export function numberOf(text: string): number {
	const number = Number(text);
	if (Number.isInteger(number) && !Number.isSafeInteger(number))
		throw new RangeError(`${text} from the database is not exact as a number`);
	return number;
}
