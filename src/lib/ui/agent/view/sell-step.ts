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

/** What a key means at a step; undefined: it is the field's, or the browser's. */
export type SellKey =
	| { readonly wish: 'back' | 'scan' | 'print' | 'keys' }
	/** To the next or the last of the choices below the field. */
	| { readonly wish: 'move'; readonly by: 1 | -1 };

/** Enter held down goes one step, not through a sale, its question and the next customer. */
export const isHeldTap = ({ key, repeat }: { readonly key: string; readonly repeat: boolean }) =>
	repeat && key === 'Enter';

/** Where the hands are: a field that is typed into, one of the choices, or neither. */
export type HandsAt = 'field' | 'choice' | 'elsewhere';

/** None of them is a browser's own, and none can stand in a number: digits, letters and Tab stay the field's. */
export function readSellKey(key: string, step: SellStep, hands: HandsAt): SellKey | undefined {
	if (key === 'Escape') return { wish: 'back' };
	if (key === '?') return { wish: 'keys' };
	if (key === 'F2') return step === 'meter' ? { wish: 'scan' } : undefined;
	if (step === 'done')
		return key.toLowerCase() === 'r' && hands === 'elsewhere' ? { wish: 'print' } : undefined;
	if (hands === 'elsewhere' || step === 'selling' || step === 'again') return undefined;
	if (key === 'ArrowDown') return { wish: 'move', by: 1 };
	return key === 'ArrowUp' ? { wish: 'move', by: -1 } : undefined;
}

/** Which of so many choices comes next; -1: the field above them. It ends at the last one. */
export const nextChoice = (at: number, by: 1 | -1, count: number): number =>
	Math.max(-1, Math.min(count - 1, at + by));

/** The keys of each step, as they are shown. */
export const SELL_KEYS = {
	meter: [
		['Enter', 'next'],
		['↓ ↑', 'picks'],
		['F2', 'scan'],
	],
	amount: [
		['Enter', 'next'],
		['↓ ↑', 'picks'],
		['Esc', 'back'],
	],
	pay: [
		['Enter', 'next'],
		['↓ ↑', 'picks'],
		['Esc', 'back'],
	],
	done: [
		['Enter', 'next'],
		['R', 'print'],
	],
} as const;
