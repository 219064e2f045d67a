/**
 * Seven-segment figures as two SVG paths: the lit segments and all of them, so that a display can show
 * the pale ghosts of those that are off. A point takes no cell of its own; it sits behind its figure.
 */

/** One figure's box, in SVG units. */
export interface Cell {
	readonly width: number;
	readonly height: number;
	/** Thickness of a segment. */
	readonly stroke: number;
	/** From the left edge of one figure to the left edge of the next. */
	readonly pitch: number;
}

export interface SegmentPaths {
	readonly lit: string;
	readonly ghost: string;
	/** Width of the whole row. */
	readonly width: number;
}

const ALL = 'abcdefg';

/** Segments of each figure: a top, b and c right, d bottom, e and f left, g middle. */
const FIGURES: Readonly<Record<string, string>> = {
	'0': 'abcdef',
	'1': 'bc',
	'2': 'abged',
	'3': 'abgcd',
	'4': 'fgbc',
	'5': 'afgcd',
	'6': 'afgedc',
	'7': 'abc',
	'8': ALL,
	'9': 'gfabcd',
	'-': 'g',
	_: 'd',
	' ': '',
};

/** The paths of a row of figures. A sign that seven segments cannot show stays dark. */
export function segmentPaths(text: string, cell: Cell): SegmentPaths {
	const lit: string[] = [];
	const ghost: string[] = [];
	let x = 0;
	for (const { figure, point } of splitFigures(text)) {
		const on = FIGURES[figure] ?? '';
		for (const name of ALL) {
			const path = segmentPath(name, x, cell);
			ghost.push(path);
			if (on.includes(name)) lit.push(path);
		}
		const dot = pointPath(x, cell);
		ghost.push(dot);
		if (point) lit.push(dot);
		x += cell.pitch;
	}
	const width = x === 0 ? 0 : x - cell.pitch + cell.width;
	return { lit: lit.join(''), ghost: ghost.join(''), width };
}

/** `57.8` as the figures 5, 7 with a point, 8. */
export function splitFigures(text: string): { figure: string; point: boolean }[] {
	return [...text.matchAll(/([^.])(\.?)/g)].map(([, figure = ' ', point]) => ({
		figure,
		point: point === '.',
	}));
}

/** A six-cornered bar between two corners of the cell. */
function segmentPath(name: string, x: number, cell: Cell): string {
	const { width, height, stroke } = cell;
	const half = stroke / 2;
	const middle = height / 2;
	const bottom = height - half;
	const right = x + width - half;
	const left = x + half;
	switch (name) {
		case 'a':
			return flatBar(left, right, half, half);
		case 'g':
			return flatBar(left, right, middle, half);
		case 'd':
			return flatBar(left, right, bottom, half);
		case 'b':
			return uprightBar(right, half, middle, half);
		case 'c':
			return uprightBar(right, middle, bottom, half);
		case 'f':
			return uprightBar(left, half, middle, half);
		default:
			return uprightBar(left, middle, bottom, half);
	}
}

/** Air between neighbouring segments, as a share of half the thickness. */
const AIR = 0.22;

function flatBar(x0: number, x1: number, y: number, half: number): string {
	const [from, to] = [x0 + half * AIR, x1 - half * AIR];
	return polygon([
		[from, y],
		[from + half, y - half],
		[to - half, y - half],
		[to, y],
		[to - half, y + half],
		[from + half, y + half],
	]);
}

function uprightBar(x: number, y0: number, y1: number, half: number): string {
	const [from, to] = [y0 + half * AIR, y1 - half * AIR];
	return polygon([
		[x, from],
		[x + half, from + half],
		[x + half, to - half],
		[x, to],
		[x - half, to - half],
		[x - half, from + half],
	]);
}

function pointPath(x: number, { width, height, stroke, pitch }: Cell): string {
	const centre = x + width + (pitch - width) / 2;
	const half = Math.min(stroke, pitch - width) / 2.1;
	const y = height - half;
	return polygon([
		[centre - half, y - half],
		[centre + half, y - half],
		[centre + half, y + half],
		[centre - half, y + half],
	]);
}

function polygon(points: readonly (readonly [number, number])[]): string {
	return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
