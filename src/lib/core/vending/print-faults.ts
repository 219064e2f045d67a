/** What the world does to a printer, as a closed list. */

export const PRINT_FAULTS = [
	/** This browser has no way to such a printer. */
	'unsupported',
	/** The list was closed without choosing one. */
	'nothing-chosen',
	/** None was chosen yet, or the one that was is not there. */
	'no-printer',
	/** The browser, or whoever manages the device, does not let the page at it. */
	'not-allowed',
	/** Another program or another tab has it. */
	'busy',
	/** It has gone while it was printing. */
	'unplugged',
	/** It takes nothing more: no paper, its cover open, switched off. */
	'no-answer',
	/** It broke off, and nobody says why. */
	'failed',
	/** The page ended while it was printing. */
	'interrupted',
	/** The words of its language are not kept here, and there is no network to fetch them by. */
	'no-language',
	/** The part of the app that prints is not kept here, and there is no network to fetch it by. */
	'no-code',
	/** Asked for before the token came, or a no: what it says is not so any more. */
	'outdated',
	/** What is on the paper could not be opened here. */
	'nothing-to-print',
] as const;
export type PrintFaultKind = (typeof PRINT_FAULTS)[number];

const AFTER_THE_FIRST_OCTET: ReadonlySet<string> = new Set<PrintFaultKind>([
	'unplugged',
	'no-answer',
	'failed',
	'interrupted',
]);

/** Whether a paper may have come out, whole or in part: then the next one is a reprint. */
export const mayHavePrinted = (fault: string | null): boolean =>
	fault !== null && AFTER_THE_FIRST_OCTET.has(fault);

export const isPrintFault = (fault: string | null): fault is PrintFaultKind =>
	(PRINT_FAULTS as readonly (string | null)[]).includes(fault);
