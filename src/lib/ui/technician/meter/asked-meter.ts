/** The meter number in an address, `?meter=37204100004`. */

/** Undefined where it is none. */
export function parseDrn(text: string | null): string | undefined {
	return text !== null && /^(?:\d{11}|\d{13})$/.test(text) ? text : undefined;
}
