import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideNickname, LONGEST_NICKNAME, NICKNAME_REFUSALS } from '#lib/core/vending/nickname.ts';

describe('a nickname', () => {
	it.each([
		['Home', 'Home'],
		['  Mother’s   house ', 'Mother’s house'],
		['Flat 12b', 'Flat 12b'],
		['بيت أمي', 'بيت أمي'],
		['می\u200cخانه', 'می\u200cخانه'],
		['👩‍👧 Nyumbani', '👩‍👧 Nyumbani'],
		['🏠', '🏠'],
		['Cafe\u0301', 'Café'],
		['x'.repeat(LONGEST_NICKNAME), 'x'.repeat(LONGEST_NICKNAME)],
		['', null],
		[' \u00a0\n ', null],
	])('%j is kept as %j', (text, nickname) => {
		expect(decideNickname(text, [])).toEqual({ nickname });
	});

	it.each([
		['a bell', 'Ho\u0007me', 'not-readable'],
		['what turns the line around', 'Home\u202e321', 'not-readable'],
		['an invisible space', 'Ho\u200bme', 'not-readable'],
		['half a character', 'Home \ud83c', 'not-readable'],
		['a book', 'x'.repeat(LONGEST_NICKNAME + 1), 'too-long'],
		['signs only', '-- !!', 'no-letter'],
		['a meter number', '0123 4567 897', 'a-number'],
		['one in other digits', '٠١٢٣٤٥٦٧٨٩٧', 'a-number'],
		['another meter’s', 'ＨＯＭＥ', 'taken'],
	])('that is %s is refused', (_, text, refusal) => {
		expect(decideNickname(text, ['Shop', 'home'])).toEqual({ refusal });
	});

	it('is named or refused whatever it is, and named the same again', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
				const decided = decideNickname(text, []);
				if ('refusal' in decided) expect(NICKNAME_REFUSALS).toContain(decided.refusal);
				else expect(decideNickname(decided.nickname ?? '', [])).toEqual(decided);
			}),
			{ numRuns: 2_000 },
		);
	});
});
