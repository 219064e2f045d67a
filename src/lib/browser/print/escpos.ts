/** A paper as the octets of an ESC/POS printer. Loaded when something is printed, never before. */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { layOut, type PrintLine } from '#lib/core/paper/lay-out.ts';
import { mapPaperText, type Paper, type PaperColumns } from '#lib/core/paper/paper.ts';
import { printableText } from '#lib/core/paper/printable.ts';
import { charactersOf, type CodeTable } from './code-tables.ts';

export interface EscPosForm {
	readonly columns: PaperColumns;
	readonly table: CodeTable;
}

/** Between the last line and the cutter, and for a tear bar. */
const FEED_LINES = 4;

/** Dots of a module of a QR code: about 20 mm across, which a phone reads from a hand's width. */
const QR_DOTS = 6;

export function encodeEscPos(paper: Paper, { columns, table }: EscPosForm): Uint8Array {
	const characters = charactersOf(table);
	const printable = mapPaperText(paper, (said) =>
		printableText(said, (character) => characters.has(character)),
	);
	const encoder = new ReceiptPrinterEncoder({
		language: 'esc-pos',
		columns,
		codepageMapping: 'epson',
		feedBeforeCut: FEED_LINES,
		newline: '\n',
	});
	// The first table of every printer is a superset of ASCII.
	encoder.initialize().codepage(table === 'ascii' ? 'cp437' : table);
	for (const line of layOut(printable, columns)) encodeLine(encoder, line);
	return encoder.encode();
}

function encodeLine(encoder: ReceiptPrinterEncoder, line: PrintLine): void {
	switch (line.kind) {
		case 'line':
			encoder.bold(line.bold).size(line.wide, line.tall).line(line.text);
			encoder.bold(false).size(1, 1);
			return;
		case 'qr':
			encoder.align('center').qrcode(line.text, { size: QR_DOTS, errorlevel: 'm' }).align('left');
			return;
		case 'cut':
			encoder.cut('partial');
	}
}
