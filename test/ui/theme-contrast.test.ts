import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asDeclarations, contrast, measure, PAIRS, readThemes } from '#lib/ui/style/theme.ts';

const themes = readThemes(readFileSync('src/app.css', 'utf8'));

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
	it.each(measure(themes[name]))(
		'$front on $ground has a contrast of at least $least',
		({ ratio, least }) => expect(ratio).toBeGreaterThanOrEqual(least),
	);
	it('measures every pair', () => expect(measure(themes[name])).toHaveLength(PAIRS.length));
	it('has a value for every role that the other one has', () =>
		expect([...themes.dark.keys()].filter((role) => !themes.light.has(role))).toEqual([]));
});

describe('the contrast', () => {
	it('is 21 for black on white, whichever comes first, and 1 for a colour on itself', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
		expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
		expect(contrast('#0b5d66', '#0B5D66')).toBe(1);
	});
	it('is of colours only', () => {
		for (const wrong of ['', 'teal', '#fff', 'var(--ink)'])
			expect(() => contrast(wrong, '#ffffff')).toThrow(RangeError);
	});
	it('has no pair of a role that is not there', () =>
		expect(() => measure(new Map([['ink', '#000000']]))).toThrow(RangeError));
});

describe('reading the style sheet', () => {
	it('finds the sizes of type and the radii', () => {
		expect(themes.measures.get('radius-control')).toBe('10px');
		expect([...themes.measures.keys()].filter((key) => /^text-[a-z]+$/.test(key))).toEqual([
			...['text-note', 'text-body', 'text-lead', 'text-title', 'text-figure'],
		]);
	});
	it('finds nothing in a sheet that has nothing', () => {
		const { light, dark, measures } = readThemes('body { color: red; }');
		expect([light.size, dark.size, measures.size]).toEqual([0, 0, 0]);
	});
	it('gives a theme back as declarations', () => {
		expect(asDeclarations(readThemes(':root { --ink: #10242b; }').light)).toBe('--ink: #10242b');
	});
});

it('the theme of the page itself is the theme of the frame of the browser', () => {
	const html = readFileSync('src/app.html', 'utf8').toLowerCase();
	expect(html).toContain(`content="${themes.light.get('paper')}"`);
	expect(html).toContain(`content="${themes.dark.get('paper')}"`);
});
