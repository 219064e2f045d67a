/**
 * Sets a paper in lines of a printer whose characters are all of one width.
 *
 * Always holds: no line is wider than the paper; a group of a token or a code is never parted; nothing is left
 * out. A no-break space keeps its neighbours together and comes out as a space.
 */
import type { Paper, PaperElement, PaperText } from './paper.ts';

export type PrintLine =
	| {
			readonly kind: 'line';
			/** At most `columns / wide` characters, its indents in it. */
			readonly text: string;
			readonly bold: boolean;
			/** How many times as wide and as high as a character is. */
			readonly wide: 1 | 2;
			readonly tall: 1 | 2;
	  }
	| { readonly kind: 'qr'; readonly text: string }
	| { readonly kind: 'cut' };

/** Below this no group of a code fits: a slip, not a paper. */
const FEWEST_COLUMNS = 16;

/** Wide and narrow: what a language puts between a number and its unit, or a time and its half of the day. */
const NO_BREAK = /[\u00a0\u202f]/g;

/** @throws {RangeError} slip: a paper too narrow for any group */
export function layOut(paper: Paper, columns: number): PrintLine[] {
	if (columns < FEWEST_COLUMNS) throw new RangeError('no paper is so narrow');
	return paper.flatMap((element) => layOutElement(element, columns));
}

function layOutElement(element: PaperElement, columns: number): PrintLine[] {
	switch (element.kind) {
		case 'text':
			return layOutText(element, columns);
		case 'pair':
			return pairLines(element.name, element.value, columns).map((line) =>
				plain(line, element.bold === true),
			);
		case 'groups':
			return layOutGroups(element.groups, element.joiner, columns);
		case 'rule':
			return [plain('-'.repeat(columns))];
		case 'gap':
			return [plain('')];
		case 'qr':
		case 'cut':
			return [element];
	}
}

const plain = (line: string, bold = false): PrintLine => ({
	kind: 'line',
	text: line.replace(NO_BREAK, ' '),
	bold,
	wide: 1,
	tall: 1,
});

function layOutText({ text, align, bold, size }: PaperText, columns: number): PrintLine[] {
	const wide = size === 'big' ? 2 : 1;
	const room = Math.floor(columns / wide);
	return wrap(text, room).map((line) => ({
		...plain(align === 'center' ? center(line, room) : line, bold === true),
		wide,
		tall: size ? 2 : 1,
	}));
}

function pairLines(name: string, value: string, columns: number): string[] {
	const free = columns - lengthOf(name) - lengthOf(value);
	if (free >= 1) return [`${name}${' '.repeat(free)}${value}`];
	return [
		...wrap(name, columns),
		...wrap(value, columns).map((line) => `${' '.repeat(columns - lengthOf(line))}${line}`),
	];
}

/** Twice as large if they all fit on one line, else twice as high if they fit, else on several lines. */
function layOutGroups(groups: readonly string[], joiner: string, columns: number): PrintLine[] {
	const whole = groups.join(joiner);
	const wide = lengthOf(whole) * 2 <= columns ? 2 : 1;
	const room = Math.floor(columns / wide);
	return packGroups(groups, joiner, room).map((line) => ({
		...plain(center(line, room), true),
		wide,
		tall: 2,
	}));
}

/** As many groups on a line as fit. @throws {RangeError} slip: a group that is wider than the paper */
function packGroups(groups: readonly string[], joiner: string, room: number): string[] {
	const lines: string[] = [];
	for (const group of groups) {
		if (lengthOf(group) > room) throw new RangeError('a group must fit on the paper');
		const last = lines.at(-1);
		const longer = last === undefined ? undefined : `${last}${joiner}${group}`;
		if (longer !== undefined && lengthOf(longer) <= room) lines[lines.length - 1] = longer;
		else lines.push(group);
	}
	return lines;
}

/** Breaks at spaces and line breaks; only a word that is wider than the paper is parted. */
function wrap(said: string, room: number): string[] {
	return said.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, room));
}

function wrapParagraph(paragraph: string, room: number): string[] {
	const lines: string[] = [''];
	for (const word of paragraph.split(/ +/).flatMap((long) => pieces(long, room))) {
		const last = lines[lines.length - 1] ?? '';
		const longer = last === '' ? word : `${last} ${word}`;
		if (lengthOf(longer) <= room) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}

function pieces(word: string, room: number): string[] {
	const characters = [...word];
	const count = Math.max(1, Math.ceil(characters.length / room));
	return Array.from({ length: count }, (_, at) =>
		characters.slice(at * room, (at + 1) * room).join(''),
	);
}

const lengthOf = (line: string): number => [...line].length;

const center = (line: string, room: number): string =>
	`${' '.repeat(Math.floor((room - lengthOf(line)) / 2))}${line}`;
