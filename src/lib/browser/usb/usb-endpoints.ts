/** Where on a USB device its octets go in and out: two bulk endpoints of one interface. */
import { CDC_CLASS } from './known-chips.ts';
import type { UsbConfigurationShape, UsbInterfaceShape } from './usb-shape.ts';

export interface BulkPair {
	/** Interfaces to claim, the one that requests are about first. */
	readonly claims: readonly number[];
	readonly input: number;
	readonly output: number;
	/** Octets of a packet from the device: 64 at full speed. */
	readonly packetSize: number;
}

function bulk({ alternate }: UsbInterfaceShape, direction: 'in' | 'out') {
	return alternate.endpoints.find(
		(endpoint) => endpoint.type === 'bulk' && endpoint.direction === direction,
	);
}

/** The control interface of CDC. */
function cdcControl({ interfaces }: UsbConfigurationShape): UsbInterfaceShape | undefined {
	return interfaces.find(({ alternate }) => alternate.interfaceClass === CDC_CLASS);
}

/** Whether a configuration says that it is CDC. */
export const hasCdc = (configuration: UsbConfigurationShape | undefined): boolean =>
	configuration !== undefined && cdcControl(configuration) !== undefined;

/** The first interface that has both, and CDC's control interface beside it; undefined: there is none. */
export function findBulkPair(configuration: UsbConfigurationShape): BulkPair | undefined {
	const control = cdcControl(configuration);
	for (const candidate of configuration.interfaces) {
		const [input, output] = [bulk(candidate, 'in'), bulk(candidate, 'out')];
		if (!input || !output) continue;
		const claims = [control?.interfaceNumber, candidate.interfaceNumber];
		return {
			claims: [...new Set(claims.filter((number) => number !== undefined))],
			input: input.endpointNumber,
			output: output.endpointNumber,
			packetSize: input.packetSize,
		};
	}
	return undefined;
}

/** Packets of a transfer: each of them full but the last. */
export function packetsOf(transfer: Uint8Array, packetSize: number): Uint8Array[] {
	const packets: Uint8Array[] = [];
	for (let at = 0; at < transfer.length; at += packetSize)
		packets.push(transfer.subarray(at, at + packetSize));
	return packets;
}
