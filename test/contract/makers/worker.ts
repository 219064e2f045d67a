/**
 * The in-page virtual meter's port: page's end and worker's end of the message port, on a model of it, with
 * the worker's simulated line behind. Only the meter is missing: its end of the line is the test's.
 */
import { relayLine } from '#lib/browser/worker/relay-line.ts';
import { virtualPort } from '#lib/browser/worker/virtual-port.ts';
import { eightN1 } from '#lib/link/line.ts';
import { SimulatedLine } from '#lib/link/simulated-line.ts';
import { modelPorts } from '../../harness/model-ports.ts';
import type { LineMaker } from '../line-contract.ts';
import { onVirtualTime } from './on-virtual-time.ts';
import { collector, followedBy } from './simulated.ts';

export const workerLine: LineMaker = {
	name: 'a worker’s message port, on a model of it',
	// A burst is heard anew with every piece of it: at a higher rate there are fewer.
	settings: eightN1(1_000_000),
	otherSettings: eightN1(9600),
	broken: 'unplugged',
	make() {
		return onVirtualTime(async (timer) => {
			const simulated = new SimulatedLine({ timer });
			const { meterEnd } = simulated;
			await meterEnd.configure(this.settings);
			const port = virtualPort(
				'12345678903',
				{},
				{
					timer,
					database: 'none',
					seed: () => 1,
					startWorker: ({ settings }) => {
						const [page, worker] = modelPorts();
						void simulated.port.open(settings).then((line) => relayLine(line, worker));
						return { port: page, end: () => undefined, onFailure: () => undefined };
					},
				},
			);
			const line = await port.open(this.settings);
			return {
				line: followedBy(line, meterEnd),
				farEnd: {
					send: (octets) => meterEnd.send(octets),
					receive: collector(meterEnd),
					breakOff: () => {
						simulated.pull();
						return Promise.resolve();
					},
				},
			};
		});
	},
};
