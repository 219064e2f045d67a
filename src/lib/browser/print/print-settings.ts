/** How this device prints: kept in the browser, because it is about the desk and not about who stands at it. */
import * as v from 'valibot';
import type { Memory } from '#lib/browser/serial/last-port.ts';
import { PAPER_COLUMNS } from '#lib/core/paper/paper.ts';
import { CODE_TABLES } from './code-tables.ts';
import { PRINTER_KINDS } from './printer-port.ts';

const KEY = 'tokenline.printing';

/** Every way to a paper: a printer of ours, the system's dialogue, or none. */
export const PRINT_WAYS = ['none', ...PRINTER_KINDS, 'system'] as const;
export type PrintWay = (typeof PRINT_WAYS)[number];

/** Bits a second of a printer at a serial port. */
export const PRINTER_BAUDS = [9600, 19_200, 38_400, 115_200] as const;

export const PrintSettings = v.object({
	way: v.picklist(PRINT_WAYS),
	columns: v.picklist(PAPER_COLUMNS),
	table: v.picklist(CODE_TABLES),
	baud: v.picklist(PRINTER_BAUDS),
	/** Receipts are printed without being asked for. */
	auto: v.boolean(),
	/** The printer that was chosen for the way; null: none yet. */
	printer: v.nullable(v.object({ mark: v.string(), name: v.string() })),
});
export type PrintSettings = v.InferOutput<typeof PrintSettings>;

export const FIRST_SETTINGS: PrintSettings = {
	way: 'none',
	columns: 32,
	table: 'ascii',
	baud: 9600,
	auto: true,
	printer: null,
};

/** What is kept; the first settings where nothing is, or nothing that can be read. */
export function readPrintSettings(memory: Memory | undefined): PrintSettings {
	try {
		const kept: unknown = JSON.parse(memory?.getItem(KEY) ?? 'null');
		const parsed = v.safeParse(PrintSettings, kept);
		return parsed.success ? parsed.output : FIRST_SETTINGS;
	} catch {
		return FIRST_SETTINGS;
	}
}

/** Whether the browser has kept them. */
export function keepPrintSettings(memory: Memory | undefined, settings: PrintSettings): boolean {
	try {
		memory?.setItem(KEY, JSON.stringify(settings));
		return memory !== undefined;
	} catch {
		// Storage is full or refused: they hold until the page closes.
		return false;
	}
}
