import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf } from '#lib/core/paper/direction.ts';
import type { Paper, PaperElement } from '#lib/core/paper/paper.ts';
import { directionIn, isDrawn, printedIn } from '#lib/core/paper/paper-language.ts';
import { paperDots, type PaperPart, pictureParts } from '#lib/core/paper/picture.ts';
import { LANGUAGES } from '#lib/core/units/languages.ts';
import { apart } from '#lib/core/words/isolate.ts';
import { measureBlocks } from './blocks.ts';

const partsOf = (paper: Paper, direction: 'ltr' | 'rtl' = 'rtl'): PaperPart[] =>
	pictureParts(paper, 384, direction, measureBlocks);

const inkedOf = (paper: Paper, direction: 'ltr' | 'rtl' = 'rtl') =>
	partsOf(paper, direction).flatMap((part) => (part.kind === 'picture' ? part.inked : []));

describe('which way a text runs', () => {
	it.each([
		['رقم العداد', 'rtl'],
		['Harbour Kiosk', 'ltr'],
		['3720\u00a04100\u00a0004', 'ltr'],
		['-61.38\u00a0KES', 'ltr'],
		['0800 123 456', 'ltr'],
		['20\u200f/11\u200f/2026، 12:30', 'rtl'],
		[`${apart('10.0 kWh')} بسعر ${apart('KES 12.23')}`, 'rtl'],
		[`${apart(`a ${apart('b')}`)} من`, 'rtl'],
		[`${apart('محمد')} kWh`, 'ltr'],
		['(محمد)', 'rtl'],
		['', 'ltr'],
	])('%s: %s', (said, direction) => expect(directionOf(said)).toBe(direction));
});

describe('the language that comes out', () => {
	it('is the one that was asked for wherever it can be written or drawn, else English', () => {
		for (const language of LANGUAGES) {
			expect(printedIn(language, false, false)).toBe(language);
			expect(printedIn(language, true, true)).toBe(language);
			expect(printedIn(language, true, false)).toBe(language === 'ar' ? 'en' : language);
		}
		expect(LANGUAGES.filter((language) => isDrawn(language, true))).toEqual(['ar']);
		expect(LANGUAGES.filter((language) => isDrawn(language, false))).toEqual([]);
		expect(LANGUAGES.map(directionIn)).toEqual(['ltr', 'ltr', 'ltr', 'ltr', 'rtl']);
	});
});

describe('a picture', () => {
	const pair: PaperElement = { kind: 'pair', name: 'الباقي', value: 'KES 5' };

	it('has the name at the right and the value at the left where the paper runs from the right', () => {
		expect(inkedOf([pair])).toMatchObject([
			{ text: 'الباقي', direction: 'rtl', left: 384 - 6 * 12 },
			{ text: 'KES 5', direction: 'ltr', left: 0 },
		]);
		expect(inkedOf([pair], 'ltr')).toMatchObject([{ left: 0 }, { left: 384 - 5 * 12 }]);
	});

	it('sets name and value under each other where a space does not fit between', () => {
		const [name, value] = ['ن'.repeat(20), 'v'.repeat(12)];
		const [first, second] = inkedOf([{ kind: 'pair', name, value }]);
		expect(second).toMatchObject({ text: value, left: 0 });
		expect(second?.baseline).toBeGreaterThan(first?.baseline ?? Infinity);
		const oneLine = inkedOf([{ kind: 'pair', name, value: 'v'.repeat(11) }]);
		expect(oneLine[0]?.baseline).toBe(oneLine[1]?.baseline);
	});

	it('centres, and writes larger what must not be overlooked', () => {
		const mark = { kind: 'text', text: 'مؤقت', align: 'center', bold: true, size: 'big' } as const;
		expect(inkedOf([mark])).toMatchObject([
			{ left: (384 - 4 * 20) / 2, look: { size: 40, bold: true } },
		]);
	});

	it('leaves to the printer what is keyed in, scanned, ruled or cut, in its place', () => {
		const groups = { kind: 'groups', groups: ['1234', '5678'], joiner: ' ' } as const;
		const own: Paper = [{ kind: 'rule' }, groups, { kind: 'qr', text: 'x' }, { kind: 'cut' }];
		expect(partsOf([pair, pair, ...own, pair]).map(({ kind }) => kind)).toEqual([
			...['picture', 'own', 'picture'],
		]);
		expect(partsOf([pair, ...own])[1]).toEqual({ kind: 'own', elements: own });
	});

	it('is as wide as the characters of its paper', () => {
		expect([paperDots(32), paperDots(42), paperDots(48)]).toEqual([384, 504, 576]);
	});
});

it('whatever stands on it: nothing over an edge, no line on another, nothing lost', () => {
	const said = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 90 }),
		fc.array(fc.stringMatching(/^[\u0621-\u064a0-9 ,.\u00a0]{0,40}$/)).map((all) => all.join(' ')),
	);
	const element: fc.Arbitrary<PaperElement> = fc.oneof(
		fc.record(
			{
				kind: fc.constant('text' as const),
				text: said,
				align: fc.constant('center' as const),
				size: fc.constantFrom('tall' as const, 'big' as const),
			},
			{ requiredKeys: ['kind', 'text'] },
		),
		fc.record({ kind: fc.constant('pair' as const), name: said, value: said }),
	);
	const plain = (all: string): string => [...all.replace(/\s/g, '')].sort().join('');
	fc.assert(
		fc.property(
			fc.array(element, { minLength: 1 }),
			fc.constantFrom('ltr' as const, 'rtl' as const),
			(paper, direction) => {
				const [picture] = partsOf(paper, direction);
				if (picture?.kind !== 'picture') throw new Error('no picture');
				for (const { text, look, left, baseline } of picture.inked) {
					expect(left).toBeGreaterThanOrEqual(0);
					expect(left + measureBlocks(text, look)).toBeLessThanOrEqual(384);
					expect(baseline - look.size).toBeGreaterThanOrEqual(0);
					expect(baseline).toBeLessThan(picture.height);
				}
				const wanted = paper.map((one) =>
					one.kind === 'pair' ? one.name + one.value : one.kind === 'text' ? one.text : '',
				);
				const drawn = picture.inked.map(({ text }) => text);
				expect(plain(drawn.join(''))).toBe(plain(wanted.join('')));
			},
		),
	);
});
