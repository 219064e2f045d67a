/** The in-page virtual meter's line. */
import { eightN1, type Line } from '#lib/link/line.ts';
import { SimulatedLine } from '#lib/link/simulated-line.ts';
import type { LineMaker } from '../line-contract.ts';
import { onVirtualTime } from './on-virtual-time.ts';

export const simulatedLine: LineMaker = {
	name: 'a simulated line',
	settings: eightN1(115_200),
	otherSettings: eightN1(9600),
	broken: 'unplugged',
	make() {
		return onVirtualTime(async (timer) => {
			const simulated = new SimulatedLine({ timer });
			const { meterEnd } = simulated;
			await meterEnd.configure(this.settings);
			const line = await simulated.port.open(this.settings);
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

/** A line whose far end is set anew with it: here rates matter, as on a wire. */
function followedBy(line: Line, meterEnd: Line): Line {
	return {
		receive: () => line.receive(),
		send: (octets) => line.send(octets),
		close: () => line.close(),
		configure: async (settings) => {
			await line.configure(settings);
			await meterEnd.configure(settings);
		},
	};
}

function collector(line: Line): (count: number) => Promise<Uint8Array> {
	const waiting: number[] = [];
	return async (count) => {
		while (waiting.length < count) {
			const piece = await line.receive();
			if (!piece) throw new Error(`the line ended with ${count - waiting.length} octets missing`);
			for (const octet of piece) waiting.push(octet);
		}
		return Uint8Array.from(waiting.splice(0, count));
	};
}
