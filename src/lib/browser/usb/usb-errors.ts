/** What the browser's errors about a USB device mean. */
import { nameOf } from '#lib/browser/serial/serial-errors.ts';
import type { LinkFaultKind } from '#lib/link/link-fault.ts';

/** Why a device did not open: another program, or the system's own driver, has claimed it. */
export function usbOpeningFault(error: unknown, present: boolean): LinkFaultKind {
	if (!present || nameOf(error) === 'NotFoundError') return 'unplugged';
	switch (nameOf(error)) {
		case 'SecurityError':
			return 'permission-refused';
		case 'NetworkError':
		case 'InvalidStateError':
			return 'port-busy';
		default:
			return 'port-failed';
	}
}

/** Why an open device ended. */
export function usbEndingFault(error: unknown, present: boolean): LinkFaultKind {
	return !present || nameOf(error) === 'NotFoundError' ? 'unplugged' : 'port-failed';
}
