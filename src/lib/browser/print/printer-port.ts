/**
 * A printer, whatever leads to it. Choosing one needs a person's gesture; a chosen one is found again without.
 * It is opened for each paper and let go of afterwards, so that another tab can print the next one.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import type { Timer } from '#lib/link/transport.ts';
import { PrintFault } from './print-fault.ts';

/** The ways to a printer that take octets. */
export const PRINTER_KINDS = ['serial', 'usb', 'bluetooth'] as const;
export type PrinterKind = (typeof PRINTER_KINDS)[number];

/** One printer. */
export interface PrinterPort {
	/** As a person knows it; names no serial number. */
	readonly name: string;
	/** By what it is found again. */
	readonly mark: string;
	/**
	 * Resolves when the printer has taken all of it. Faults before the first octet and after it have different
	 * kinds (`mayHavePrinted`). @throws {PrintFault}
	 */
	print(octets: Uint8Array): Promise<void>;
	/** Lets go of what is kept open between two papers; never rejects. */
	close(): Promise<void>;
}

/** The printers that one way leads to. */
export interface PrinterSource {
	readonly kind: PrinterKind;
	/** Whether this browser has this way at all. */
	readonly isSupported: boolean;
	/** Lets the person choose; needs a click or a key before it. @throws {PrintFault} */
	choose(): Promise<PrinterPort>;
	/** The printer of this mark, without asking. @throws {PrintFault} `no-printer`, `unsupported` */
	find(mark: string): Promise<PrinterPort>;
}

/** A printer that takes nothing for so long is out of paper, open or off. */
export const STALLED_MS = 10_000;

/** @throws {PrintFault} `no-answer`, when the work is not done in time; else as the work does */
export async function inTime<T>(
	work: Promise<T>,
	ms: number,
	timer: Timer = HOST_TIMER,
): Promise<T> {
	const late = Promise.withResolvers<never>();
	const callOff = timer.wakeAt(timer.nowMs() + ms, () => late.reject(new PrintFault('no-answer')));
	// Whatever comes of it after that is nobody's.
	work.catch(() => undefined);
	return Promise.race([work, late.promise]).finally(callOff);
}
