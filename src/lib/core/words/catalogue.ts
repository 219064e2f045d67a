/**
 * The typed message catalogue. English is the measure: every other language must satisfy `Words`, so a
 * sentence that is missing in one of them does not compile. A message is a string, or a function of its
 * facts that returns one; numbers, money and dates arrive formatted, so that sentences stay sentences.
 */
import { frame } from './en/frame.ts';
import { problems } from './en/problems.ts';

export const en = { frame, problems };

/** A catalogue of the same shape in any language. */
export type Words = Widen<typeof en>;

type Widen<T> = {
	[K in keyof T]: T[K] extends string
		? string
		: T[K] extends (...facts: infer Facts) => string
			? (...facts: Facts) => string
			: Widen<T[K]>;
};
