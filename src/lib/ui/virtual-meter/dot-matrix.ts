/**
 * The display's text line: capitals and figures of 5×7 dots as one SVG path. Each glyph is seven rows
 * from the top; a row is five bits, the left dot the highest, written as one base-32 figure.
 */

/** Dots across and down in a glyph, and from one glyph to the next. */
export const GLYPH = { columns: 5, rows: 7, pitch: 6 } as const;

const GLYPHS: Readonly<Record<string, string>> = {
	' ': '0000000',
	A: 'ehhvhhh',
	B: 'uhhuhhu',
	C: 'ehggghe',
	D: 'uhhhhhu',
	E: 'vgguggv',
	F: 'vgguggg',
	G: 'ehgnhhf',
	H: 'hhhvhhh',
	I: 'e44444e',
	J: '72222ic',
	K: 'hikokih',
	L: 'ggggggv',
	M: 'hrllhhh',
	N: 'hhpljhh',
	O: 'ehhhhhe',
	P: 'uhhuggg',
	Q: 'ehhhlid',
	R: 'uhhukih',
	S: 'fgge11u',
	T: 'v444444',
	U: 'hhhhhhe',
	V: 'hhhhha4',
	W: 'hhhllla',
	X: 'hha4ahh',
	Y: 'hhha444',
	Z: 'v1248gv',
	'0': 'ehjlphe',
	'1': '4c4444e',
	'2': 'eh1248v',
	'3': 'v24h1he',
	'4': '26aiv22',
	'5': 'vgu11he',
	'6': '68guhhe',
	'7': 'v124888',
	'8': 'ehhehhe',
	'9': 'ehhf12c',
	'.': '00000cc',
	':': '0cc0cc0',
	'-': '000v000',
	'+': '044v440',
	'/': '01248g0',
	'?': 'eh12404',
};

/** One text as dots: a path of squares of `size` on a grid of 1. Letters are shown as capitals. */
export function dotPath(text: string, size = 0.9): string {
	return [...text.toUpperCase()]
		.map((sign, at) => glyphPath(sign, at * GLYPH.pitch, size))
		.join('');
}

/** Width of a text in dots. */
export function dotWidth(text: string): number {
	return Math.max(0, text.length * GLYPH.pitch - (GLYPH.pitch - GLYPH.columns));
}

/** Whether the display can show every sign of a text. */
export function isShowable(text: string): boolean {
	return [...text.toUpperCase()].every((sign) => sign in GLYPHS);
}

function glyphPath(sign: string, left: number, size: number): string {
	const rows = GLYPHS[sign] ?? GLYPHS['?'] ?? '';
	let path = '';
	for (let y = 0; y < GLYPH.rows; y += 1) {
		const bits = Number.parseInt(rows.charAt(y), 32);
		for (let x = 0; x < GLYPH.columns; x += 1) {
			if (bits & (1 << (GLYPH.columns - 1 - x)))
				path += `M${left + x} ${y}h${size}v${size}h${-size}z`;
		}
	}
	return path;
}
