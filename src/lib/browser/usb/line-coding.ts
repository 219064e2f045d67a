/** The line coding of USB CDC (PSTN120, 6.3.10 and 6.3.12), which Prolific's chips speak as well. */
import type { LineSettings } from '#lib/link/line.ts';
import type { ChipRequest } from './chip-driver.ts';

const SET_LINE_CODING = 0x20;
const SET_CONTROL_LINE_STATE = 0x22;

const ONE_STOP_BIT = 0;
const PARITY = { none: 0, odd: 1, even: 2 } as const;
const DTR_AND_RTS = 0x0003;

const toInterface = (
	request: number,
	value: number,
	index: number,
	content?: Uint8Array<ArrayBuffer>,
): ChipRequest => ({
	setup: { requestType: 'class', recipient: 'interface', request, value, index },
	...(content && { content }),
});

/** Seven octets: the rate, stop bits, parity, data bits. */
export function encodeLineCoding({
	baud,
	dataBits,
	parity,
}: LineSettings): Uint8Array<ArrayBuffer> {
	const octets = new Uint8Array(7);
	new DataView(octets.buffer).setUint32(0, baud, true);
	octets.set([ONE_STOP_BIT, PARITY[parity], dataBits], 4);
	return octets;
}

export const setLineCoding = (settings: LineSettings, interfaceNumber: number): ChipRequest =>
	toInterface(SET_LINE_CODING, 0, interfaceNumber, encodeLineCoding(settings));

export const raiseDtrAndRts = (interfaceNumber: number): ChipRequest =>
	toInterface(SET_CONTROL_LINE_STATE, DTR_AND_RTS, interfaceNumber);
