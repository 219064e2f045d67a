/** The virtual meters of this device as ports, each answering in a worker of its own. */
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';

export interface VirtualPort {
	readonly drn: string;
	readonly port: SharedLinePort;
}

/** Every virtual meter that hangs on a wall of this device. */
export function virtualPorts(): Promise<readonly VirtualPort[]> {
	return Promise.resolve([]);
}
