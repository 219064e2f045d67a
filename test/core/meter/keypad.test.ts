import { describe, expect, it } from 'vitest';
import { showItem } from '#lib/core/meter/display-items.ts';
import {
	digitsAt,
	EMPTY_KEYPAD,
	pressKey,
	SHORT_CODES,
	type KeypadKey,
} from '#lib/core/meter/keypad.ts';
import { meterOnBench } from './bench-meter.ts';

function type(keys: string, stepMs = 1000) {
	let at = pressKey(EMPTY_KEYPAD, keys[0] as KeypadKey, 0);
	for (let index = 1; index < keys.length; index += 1)
		at = pressKey(at.keypad, keys[index] as KeypadKey, index * stepMs);
	return at;
}

describe('the keypad', () => {
	it('enters a token with the twentieth digit', () => {
		const digits = '70630503470028726114';
		expect(type(digits)).toMatchObject({
			action: { kind: 'token', digits },
			keypad: { digits: '' },
		});
		expect(type(digits.slice(0, 19))).not.toHaveProperty('action');
	});

	it('takes a digit back', () => {
		expect(type('12**3').keypad.digits).toBe('3');
		expect(type('**').keypad.digits).toBe('');
	});

	it('shows what a short code asks for, and knows what is none', () => {
		expect(type('002#').action).toEqual({ kind: 'show', name: 'meter-number' });
		expect(type('999#').action).toEqual({ kind: 'unknown-code', digits: '999' });
		expect(type('#')).not.toHaveProperty('action');
		for (const name of Object.values(SHORT_CODES))
			expect(showItem(meterOnBench(), name)).toHaveProperty('name', name);
	});

	it('forgets digits left lying for twenty seconds', () => {
		const typed = pressKey(EMPTY_KEYPAD, '7', 1000).keypad;
		expect(digitsAt(typed, 20_999)).toBe('7');
		expect(digitsAt(typed, 21_000)).toBe('');
		expect(pressKey(typed, '8', 21_000).keypad.digits).toBe('8');
	});
});
