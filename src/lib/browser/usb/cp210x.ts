/**
 * Silicon Labs CP2101 to CP2109: vendor requests to the interface (Silicon Labs AN571).
 * Untested on hardware.
 */
import type { LineSettings } from '#lib/link/line.ts';
import { type ChipDriver, type ChipRequest, littleEndian32 } from './chip-driver.ts';

const IFC_ENABLE = 0x00;
const SET_LINE_CTL = 0x03;
const SET_MHS = 0x07;
const PURGE = 0x12;
const SET_BAUDRATE = 0x1e;

/** DTR and RTS on, and the two mask bits that say so. */
const DTR_AND_RTS = 0x0303;
/** Both queues, each way. */
const ALL_QUEUES = 0x000f;

/** What the slowest and the fastest of the family keep to. */
const [MIN_BAUD, MAX_BAUD] = [300, 921_600];

const PARITY = { none: 0, odd: 1, even: 2 } as const;

const vendor = (
	request: number,
	value: number,
	index: number,
	content?: Uint8Array<ArrayBuffer>,
): ChipRequest => ({
	setup: { requestType: 'vendor', recipient: 'interface', request, value, index },
	...(content && { content }),
});

/** Data bits in the upper octet, parity and stop bits in the lower one (AN571, SET_LINE_CTL). */
export function cp210xLineControl({ dataBits, parity }: LineSettings): number {
	return (dataBits << 8) | (PARITY[parity] << 4);
}

export const cp210x: ChipDriver = {
	start: (at) => [vendor(IFC_ENABLE, 1, at)],
	configure: (settings, { interfaceNumber: at }) => {
		const { baud } = settings;
		if (baud < MIN_BAUD || baud > MAX_BAUD) return undefined;
		return [
			vendor(SET_BAUDRATE, 0, at, littleEndian32(baud)),
			vendor(SET_LINE_CTL, cp210xLineControl(settings), at),
		];
	},
	power: ({ interfaceNumber }) => [vendor(SET_MHS, DTR_AND_RTS, interfaceNumber)],
	purge: ({ interfaceNumber }) => [vendor(PURGE, ALL_QUEUES, interfaceNumber)],
};
