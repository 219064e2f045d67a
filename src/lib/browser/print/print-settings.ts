/** How this device prints: kept with the till, and the same for everybody who stands at it. */
import * as v from 'valibot';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { PAPER_COLUMNS } from '#lib/core/paper/paper.ts';
import { FALLBACK, LANGUAGES } from '#lib/core/units/languages.ts';
import { CODE_TABLES } from './code-tables.ts';
import { PRINTER_KINDS } from './printer-port.ts';

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
	/** Of the papers that customers take away; settings of before there was a choice have none. */
	language: v.optional(v.picklist(LANGUAGES), FALLBACK),
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
	language: FALLBACK,
	auto: true,
	printer: null,
};

type Keeping = Pick<AgentStore, 'printing'>;

/** What is kept; the first settings where nothing is, or nothing that can be read. @throws {StoreFault} */
export async function readPrintSettings({ printing }: Keeping): Promise<PrintSettings> {
	const row = await stored(() => printing.get('printing'));
	const parsed = v.safeParse(PrintSettings, row?.settings);
	return parsed.success ? parsed.output : FIRST_SETTINGS;
}

/** @throws {StoreFault} they are not kept */
export async function keepPrintSettings(
	{ printing }: Keeping,
	settings: PrintSettings,
): Promise<void> {
	await stored(() => printing.put({ key: 'printing', settings }));
}
