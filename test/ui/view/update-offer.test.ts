/** Where the offer of a new version stands. */
import { describe, expect, it } from 'vitest';
import { offerOf } from '#lib/ui/view/update-offer.ts';
import { isAtKeypad, isFocused } from '#lib/ui/view/ways.ts';

describe('the offer of a new version', () => {
	it('is put on no screen that was made without a place for it', () => {
		expect(offerOf(false, true)).toBe('none');
		expect(offerOf(false, false)).toBe('none');
	});

	it('keeps its place where something is on its way', () => {
		expect(offerOf(true, false)).toBe('room');
		expect(offerOf(true, true)).toBe('offered');
	});
});

describe('a screen at the keypad', () => {
	it.each(['/purchases/7/enter', '/purchases/7/refused'])('is %s', (path) => {
		expect(isAtKeypad(path)).toBe(true);
		expect(isFocused(path)).toBe(true);
	});

	it.each(['/', '/meter/00000000018', '/purchases/7', '/purchases/7/deliver'])(
		'is not %s',
		(path) => {
			expect(isAtKeypad(path)).toBe(false);
		},
	);
});
