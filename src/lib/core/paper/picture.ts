/**
 * Sets the texts of a paper in dots, for a script that a printer's own letters cannot write. What is keyed in or
 * scanned (tokens, codes, QR) stays the printer's own: sharp, as large as ever, and in Latin digits.
 *
 * Always holds: nothing stands over the paper's edge, as far as `measure` says the truth; nothing is left out.
 */
import { type Direction, directionOf } from './direction.ts';
import type { Paper, PaperColumns, PaperElement, PaperText } from './paper.ts';

/** Dots of a character of the printer's first font, so that a paper is as wide as its characters. */
const DOTS_PER_COLUMN = 12;

export const paperDots = (columns: PaperColumns): number => columns * DOTS_PER_COLUMN;

export interface Look {
	/** Dots of the em. */
	readonly size: number;
	readonly bold: boolean;
}

/** How many dots wide a text is. */
export type Measure = (text: string, look: Look) => number;

/** One run of text, drawn in one go. */
export interface Inked {
	readonly text: string;
	readonly direction: Direction;
	readonly look: Look;
	/** Dots from the picture's left and upper edge; the baseline is what stands at `baseline`. */
	readonly left: number;
	readonly baseline: number;
}

export interface Picture {
	readonly kind: 'picture';
	readonly width: number;
	readonly height: number;
	readonly inked: readonly Inked[];
}

export type PaperPart =
	/** What the printer sets itself. */ { readonly kind: 'own'; readonly elements: Paper } | Picture;

const SIZES = { plain: 24, tall: 30, big: 40 } as const;
/** A line's height and the place of its baseline, in parts of the em: room for marks above and below the letters. */
const LINE = 1.5;
const BASELINE = 1.1;

const isText = (element: PaperElement) => element.kind === 'text' || element.kind === 'pair';

interface Field {
	readonly width: number;
	readonly direction: Direction;
	readonly measure: Measure;
}

/** @param direction of the paper's language; a text of another one keeps its own, at the paper's side */
export function pictureParts(
	paper: Paper,
	width: number,
	direction: Direction,
	measure: Measure,
): PaperPart[] {
	const field: Field = { width, direction, measure };
	return runsOf(paper).map((run) =>
		run.every(isText) ? pictureOf(run, field) : { kind: 'own', elements: run },
	);
}

/** Neighbours of one sort together. */
function runsOf(paper: Paper): PaperElement[][] {
	const runs: PaperElement[][] = [];
	for (const element of paper) {
		const run = runs.at(-1);
		if (run?.[0] && isText(run[0]) === isText(element)) run.push(element);
		else runs.push([element]);
	}
	return runs;
}

function pictureOf(run: Paper, field: Field): Picture {
	const inked: Inked[] = [];
	let top = 0;
	for (const element of run)
		for (const line of linesOf(element, field)) {
			const size = Math.max(...line.map(({ look }) => look.size));
			const baseline = top + Math.round(size * BASELINE);
			inked.push(...line.map((placed) => ({ ...placed, baseline })));
			top += Math.round(size * LINE);
		}
	return { kind: 'picture', width: field.width, height: top, inked };
}

type Placed = Omit<Inked, 'baseline'>;
type Side = 'start' | 'center' | 'end';

function linesOf(element: PaperElement, field: Field): Placed[][] {
	if (element.kind === 'text') return textLines(element, field);
	return element.kind === 'pair' ? pairLines(element, field) : [];
}

function textLines({ text, align, bold, size }: PaperText, field: Field): Placed[][] {
	const look: Look = { size: SIZES[size ?? 'plain'], bold: bold === true };
	return sideLines(text, look, align ?? 'start', field);
}

function pairLines(
	{ name, value, bold }: Extract<PaperElement, { kind: 'pair' }>,
	field: Field,
): Placed[][] {
	const look: Look = { size: SIZES.plain, bold: bold === true };
	const names = sideLines(name, look, 'start', field);
	const values = sideLines(value, look, 'end', field);
	const taken = [name, ' ', value].reduce((sum, said) => sum + field.measure(said, look), 0);
	return taken <= field.width ? [[...names.flat(), ...values.flat()]] : [...names, ...values];
}

function sideLines(said: string, look: Look, side: Side, field: Field): Placed[][] {
	const direction = directionOf(said);
	return wrap(said, look, field).map((text) => {
		const free = field.width - field.measure(text, look);
		return [{ text, direction, look, left: leftOf(side, free, field.direction) }];
	});
}

function leftOf(side: Side, free: number, direction: Direction): number {
	if (side === 'center') return Math.floor(free / 2);
	return (side === 'start') === (direction === 'rtl') ? free : 0;
}

/** Breaks at spaces and line breaks; only a word that is wider than the paper is parted. */
function wrap(said: string, look: Look, field: Field): string[] {
	return said.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, look, field));
}

function wrapParagraph(paragraph: string, look: Look, { width, measure }: Field): string[] {
	const fits = (text: string): boolean => measure(text, look) <= width;
	const lines: string[] = [''];
	for (const word of paragraph.split(/ +/).flatMap((long) => pieces(long, fits))) {
		const last = lines[lines.length - 1] ?? '';
		const longer = last === '' ? word : `${last} ${word}`;
		if (fits(longer)) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}

function pieces(word: string, fits: (text: string) => boolean): string[] {
	if (fits(word)) return [word];
	const parts: string[] = [];
	for (const character of word) {
		const longer = `${parts.at(-1) ?? ''}${character}`;
		if (parts.length > 0 && fits(longer)) parts[parts.length - 1] = longer;
		else parts.push(character);
	}
	return parts;
}
