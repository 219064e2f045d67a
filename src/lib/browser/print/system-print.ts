/**
 * The system's print dialogue: any printer of the device, in any script. The paper is set as a page of its own
 * width in a frame of nothing but elements; its style is the one inline thing that the content policy allows.
 */
import { generate } from 'lean-qr';
import { directionOf } from '#lib/core/paper/direction.ts';
import type { Paper, PaperColumns, PaperElement } from '#lib/core/paper/paper.ts';
import { paperWidthMm } from '#lib/core/paper/paper.ts';
import { directionIn } from '#lib/core/paper/paper-language.ts';
import type { Language } from '#lib/core/units/languages.ts';
import { asPrintFault, PrintFault } from './print-fault.ts';

const FRAME_ID = 'tokenline-paper';
const SVG = 'http://www.w3.org/2000/svg';
/** CSS pixels of a millimetre. */
const PX_PER_MM = 96 / 25.4;
/** Nothing is printed closer to the edge. */
const MARGIN_MM = 3;
/** Where a line starts, where it ends, and in which letters it stands: joined ones are not of one width. */
const LEFT_TO_RIGHT = ['left', 'right', 'ui-monospace,monospace'] as const;
const RIGHT_TO_LEFT = ['right', 'left', 'system-ui,sans-serif'] as const;
type Sides = typeof LEFT_TO_RIGHT | typeof RIGHT_TO_LEFT;

/** @throws {PrintFault} `failed`: the dialogue did not open. Whether it was then used, nobody is told */
export async function printBySystem(
	paper: Paper,
	language: Language,
	columns: PaperColumns,
	page: Document = document,
): Promise<void> {
	try {
		// The last one stays until now: some systems read it after the dialogue has closed.
		page.getElementById(FRAME_ID)?.remove();
		const frame = page.createElement('iframe');
		frame.id = FRAME_ID;
		frame.setAttribute('aria-hidden', 'true');
		frame.tabIndex = -1;
		frame.style.cssText = `position:fixed;left:-200vw;top:0;border:0;width:${paperWidthMm(columns)}mm;height:100vh`;
		page.body.append(frame);
		const { contentDocument, contentWindow } = frame;
		if (!contentDocument || !contentWindow) throw new PrintFault('failed');
		writePaper(contentDocument, paper, language, columns);
		await contentDocument.fonts.ready;
		setPageSize(contentDocument, columns);
		contentWindow.focus();
		contentWindow.print();
	} catch (error) {
		throw asPrintFault(error);
	}
}

/** Fills a document with a paper. Every text is set as text: a name cannot be markup. */
export function writePaper(
	target: Document,
	paper: Paper,
	language: Language,
	columns: PaperColumns,
): void {
	const direction = directionIn(language);
	target.documentElement.lang = language;
	target.documentElement.dir = direction;
	const style = target.createElement('style');
	style.textContent = styleOf(columns, direction === 'rtl' ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
	target.head.replaceChildren(style);
	target.body.replaceChildren(...paper.map((element) => nodeOf(target, element)));
}

/** A roll has no pages: one that is as long as what stands on it. */
function setPageSize(target: Document, columns: PaperColumns): void {
	const lengthMm = Math.ceil(target.body.scrollHeight / PX_PER_MM) + 2 * MARGIN_MM;
	const size = target.createElement('style');
	size.textContent = `@page{size:${paperWidthMm(columns)}mm ${lengthMm}mm;margin:0}`;
	target.head.append(size);
}

/** Sides are the paper's, whatever the direction of the text that stands there. */
const styleOf = (columns: PaperColumns, [start, end, face]: Sides): string => `
*{box-sizing:border-box}
body{margin:0;width:${paperWidthMm(columns)}mm;padding:${MARGIN_MM}mm;background:#fff;color:#000;
font:${columns === 32 ? 8.5 : 9.5}pt/1.3 ${face};overflow-wrap:anywhere}
p{margin:0;min-height:1.3em}
p,p.pair span{text-align:${start}}
p.center{text-align:center}.bold{font-weight:700}.tall{font-size:1.3em}.big{font-size:1.7em}
.pair{display:flex;justify-content:space-between;gap:1ch;flex-wrap:wrap}
p.pair span+span{margin-${start}:auto;text-align:${end}}
hr{border:0;border-top:1px dashed #000;margin:1mm 0}
p.groups{text-align:center;font-family:ui-monospace,monospace;font-weight:700;font-size:${columns === 32 ? 1.15 : 1.35}em;line-height:1.6}
.groups span{white-space:nowrap;display:inline-block}
svg{display:block;width:24mm;height:24mm;margin:2mm auto}
`;

function nodeOf(target: Document, element: PaperElement): Node {
	switch (element.kind) {
		case 'text':
			return paragraph(target, element.text, [element.align, element.bold && 'bold', element.size]);
		case 'pair': {
			const pair = paragraph(target, '', ['pair', element.bold && 'bold']);
			pair.append(span(target, element.name), span(target, element.value));
			return pair;
		}
		case 'groups': {
			const groups = paragraph(target, '', ['groups']);
			groups.dir = 'ltr';
			for (const [at, group] of element.groups.entries())
				groups.append(...(at === 0 ? [] : [element.joiner]), span(target, group));
			return groups;
		}
		case 'rule':
			return target.createElement('hr');
		case 'gap':
			return paragraph(target, '', []);
		case 'qr':
			return qrNode(target, element.text);
		case 'cut':
			return target.createTextNode('');
	}
}

type ClassName = string | false | undefined;

function paragraph(target: Document, said: string, classes: ClassName[]): HTMLElement {
	const node = target.createElement('p');
	node.className = classes.filter(Boolean).join(' ');
	// Each text in its own direction, at the paper's side: a name in Arabic on an English paper.
	if (said !== '') node.dir = directionOf(said);
	node.textContent = said;
	return node;
}

function span(target: Document, said: string): HTMLElement {
	const node = target.createElement('span');
	node.dir = directionOf(said);
	node.textContent = said;
	return node;
}

function qrNode(target: Document, said: string): Node {
	const code = generate(said);
	const modules = Array.from({ length: code.size }, (_, y) =>
		Array.from({ length: code.size }, (__, x) => (code.get(x, y) ? `M${x} ${y}h1v1h-1z` : '')),
	);
	const svg = target.createElementNS(SVG, 'svg');
	svg.setAttribute('viewBox', `0 0 ${code.size} ${code.size}`);
	const path = target.createElementNS(SVG, 'path');
	path.setAttribute('d', modules.flat().join(''));
	svg.append(path);
	return svg;
}
