import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, type PrintLine } from '#lib/core/paper/lay-out.ts';
import { PAPER_COLUMNS, type PaperElement } from '#lib/core/paper/paper.ts';

const texts = (lines: readonly PrintLine[]): string[] =>
	lines.flatMap((line) => (line.kind === 'line' ? [line.text] : []));

describe('a pair', () => {
	it('fills the paper from edge to edge', () => {
		expect(texts(layOut([{ kind: 'pair', name: 'Change', value: 'KES 5' }], 32))).toEqual([
			'Change                     KES 5',
		]);
	});

	it('goes under each other where it does not fit with a space between', () => {
		const [name, value] = ['n'.repeat(20), 'v'.repeat(12)];
		expect(texts(layOut([{ kind: 'pair', name, value }], 32))).toEqual([
			name,
			`${' '.repeat(20)}${value}`,
		]);
		expect(texts(layOut([{ kind: 'pair', name, value }], 33))).toEqual([`${name} ${value}`]);
	});
});

describe('a text', () => {
	it('breaks at spaces, never at a no-break space, and within a word only where it must', () => {
		const said = 'Pay KES\u00a01,000 at the\ndesk-with-a-very-long-name-indeed-yes-sir';
		expect(texts(layOut([{ kind: 'text', text: said }], 16))).toEqual([
			'Pay KES 1,000 at',
			'the',
			'desk-with-a-very',
			'-long-name-indee',
			'd-yes-sir',
		]);
	});

	it('has half the room where it is twice as wide', () => {
		const [first, second] = layOut(
			[{ kind: 'text', text: 'NO TOKEN YET HERE', size: 'big', align: 'center' }],
			32,
		);
		expect(first).toMatchObject({ text: '  NO TOKEN YET', wide: 2, tall: 2 });
		expect(second).toMatchObject({ text: '      HERE', wide: 2 });
	});
});

describe('groups', () => {
	const groups = ['1234', '5678', '9012', '3456', '7890'];
	it.each([
		[48, 2, ['1234 5678 9012 3456 7890']],
		[42, 1, ['         1234 5678 9012 3456 7890']],
		[32, 1, ['    1234 5678 9012 3456 7890']],
		[20, 1, ['1234 5678 9012 3456', '        7890']],
	])('of a token on %i characters', (columns, wide, lines) => {
		const laid = layOut([{ kind: 'groups', groups, joiner: ' ' }], columns);
		expect(texts(laid)).toEqual(lines);
		for (const line of laid) expect(line).toMatchObject({ wide, tall: 2, bold: true });
	});

	it('that do not fit, and papers for none, are slips', () => {
		const wide = { kind: 'groups', groups: ['1'.repeat(33)], joiner: ' ' } as const;
		expect(() => layOut([wide], 32)).toThrow(RangeError);
		expect(() => layOut([], 15)).toThrow(RangeError);
	});
});

const said = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 90 }),
	fc
		.array(fc.stringMatching(/^[A-Za-z0-9 ,.\u00a0]{0,40}$/), { maxLength: 6 })
		.map((all) => all.join(' ')),
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
	fc.record({
		kind: fc.constant('groups' as const),
		groups: fc.array(fc.stringMatching(/^\d{4}$/), { minLength: 1, maxLength: 9 }),
		joiner: fc.constantFrom(' ' as const, '-' as const),
	}),
);

describe('whatever stands on it', () => {
	it('no line is wider than the paper, and nothing is lost', () => {
		const blank = /[\s\u00a0]/g;
		fc.assert(
			fc.property(fc.array(element), fc.constantFrom(...PAPER_COLUMNS), (paper, columns) => {
				const laid = layOut(paper, columns);
				for (const line of laid)
					if (line.kind === 'line')
						expect([...line.text].length * line.wide).toBeLessThanOrEqual(columns);
				const wanted = paper.map((one) => {
					if (one.kind === 'text') return one.text;
					if (one.kind === 'pair') return one.name + one.value;
					return one.kind === 'groups' ? one.groups.join('') : '';
				});
				const plain = (all: string): string => all.replace(blank, '').replaceAll('-', '');
				expect(plain(texts(laid).join(''))).toBe(plain(wanted.join('')));
			}),
		);
	});

	it('a group is never parted', () => {
		const groups = fc.array(fc.stringMatching(/^\d{4}$/), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(groups, fc.integer({ min: 16, max: 60 }), (all, columns) => {
				const laid = layOut([{ kind: 'groups', groups: all, joiner: ' ' }], columns);
				expect(texts(laid).flatMap((line) => line.trim().split(' '))).toEqual(all);
			}),
		);
	});
});
