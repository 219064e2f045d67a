import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableText } from '#lib/core/paper/printable.ts';

const nothing = (): boolean => false;

describe('what a printer has no letter for', () => {
	it.each([
		['Élodie Müller-Straße', 'Elodie Muller-Strasse'],
		['Łukasz Đorđe Ærø', 'Lukasz Dorde AEro'],
		['Нина Щукина', 'Nina Shchukina'],
		['Γιώργος', 'Giorgos'],
		['محمد', 'mhmd'],
		['– “a” … € ½ ﬁ', '- "a" ... EUR 1/2 fi'],
		['李', '?'],
		['a\u200fb\u0007c', 'abc'],
		['12:30\u202fPM', '12:30\u00a0PM'],
	])('%s becomes %s', (said, printed) => {
		expect(printableText(said, nothing)).toBe(printed);
	});

	it('stays where the table has it', () => {
		expect(printableText('Müller Łuk', (character) => character === 'ü')).toBe('Müller Luk');
		// Decomposed as some keyboards write it.
		expect(printableText('Mu\u0308ller', (character) => character === 'ü')).toBe('Müller');
	});
});

it('whatever is said, only what the printer has goes out', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (said) => {
			expect(printableText(said, nothing)).toMatch(/^[ -~\n\u00a0]*$/);
		}),
	);
});
