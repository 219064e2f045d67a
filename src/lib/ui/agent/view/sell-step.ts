/**
 * Where a sale at the desk is, and where each wish leads: a table, pure. The way forward is one filled button
 * or Enter; Esc goes back one step, and never out of a sale that is being stored.
 *
 *     meter → amount → pay → selling → done → meter
 *                       ↘ again ↗
 */
export type SellStep = 'meter' | 'amount' | 'pay' | 'again' | 'selling' | 'done';

const BACK: Readonly<Record<SellStep, SellStep>> = {
	meter: 'meter',
	amount: 'meter',
	pay: 'amount',
	again: 'pay',
	selling: 'selling',
	done: 'done',
};

export const stepBack = (step: SellStep): SellStep => BACK[step];

/** What a key means at a step; undefined: it is the field's. */
export type SellKey =
	| { readonly wish: 'back' }
	| { readonly wish: 'scan' }
	| { readonly wish: 'print' }
	| { readonly wish: 'choose'; readonly place: number };

/** Enter held down goes one step, not through a sale, its question and the next customer. */
export const isHeldTap = ({ key, repeat }: { readonly key: string; readonly repeat: boolean }) =>
	repeat && key === 'Enter';

/** @param alt held down: a digit then chooses instead of being typed */
export function readSellKey(
	{ key, alt }: { readonly key: string; readonly alt: boolean },
	step: SellStep,
): SellKey | undefined {
	if (key === 'Escape') return { wish: 'back' };
	if (step === 'done') return key.toLowerCase() === 'r' && !alt ? { wish: 'print' } : undefined;
	if (!alt) return undefined;
	if (step === 'meter' && key.toLowerCase() === 's') return { wish: 'scan' };
	const place = /^[1-9]$/.test(key) ? Number(key) - 1 : undefined;
	if (place === undefined || step === 'selling' || step === 'again') return undefined;
	return { wish: 'choose', place };
}
