/** A pair in memory: the wired line itself, on the simplest of wires. */
import { eightN1, type Line, type LineSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { openWiredLine, type WireSink } from '#lib/link/wired-line.ts';
import { FakeUart } from '../../harness/fake-uart.ts';
import type { VirtualTimer } from '../../link/virtual-timer.ts';
import type { FarEnd, LineMaker } from '../line-contract.ts';
import { onVirtualTime } from './on-virtual-time.ts';

export const memoryLine: LineMaker = {
	name: 'a wire in memory',
	settings: eightN1(115_200),
	otherSettings: eightN1(9600),
	broken: 'unplugged',
	make() {
		return onVirtualTime((timer) => openMemoryLine(timer, this.settings));
	},
};

/** A line on the simplest of wires, and its far end. */
export async function openMemoryLine(
	timer: VirtualTimer,
	settings: LineSettings,
): Promise<{ readonly line: Line; readonly farEnd: FarEnd }> {
	const uart = new FakeUart(timer, 1024);
	uart.baud = settings.baud;
	const sink = Promise.withResolvers<WireSink>();
	const line = await openWiredLine(
		(given) => {
			sink.resolve(given);
			return Promise.resolve({
				write: (octets) => uart.transmit(octets),
				flush: () => Promise.resolve(),
				reset: ({ baud }) => {
					uart.baud = baud;
					given.drop();
					return Promise.resolve();
				},
				close: () => {
					uart.flush();
					return Promise.resolve();
				},
			});
		},
		{ timer, settings },
	);
	const { push, room, fail } = bound(await sink.promise);
	uart.onReceive = (octets) => {
		push(octets);
		return room();
	};
	return {
		line,
		farEnd: {
			send: (octets) => uart.send(octets),
			receive: (count) => uart.receive(count),
			breakOff: () => {
				fail(new LinkFault('unplugged'));
				return Promise.resolve();
			},
		},
	};
}

function bound(sink: WireSink) {
	return {
		push: (octets: Uint8Array) => sink.push(octets),
		room: () => sink.room(),
		fail: (fault: LinkFault) => sink.fail(fault),
	};
}
