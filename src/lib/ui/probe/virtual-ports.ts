/** The virtual meters of this device as ports, each answering in a worker of its own. */
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { readVirtualMeters } from '#lib/browser/store/virtual-meters.ts';
import { virtualPort } from '#lib/browser/worker/virtual-port.ts';
import { app } from '#lib/ui/state/app.svelte.ts';

export interface VirtualPort {
	readonly drn: string;
	readonly port: SharedLinePort;
}

/** Every virtual meter that hangs on a wall of this device and can be read. */
export async function virtualPorts(): Promise<readonly VirtualPort[]> {
	const here = await readVirtualMeters(app.store);
	return here.flatMap(({ kind, drn }) =>
		kind === 'standing' ? [{ drn, port: virtualPort(drn) }] : [],
	);
}
