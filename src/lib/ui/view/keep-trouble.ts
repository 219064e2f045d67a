/** Why a device keeps nothing, by the name of its sentence. */
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';

export type KeepTrouble = keyof FirstWords['keeping']['troubles'];

/** `other-tab` is only a staff journal's: whoever met it elsewhere loads the page again. */
export const keepTrouble = (fault: StoreFaultKind): KeepTrouble =>
	fault === 'other-tab' ? 'failed' : fault;
