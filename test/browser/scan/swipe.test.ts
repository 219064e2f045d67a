import { describe, expect, it } from 'vitest';
import { SwipeCatcher, type KeyVerdict } from '#lib/browser/scan/swipe.ts';

const CARD = ';4111111111111111=2912101?';

/** Presses every key, `stepMs` apart. */
function type(catcher: SwipeCatcher, keys: readonly string[], stepMs: number, fromMs = 1_000) {
	return keys.map((key, at): KeyVerdict => catcher.press(key, fromMs + at * stepMs));
}

describe('a reader that types', () => {
	it('is caught from its sentinel on, so that no digit of a card reaches the field', () => {
		const verdicts = type(new SwipeCatcher(), [...CARD, 'Enter'], 5);
		expect(verdicts.slice(0, -1).every(({ kind }) => kind === 'caught')).toBe(true);
		expect(verdicts.at(-1)).toEqual({ kind: 'swiped', text: CARD });
	});

	it('passes over keys that are no characters', () => {
		const keys = ['%', 'Shift', 'B', '4', 'Enter'];
		expect(type(new SwipeCatcher(), keys, 5).at(-1)).toEqual({ kind: 'swiped', text: '%B4' });
	});

	it('does not take a person for one', () => {
		const catcher = new SwipeCatcher();
		expect(type(catcher, [...'0123', 'Enter'], 5).map(({ kind }) => kind)).toEqual(
			Array.from({ length: 5 }, () => 'typed'),
		);
		// A sentinel by mistake: what is typed after a moment is the field's again.
		expect(catcher.press(';', 5_000)).toEqual({ kind: 'caught' });
		expect(catcher.press('1', 5_500)).toEqual({ kind: 'typed' });
	});

	it('keeps no more than a card has', () => {
		const keys = [';', ...Array.from({ length: 1_000 }, () => '1'), 'Enter'];
		const last = type(new SwipeCatcher(), keys, 1).at(-1);
		expect(last).toMatchObject({ kind: 'swiped' });
		expect(last?.kind === 'swiped' && last.text.length).toBe(300);
	});
});
