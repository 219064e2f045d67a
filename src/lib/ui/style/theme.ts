/**
 * The theme as it is written in the style sheet, and what can be reckoned from it. One source: the sheet that
 * the app is drawn with.
 */

/** Values of the roles by name without dashes, as written: `ink` to `#10242b`. */
export type Theme = ReadonlyMap<string, string>;

export interface Themes {
	readonly light: Theme;
	readonly dark: Theme;
	/** What does not change with the light: sizes of type, radii. */
	readonly measures: Theme;
}

const DARK = '@media (prefers-color-scheme: dark)';

/** Reads the text of the style sheet. A sheet without a dark part has an empty dark theme. */
export function readThemes(css: string): Themes {
	const [beforeDark = '', afterDark = ''] = css.split(DARK);
	const inLight = valuesIn(block(beforeDark, ':root'));
	return {
		light: inLight,
		dark: valuesIn(block(afterDark, ':root')),
		measures: valuesIn(block(css, '@theme {') || block(css, '@theme')),
	};
}

/** The declarations in the first pair of braces after a selector. */
function block(css: string, selector: string): string {
	const from = css.indexOf(selector);
	if (from === -1) return '';
	const open = css.indexOf('{', from);
	return css.slice(open + 1, css.indexOf('}', open));
}

function valuesIn(text: string): Theme {
	return new Map(
		[...text.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
			name,
			value.trim(),
		]),
	);
}

/** Relative luminance of `#rrggbb`, WCAG 2.2. */
function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const COLOUR = /^#[0-9a-f]{6}$/i;

/**
 * The contrast of two colours, 1 to 21.
 * @throws {RangeError} for what is not written `#rrggbb`
 */
export function contrast(one: string, other: string): number {
	for (const colour of [one, other])
		if (!COLOUR.test(colour)) throw new RangeError(`not a colour: ${colour}`);
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

export interface Pair {
	readonly front: string;
	readonly ground: string;
	/** 4.5 for text, 3 for the outline of a control. */
	readonly least: number;
}

const pair = (front: string, ground: string, least = 4.5): Pair => ({ front, ground, least });
const TEXT = ['ink', 'quiet', 'action', 'good', 'bad', 'wait'] as const;
const TONES = ['action', 'good', 'bad', 'wait'] as const;

/** Every front that stands on a ground somewhere in the app. */
export const PAIRS: readonly Pair[] = [
	...TEXT.flatMap((front) => [pair(front, 'paper'), pair(front, 'raised')]),
	...TONES.flatMap((tone) => [tone, 'ink', 'quiet'].map((front) => pair(front, `${tone}-tint`))),
	pair('on-action', 'action'),
	pair('outline', 'paper', 3),
	pair('outline', 'raised', 3),
];

export interface MeasuredPair extends Pair {
	readonly frontColour: string;
	readonly groundColour: string;
	readonly ratio: number;
}

/** @throws {RangeError} for a role that the theme does not have */
export function measure(theme: Theme): MeasuredPair[] {
	return PAIRS.map((each) => {
		const [frontColour = '', groundColour = ''] = [theme.get(each.front), theme.get(each.ground)];
		return { ...each, frontColour, groundColour, ratio: contrast(frontColour, groundColour) };
	});
}

/** The theme as declarations of an element's own, for a part of a page that is shown in it. */
export function asDeclarations(theme: Theme): string {
	return [...theme].map(([name, value]) => `--${name}: ${value}`).join('; ');
}
