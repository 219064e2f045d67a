import { describe, expect, it } from 'vitest';
import { groupTyped, judgeTyped } from '#lib/ui/technician/tokens/typed-token.ts';
import { creditToken, MADE_TID } from '../../../core/meter/bench-meter.ts';

const TOKEN = creditToken(500, MADE_TID + 60);

describe('a typed token', () => {
	it('is grouped while it grows, and left alone where it has other characters', () => {
		expect(groupTyped('12345')).toBe('1234 5');
		expect(groupTyped('١٢٣٤٥')).toBe('1234 5');
		expect(groupTyped('1234-5678 9')).toBe('1234 5678 9');
		expect(groupTyped('12a45')).toBe('12a45');
	});

	it.each([
		['', 'neutral', 'Twenty digits, typed or pasted'],
		['1234', 'neutral', '16 digits to go'],
		['12a', 'bad', 'A token has digits only.'],
		['1'.repeat(21), 'bad', 'A token has twenty digits; these are more.'],
		['9'.repeat(20), 'bad', 'These digits are no STS token.'],
	])('%j is judged %s: %s', (text, tone, said) => {
		expect(judgeTyped(text, [], [])).toEqual({ digits: undefined, tone, text: said });
	});

	it('is taken as text, once', () => {
		expect(judgeTyped(groupTyped(TOKEN), [], [])).toMatchObject({ digits: TOKEN, tone: 'good' });
		expect(judgeTyped(TOKEN, [TOKEN], []).digits).toBeUndefined();
		expect(judgeTyped(TOKEN, [], [TOKEN]).digits).toBeUndefined();
	});
});
