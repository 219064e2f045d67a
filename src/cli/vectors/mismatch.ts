/** A vector that does not hold, thrown from wherever it shows. */
import { formatHex } from '#lib/core/bytes/hex.ts';

/** What was expected and what came instead. */
export class Mismatch extends Error {
	override readonly name = 'Mismatch';
	readonly expected: string;
	readonly came: string;

	constructor(expected: string, came: string) {
		super(`expected ${expected}, came ${came}`);
		this.expected = expected;
		this.came = came;
	}
}

/** @throws {Mismatch} with both in hex */
export function expectEqual(what: string, wanted: Uint8Array, got: Uint8Array): void {
	const [left, right] = [formatHex(wanted), formatHex(got)];
	if (left !== right) throw new Mismatch(`${what} ${left}`, right);
}
