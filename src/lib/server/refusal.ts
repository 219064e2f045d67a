/** A no of the backend on its way to a problem document: the code, and the facts its sentence needs. */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';

export interface Refusal {
	readonly refusal: RefusalCode;
	readonly facts?: Readonly<Record<string, string | number>>;
	/** What the money buys now, where that is the point. */
	readonly waterfall?: Waterfall;
	/** Which fields of the request are wrong: JSON pointer and why. */
	readonly errors?: readonly { pointer: string; detail: string }[];
}

export function isRefusal(answer: object): answer is Refusal {
	return 'refusal' in answer;
}
