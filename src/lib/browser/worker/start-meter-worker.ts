/**
 * Starts the worker of a virtual meter. Its code lies within ours: it must be there in a cellar, and the
 * files of workers are not in the list that the service worker keeps.
 */
import type { LineOrder } from './line-words.ts';
import MeterWorker from './meter-worker.ts?worker&inline';
import type { StartedWorker } from './virtual-port.ts';

/** @throws {Error} the browser does not let it run */
export function startMeterWorker(order: LineOrder): StartedWorker {
	const worker = new MeterWorker();
	const { port1, port2 } = new MessageChannel();
	worker.postMessage(order, [port2]);
	return {
		port: port1,
		end: () => worker.terminate(),
		onFailure: (failed) => {
			worker.onerror = failed;
		},
	};
}
