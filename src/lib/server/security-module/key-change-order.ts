/** What can be said of a key-change order without any key. */
import type { KeyChangeOrder } from './port.ts';

/** Whether the meter would be given what it has. */
export function isSameKey({ from, to }: KeyChangeOrder): boolean {
	return from.slot === to.slot && from.sgc === to.sgc && from.krn === to.krn && from.ti === to.ti;
}

/** Whether the set is of as many tokens as the meter's key length allows (IEC 62055-41, sts.md §12.2). */
export function areSectionsRight({ from, sections }: KeyChangeOrder): boolean {
	return from.ea === 11 ? sections === 4 : sections === 2 || sections === 3;
}
