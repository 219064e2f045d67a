/** One paper, by whatever way the settings name. */
import type { Paper } from '#lib/core/paper/paper.ts';
import { directionIn, isDrawn } from '#lib/core/paper/paper-language.ts';
import type { Language } from '#lib/core/units/languages.ts';
import type { Artist } from './artist.ts';
import { bluetoothPrinters } from './bluetooth-printer.ts';
import { PrintFault } from './print-fault.ts';
import { FIRST_SETTINGS, type PrintSettings } from './print-settings.ts';
import type { PrinterKind, PrinterPort, PrinterSource } from './printer-port.ts';
import { serialPrinters } from './serial-printer.ts';
import { usbPrinters } from './usb-printer.ts';

/** The ways of this page; a test brings its own. */
export interface PrintWays {
	readonly source: (kind: PrinterKind, settings: PrintSettings) => PrinterSource;
	/** @throws {PrintFault} */
	readonly bySystem: (paper: Paper, language: Language, settings: PrintSettings) => Promise<void>;
	/** Draws what a printer has no letters for; undefined: this browser cannot. */
	readonly artist: () => Promise<Artist | undefined>;
}

/** The page this runs in. One for the page: it remembers which printer was chosen where the browser does not. */
export function pagePrintWays(): PrintWays {
	let rate: number = FIRST_SETTINGS.baud;
	let serial: PrinterSource | undefined;
	let bluetooth: PrinterSource | undefined;
	let artist: Promise<Artist | undefined> | undefined;
	return {
		source: (kind, { baud }) => {
			rate = baud;
			if (kind === 'serial') return (serial ??= serialPrinters(() => rate));
			return kind === 'usb' ? usbPrinters() : (bluetooth ??= bluetoothPrinters());
		},
		bySystem: async (paper, language, { columns }) => {
			const { printBySystem } = await import('./system-print.ts').catch(notHere);
			await printBySystem(paper, language, columns);
		},
		artist: () =>
			(artist ??= import('./artist.ts')
				.then(({ pageArtist }) => pageArtist())
				// Not kept here, and no network: the next paper asks again.
				.catch(() => (artist = undefined))),
	};
}

/** The code that prints is a part of its own, which comes with the first paper. @throws {PrintFault} `no-code` */
function notHere(cause: unknown): never {
	throw new PrintFault('no-code', cause);
}

/** @param language what the paper is written in @throws {PrintFault} */
export async function printPaper(
	paper: Paper,
	language: Language,
	settings: PrintSettings,
	ways: PrintWays,
): Promise<void> {
	const { way, printer } = settings;
	if (way === 'system') return ways.bySystem(paper, language, settings);
	if (way === 'none' || printer === null) throw new PrintFault('no-printer');
	const port = await ways.source(way, settings).find(printer.mark);
	const { encodeEscPos } = await import('./escpos.ts').catch(notHere);
	const artist = isDrawn(language, true) ? await ways.artist() : undefined;
	const drawing = artist && { artist, direction: directionIn(language) };
	await port.print(encodeEscPos(paper, settings, drawing));
}

/** Lets the person choose a printer; needs a click or a key before it. @throws {PrintFault} */
export async function choosePrinter(
	kind: PrinterKind,
	settings: PrintSettings,
	ways: PrintWays,
): Promise<Pick<PrinterPort, 'mark' | 'name'>> {
	const { mark, name } = await ways.source(kind, settings).choose();
	return { mark, name };
}
