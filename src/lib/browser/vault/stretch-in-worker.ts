/**
 * Stretching in a worker that lives for one PIN. The worker's code lies within ours: it must be there in a
 * cellar, and the files of workers are not in the list that the service worker keeps.
 */
import type { Stretch } from './stretch.ts';
import type { StretchOrder } from './stretch-worker.ts';
import StretchWorker from './stretch-worker.ts?worker&inline';
import { VaultFault } from './vault-fault.ts';

/** @throws {VaultFault} `no-worker`: the browser does not let it run, or has no memory for it */
export const stretchInWorker: Stretch = async (pin, salt, cost) => {
	let worker: Worker | undefined;
	try {
		const mine = (worker = new StretchWorker());
		return await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
			mine.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => resolve(data);
			mine.onerror = reject;
			const order: StretchOrder = { pin, salt, cost };
			// Transferred: the page has the PIN's octets no more.
			mine.postMessage(order, [pin.buffer]);
		});
	} catch (cause) {
		throw new VaultFault('no-worker', cause);
	} finally {
		worker?.terminate();
	}
};
