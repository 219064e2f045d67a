/**
 * The in-page virtual meter's port: the page's end and the worker's end of the message port, on a model of
 * it, with a wire in memory where the meter's simulated line is.
 */
import { relayLine } from '#lib/browser/worker/relay-line.ts';
import { virtualPort } from '#lib/browser/worker/virtual-port.ts';
import { eightN1, type LineSettings } from '#lib/link/line.ts';
import { modelPorts } from '../../harness/model-ports.ts';
import type { FarEnd, LineMaker } from '../line-contract.ts';
import { openMemoryLine } from './memory.ts';
import { onVirtualTime } from './on-virtual-time.ts';

export const workerLine: LineMaker = {
	name: 'a worker’s message port, on a model of it',
	settings: eightN1(115_200),
	otherSettings: eightN1(9600),
	broken: 'unplugged',
	make() {
		return onVirtualTime(async (timer) => {
			const far = Promise.withResolvers<FarEnd>();
			const host = {
				timer,
				database: 'none',
				seed: () => 1,
				startWorker: ({ settings }: { readonly settings: LineSettings }) => {
					const [page, worker] = modelPorts();
					void openMemoryLine(timer, settings).then(({ line, farEnd }) => {
						relayLine(line, worker);
						far.resolve(farEnd);
					});
					return { port: page, end: () => undefined, onFailure: () => undefined };
				},
			};
			const line = await virtualPort('12345678903', {}, host).open(this.settings);
			return { line, farEnd: await far.promise };
		});
	},
};
