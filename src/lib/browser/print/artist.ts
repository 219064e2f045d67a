/** Draws what a printer has no letters for, on a canvas of the page. Loaded with the first paper that needs it. */
import type { Look, Measure, Picture } from '#lib/core/paper/picture.ts';

/** Rows from the top, four octets a dot: red, green, blue, opacity. */
export interface Pixels {
	readonly data: Uint8ClampedArray;
	readonly width: number;
	readonly height: number;
}

export interface Artist {
	readonly measure: Measure;
	readonly draw: (picture: Picture) => Pixels;
}

const WHITE = '#fff';
const BLACK = '#000';

const fontOf = ({ size, bold }: Look): string =>
	`${bold ? 700 : 400} ${size}px system-ui, sans-serif`;

/** Undefined: this browser draws nothing, draws no Arabic, or lets no page read what it has drawn. */
export function pageArtist(page: Document = document): Artist | undefined {
	const canvas = page.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (!context || !('direction' in context) || !readsTruly(context)) return undefined;
	const measure: Measure = (text, look) => {
		context.font = fontOf(look);
		return Math.ceil(context.measureText(text).width);
	};
	return hasLetters(measure) ? { measure, draw: (picture) => draw(context, picture) } : undefined;
}

function draw(context: CanvasRenderingContext2D, { width, height, inked }: Picture): Pixels {
	const { canvas } = context;
	// Sizing it clears all that was set.
	[canvas.width, canvas.height] = [width, height];
	context.fillStyle = WHITE;
	context.fillRect(0, 0, width, height);
	context.fillStyle = BLACK;
	context.textAlign = 'left';
	context.textBaseline = 'alphabetic';
	for (const { text, direction, look, left, baseline } of inked) {
		context.font = fontOf(look);
		context.direction = direction;
		context.fillText(text, left, baseline);
	}
	return pixelsOf(context);
}

function pixelsOf(context: CanvasRenderingContext2D): Pixels {
	const { width, height } = context.canvas;
	const { data } = context.getImageData(0, 0, width, height);
	return { data, width, height };
}

/** Browsers that hide what tells one device from another give a page noise instead. */
function readsTruly(context: CanvasRenderingContext2D): boolean {
	const { canvas } = context;
	[canvas.width, canvas.height] = [16, 8];
	context.fillStyle = WHITE;
	context.fillRect(0, 0, 16, 8);
	context.fillStyle = BLACK;
	context.fillRect(0, 0, 8, 8);
	const { data, width } = pixelsOf(context);
	return data.every(
		(value, at) => at % 4 === 3 || value > 128 === Math.floor(at / 4) % width >= width / 2,
	);
}

/** A narrow letter and a wide one; where there are none, the signs in their place are as wide as each other. */
function hasLetters(measure: Measure): boolean {
	const look: Look = { size: 64, bold: false };
	return measure('\u0627', look) !== measure('\u0633', look);
}
