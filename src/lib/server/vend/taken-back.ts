/** A refusal that comes when something was written already: thrown, so that the transaction takes it back. */
import type { Refusal } from '../refusal.ts';

export class TakenBack extends Error {
	override readonly name = 'TakenBack';
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(`taken back: ${refusal.refusal}`);
		this.refusal = refusal;
	}
}

/** For the end of a transaction: its refusal, where that is why it was taken back. */
export function refusalTakenBack(error: unknown): Refusal {
	if (error instanceof TakenBack) return error.refusal;
	throw error;
}
