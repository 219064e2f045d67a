/** A fault of a printer: thrown where it happens, shown by its kind. `cause` is for the log only. */
import type { PrintFaultKind } from '#lib/core/vending/print-faults.ts';

export class PrintFault extends Error {
	override readonly name = 'PrintFault';
	readonly kind: PrintFaultKind;

	constructor(kind: PrintFaultKind, cause?: unknown) {
		super(kind, { cause });
		this.kind = kind;
	}
}

/** A fault as it is; anything else becomes `kind`. */
export const asPrintFault = (error: unknown, kind: PrintFaultKind = 'failed'): PrintFault =>
	error instanceof PrintFault ? error : new PrintFault(kind, error);

export const errorName = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Why no device was chosen in the browser's list. */
export function choosingFault(error: unknown): PrintFault {
	switch (errorName(error)) {
		case 'NotFoundError':
			return new PrintFault('nothing-chosen', error);
		case 'SecurityError':
		case 'NotAllowedError':
			return new PrintFault('not-allowed', error);
		default:
			return new PrintFault('failed', error);
	}
}
