/** What the browser's errors about a serial port mean. */
import type { LineDisturbances } from '#lib/link/line.ts';
import type { LinkFaultKind } from '#lib/link/link-fault.ts';

/** The name of an error; empty for what is none. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Why no port was chosen. */
export function choosingFault(error: unknown): LinkFaultKind {
	switch (nameOf(error)) {
		case 'NotFoundError':
			return 'nothing-chosen';
		case 'SecurityError':
			return 'permission-refused';
		default:
			return 'port-failed';
	}
}

/** What is known when a port did not open. */
export interface FailedOpening {
	readonly error: unknown;
	/** Whether the browser still lists the device. */
	readonly present: boolean;
	/** Whether it opened with the most usual settings straight afterwards. */
	readonly opensOtherwise: boolean;
}

/**
 * Why a port did not open. The browser says "Failed to open serial port" for each: a device that has gone
 * is listed no more, settings that are refused are known by others that are taken, and what is left is
 * another program, or one without the right to open it, which nobody can tell apart.
 */
export function openingFault({ error, present, opensOtherwise }: FailedOpening): LinkFaultKind {
	if (!present) return 'unplugged';
	if (opensOtherwise) return 'settings-refused';
	switch (nameOf(error)) {
		case 'SecurityError':
			return 'permission-refused';
		case 'TypeError':
			return 'settings-refused';
		case 'NetworkError':
		case 'InvalidStateError':
			return 'port-busy';
		default:
			return 'port-failed';
	}
}

/** Errors of a reader after which the port goes on with a new stream. */
const SURVIVED: Readonly<Record<string, keyof LineDisturbances>> = {
	ParityError: 'parity',
	FramingError: 'framing',
	BufferOverrunError: 'overrun',
	BreakError: 'breaks',
};

/** What was disturbed on the line, where an error of a reader or a writer says no more than that. */
export function disturbanceOf(error: unknown): keyof LineDisturbances | undefined {
	return SURVIVED[nameOf(error)];
}

/** Why an open port ended. The stream is told of a lost device before `connected` is. */
export function endingFault(error: unknown): LinkFaultKind {
	return nameOf(error) === 'NetworkError' ? 'unplugged' : 'port-failed';
}
