/** The shape of a catalogue in any language: its English one with the sentences left open. */
export type Widen<T> = {
	[K in keyof T]: T[K] extends string
		? string
		: T[K] extends (...facts: infer Facts) => string
			? (...facts: Facts) => string
			: Widen<T[K]>;
};
