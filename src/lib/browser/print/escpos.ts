/** A paper as the octets of an ESC/POS printer. Loaded when something is printed, never before. */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { Direction } from '#lib/core/paper/direction.ts';
import { layOut, type PrintLine } from '#lib/core/paper/lay-out.ts';
import { mapPaperText, type Paper, type PaperColumns } from '#lib/core/paper/paper.ts';
import { type PaperPart, paperDots, pictureParts } from '#lib/core/paper/picture.ts';
import { printableText } from '#lib/core/paper/printable.ts';
import type { Artist, Pixels } from './artist.ts';
import { charactersOf, type CodeTable } from './code-tables.ts';

export interface EscPosForm {
	readonly columns: PaperColumns;
	readonly table: CodeTable;
}

/** Who draws the texts of a paper, and from where they run. */
export interface Drawing {
	readonly artist: Artist;
	readonly direction: Direction;
}

/** Between the last line and the cutter, and for a tear bar. */
const FEED_LINES = 4;

/** Dots of a module of a QR code: about 20 mm across, which a phone reads from a hand's width. */
const QR_DOTS = 6;

/** Of 256: the soft edges of drawn letters become dots where they are darker than light grey. */
const BLACK_BELOW = 160;

/** @param drawing absent: the printer's own letters, as far as its table has them */
export function encodeEscPos(paper: Paper, form: EscPosForm, drawing?: Drawing): Uint8Array {
	const { columns, table } = form;
	// A picture has moved the paper itself; what follows stands close below it.
	const feeds = drawing === undefined;
	const encoder = new ReceiptPrinterEncoder({
		language: 'esc-pos',
		columns,
		codepageMapping: 'epson',
		feedBeforeCut: FEED_LINES,
		newline: '\n',
		imageMode: 'raster',
		feedAfterBlock: feeds,
	});
	// The first table of every printer is a superset of ASCII.
	encoder.initialize().codepage(table === 'ascii' ? 'cp437' : table);
	for (const part of partsOf(paper, columns, drawing))
		if (part.kind === 'own') encodeOwn(encoder, part.elements, form, feeds);
		else if (drawing) encodePicture(encoder, drawing.artist.draw(part));
	return encoder.encode();
}

function partsOf(paper: Paper, columns: PaperColumns, drawing: Drawing | undefined): PaperPart[] {
	if (!drawing) return [{ kind: 'own', elements: paper }];
	const { artist, direction } = drawing;
	return pictureParts(paper, paperDots(columns), direction, artist.measure);
}

function encodePicture(encoder: ReceiptPrinterEncoder, { data, width, height }: Pixels): void {
	encoder.image({ data, width, height }, width, height, 'threshold', BLACK_BELOW);
}

function encodeOwn(
	encoder: ReceiptPrinterEncoder,
	elements: Paper,
	{ columns, table }: EscPosForm,
	feeds: boolean,
): void {
	const characters = charactersOf(table);
	const printable = mapPaperText(elements, (said) =>
		printableText(said, (character) => characters.has(character)),
	);
	for (const line of layOut(printable, columns)) encodeLine(encoder, line, feeds);
}

/** @param feeds whether the encoder goes to a new line after a code or a picture by itself */
function encodeLine(encoder: ReceiptPrinterEncoder, line: PrintLine, feeds: boolean): void {
	switch (line.kind) {
		case 'line':
			encoder.bold(line.bold).size(line.wide, line.tall).line(line.text);
			encoder.bold(false).size(1, 1);
			return;
		case 'qr':
			encoder.align('center').qrcode(line.text, { size: QR_DOTS, errorlevel: 'm' }).align('left');
			if (!feeds) encoder.newline();
			return;
		case 'cut':
			encoder.cut('partial');
	}
}
