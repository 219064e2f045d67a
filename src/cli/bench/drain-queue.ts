/** A till that sold so long without a network that many rows wait: drained over a slow link, and what that took. */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BenchTill } from './bench-till.ts';
import type { SlowLink } from './slow-link.ts';
import type { SyncBackend } from './sync-process.ts';
import type { Usage, WaitingTill } from './sync-wire.ts';

export interface Drained {
	readonly rows: number;
	readonly requests: number;
	/** Octets of the requests' bodies, and of the answers'. */
	readonly up: number;
	readonly down: number;
	readonly elapsedMs: number;
	/** Of `elapsedMs`, what the link alone takes. */
	readonly linkMs: number;
	/** Of this process, which is the device. */
	readonly cpuMs: number;
	readonly backend: Usage;
	/** What lives on the device's heap beside the database, at its highest. */
	readonly heldOctets: number;
	/** For one row, to write it. */
	readonly writtenMs: number;
}

/** @throws {Error} when not every row is issued in the end */
export async function drainQueue(
	backend: SyncBackend,
	link: SlowLink,
	waiting: WaitingTill,
	{ rows, delayMs }: { readonly rows: number; readonly delayMs: number },
): Promise<Drained> {
	link.delayMs = 0;
	const till = await BenchTill.open(waiting);
	try {
		const began = performance.now();
		for (let row = 0; row < rows; row += 1) await till.sell('provisional');
		const writtenMs = (performance.now() - began) / rows;
		link.delayMs = delayMs;
		link.weigh = liveHeap;
		const before = liveHeap();
		link.take();
		await backend.usage();
		const cpu = process.cpuUsage();
		const started = performance.now();
		const { pending, stop } = await till.drain();
		const elapsedMs = performance.now() - started;
		const { user, system } = process.cpuUsage(cpu);
		const { requests, up, down, heapOctets, weighingMs } = link.take();
		const states = await till.states();
		if (pending > 0 || stop !== null || states['issued'] !== rows)
			throw new Error(`not all are issued: ${JSON.stringify({ pending, stop, states })}`);
		return {
			...{ rows, requests, up, down, elapsedMs, writtenMs },
			linkMs: requests * delayMs,
			cpuMs: (user + system) / 1_000 - weighingMs,
			backend: await backend.usage(),
			heldOctets: Math.max(0, heapOctets - before),
		};
	} finally {
		link.weigh = () => 0;
		await till.close();
	}
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function liveHeap(): number {
	collect();
	return process.memoryUsage().heapUsed;
}
