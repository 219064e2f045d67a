/** Why a camera shows nothing, as what is thrown at the edge. */
import type { ScanFaultKind } from '#lib/core/vending/scan-refusals.ts';

export class ScanFault extends Error {
	readonly kind: ScanFaultKind;

	constructor(kind: ScanFaultKind, cause?: unknown) {
		super(`camera: ${kind}`, { cause });
		this.name = 'ScanFault';
		this.kind = kind;
	}
}

/** By the name of what `getUserMedia` throws. */
const BY_NAME: Readonly<Record<string, ScanFaultKind>> = {
	NotAllowedError: 'not-allowed',
	SecurityError: 'not-allowed',
	NotFoundError: 'no-camera',
	OverconstrainedError: 'no-camera',
	NotReadableError: 'busy',
	AbortError: 'busy',
};

export function scanFaultOf(error: unknown): ScanFault {
	if (error instanceof ScanFault) return error;
	const name = error instanceof Error || error instanceof DOMException ? error.name : '';
	return new ScanFault(BY_NAME[name] ?? 'failed', error);
}
