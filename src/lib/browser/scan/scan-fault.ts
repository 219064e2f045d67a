/** Why a camera shows nothing: a closed list, each with its sentence. Typing goes on in every case. */

export const SCAN_FAULTS = [
	/** The page is not on a secure connection, or the browser knows no cameras. */
	'no-support',
	'no-camera',
	/** The person, or whoever set the device up, does not let the page see. */
	'not-allowed',
	/** Another app has it. */
	'busy',
	'failed',
] as const;
export type ScanFaultKind = (typeof SCAN_FAULTS)[number];

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
