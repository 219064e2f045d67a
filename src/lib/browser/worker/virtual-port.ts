/**
 * A virtual meter of this device as a port: what a probe on a serial port is to a meter on a wall. The
 * meter itself is in a worker, so that the page's own thread stays free and the octets take a real way.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { claimPort, isClaimed, type Locks } from '#lib/browser/serial/port-claim.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';
import type { Line, LineSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import type { Timer } from '#lib/link/transport.ts';
import { openWiredLine } from '#lib/link/wired-line.ts';
import type { LineOrder, WordPort } from './line-words.ts';
import { WorkerWire } from './worker-wire.ts';

/** A worker that has its order. */
export interface StartedWorker {
	readonly port: WordPort;
	readonly end: () => void;
	/** Calls back when the worker itself fails. */
	onFailure(failed: () => void): void;
}

/** What a virtual port needs of the page. */
export interface VirtualPortHost {
	readonly timer: Timer;
	/** Where there are none, tabs are not kept apart. */
	readonly locks?: Locks | undefined;
	readonly database: string;
	/** @throws {Error} the browser does not let it run, or its code cannot be had */
	startWorker(order: LineOrder): StartedWorker | Promise<StartedWorker>;
	seed(): number;
}

/** The page this runs in. */
export const PAGE_VIRTUAL_HOST: VirtualPortHost = {
	timer: HOST_TIMER,
	get locks() {
		return navigator.locks;
	},
	database: 'tokenline',
	// Large, and of use only where a virtual meter hangs.
	startWorker: async (order) => (await import('./start-meter-worker.ts')).startMeterWorker(order),
	seed: () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
};

/** How its line is to be. */
export interface VirtualLineManner {
	/** Whether octets and answers take the time of a real line; at once where absent. */
	readonly pace?: boolean;
	/** In place of the faults planted on the meter's own page. */
	readonly lineFaults?: readonly LineFaultName[];
}

/**
 * The virtual meter `drn` of this device as a port; it opens in mode E. Opening rejects with a `LinkFault`:
 * `meter-unreachable` there is no such meter here, or it cannot be read; `port-busy` another tab is on it.
 */
export function virtualPort(
	drn: string,
	manner: VirtualLineManner = {},
	host: VirtualPortHost = PAGE_VIRTUAL_HOST,
): SharedLinePort {
	const name = `virtual-${drn}`;
	const open = (settings: LineSettings, takeOver: boolean) =>
		openVirtualLine(host, { drn, settings, ...manner }, name, takeOver);
	return {
		label: { kind: 'virtual', name: `Virtual meter ${drn}` },
		medium: 'serial',
		open: (settings) => open(settings, false),
		takeOver: (settings) => open(settings, true),
		isHeldByTab: async () => (host.locks ? isClaimed(host.locks, name) : false),
	};
}

async function openVirtualLine(
	host: VirtualPortHost,
	wanted: VirtualLineManner & { readonly drn: string; readonly settings: LineSettings },
	name: string,
	takeOver: boolean,
): Promise<Line> {
	const { timer, locks, database } = host;
	const claim = locks && (await claimPort(locks, name, takeOver));
	const order = { pace: false, ...wanted, database, seed: host.seed() };
	try {
		return await openWiredLine(
			async (sink) => {
				const worker = await start(host, order);
				const end = (): void => {
					worker.end();
					claim?.release();
				};
				const wire = new WorkerWire({ port: worker.port, timer, end }, sink);
				worker.onFailure(() => wire.break('port-failed'));
				void claim?.taken.then(() => {
					wire.break('port-taken');
					return wire.close();
				});
				await wire.opened();
				return wire;
			},
			{ timer },
		);
	} catch (error) {
		claim?.release();
		throw error;
	}
}

async function start(host: VirtualPortHost, order: LineOrder): Promise<StartedWorker> {
	try {
		return await host.startWorker(order);
	} catch (cause) {
		throw new LinkFault('not-supported', cause);
	}
}
