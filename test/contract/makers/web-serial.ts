/** Web Serial on a model of the browser. */
import { serialPorts } from '#lib/browser/serial/serial-ports.ts';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import { FakeSerial, FakeSerialPort } from '../../harness/fake-serial.ts';
import type { LineMaker } from '../line-contract.ts';
import { onVirtualTime } from './on-virtual-time.ts';

export const webSerialOnFake: LineMaker = {
	name: 'Web Serial, on a model of it',
	settings: sevenE1(115_200),
	otherSettings: eightN1(9600),
	broken: 'unplugged',
	make() {
		return onVirtualTime(async (timer) => {
			const serial = new FakeSerial();
			const probe = serial.plugIn(new FakeSerialPort(timer));
			const [port] = await serialPorts({ serial, timer }).grantedPorts();
			if (!port) throw new Error('no port');
			return {
				line: await port.open(this.settings),
				farEnd: {
					send: (octets) => probe.uart.send(octets),
					receive: (count) => probe.uart.receive(count),
					breakOff: () => {
						serial.unplug(probe);
						return Promise.resolve();
					},
				},
			};
		});
	},
};
