/** The keys of the meter's keypad, their places, and what the keys of a computer's keyboard mean to it. */
export const KEYPAD_ROWS = [
	['1', '2', '3'],
	['4', '5', '6'],
	['7', '8', '9'],
	['backspace', '0', 'enter'],
] as const;

export type KeypadKey = (typeof KEYPAD_ROWS)[number][number];

/** The keypad's key for a physical one, as `KeyboardEvent.key` names it; null for every other key. */
export function keypadKeyOf(key: string): KeypadKey | null {
	if (/^[0-9]$/.test(key)) return key as KeypadKey;
	if (key === 'Enter') return 'enter';
	return key === 'Backspace' || key === 'Delete' ? 'backspace' : null;
}
