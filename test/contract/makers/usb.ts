/** WebUSB on models of the chips. */
import { usbPorts } from '#lib/browser/usb/usb-ports.ts';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import {
	cdcChip,
	ch34xChip,
	cp210xChip,
	type FakeChip,
	ftdiChip,
	pl2303Chip,
} from '../../harness/fake-chips.ts';
import { FakeUsb, FakeUsbDevice } from '../../harness/fake-usb.ts';
import type { LineMaker } from '../line-contract.ts';
import { onVirtualTime } from './on-virtual-time.ts';

const usbOnFake = (makeChip: () => FakeChip): LineMaker => ({
	name: `WebUSB, on a model of ${makeChip().name}`,
	settings: sevenE1(115_200),
	otherSettings: eightN1(9600),
	broken: 'unplugged',
	make() {
		return onVirtualTime(async (timer) => {
			const usb = new FakeUsb();
			const device = usb.plugIn(new FakeUsbDevice(makeChip(), timer));
			const [port] = await usbPorts({ usb, timer }).grantedPorts();
			if (!port) throw new Error('no port');
			return {
				line: await port.open(this.settings),
				farEnd: {
					send: (octets) => device.uart.send(octets),
					receive: (count) => device.uart.receive(count),
					breakOff: () => {
						usb.unplug(device);
						return Promise.resolve();
					},
				},
			};
		});
	},
});

export const usbOnFakes: readonly LineMaker[] = [
	ftdiChip,
	cp210xChip,
	() => ch34xChip(),
	() => pl2303Chip('HX'),
	() => pl2303Chip('G'),
	cdcChip,
].map(usbOnFake);
