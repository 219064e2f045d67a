import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/app.css', 'utf8');
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)');

/** The colours written as `--name: #rrggbb` in one part of the file. */
function colours(text: string): Map<string, string> {
	return new Map(
		[...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
	);
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

const TEXT = ['ink', 'quiet', 'action', 'good', 'bad', 'wait'];
const PAIRS: [front: string, ground: string, least: number][] = [
	...TEXT.flatMap((front): [string, string, number][] => [
		[front, 'paper', 4.5],
		[front, 'raised', 4.5],
	]),
	...['action', 'good', 'bad', 'wait'].flatMap((tone): [string, string, number][] => [
		[tone, `${tone}-tint`, 4.5],
		['ink', `${tone}-tint`, 4.5],
		['quiet', `${tone}-tint`, 4.5],
	]),
	['on-action', 'action', 4.5],
	['outline', 'paper', 3],
	['outline', 'raised', 3],
];

describe.each([
	['light', colours(lightCss)],
	['dark', colours(darkCss)],
])('the %s theme', (_, theme) => {
	it.each(PAIRS)('%s on %s has a contrast of at least %d', (front, ground, least) => {
		const [frontColour, groundColour] = [theme.get(front), theme.get(ground)];
		expect(frontColour, `${front} is in the theme`).toBeDefined();
		expect(groundColour, `${ground} is in the theme`).toBeDefined();
		expect(contrast(frontColour!, groundColour!)).toBeGreaterThanOrEqual(least);
	});
});

describe('the contrast of this test', () => {
	it('is 21 for black on white', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
	});
});

it('the theme of the page itself is the theme of the frame of the browser', () => {
	const html = readFileSync('src/app.html', 'utf8').toLowerCase();
	expect(html).toContain(`content="${colours(lightCss).get('paper')}"`);
	expect(html).toContain(`content="${colours(darkCss).get('paper')}"`);
});
