/**
 * FTDI FT232B, FT232R and FT-X: vendor requests to the device; every packet from the chip begins with two
 * octets of status. Divisors: FTDI AN232B-05; requests: as FTDI's driver makes them, widely described.
 * Untested on hardware. Chips with several ports, and the H series, are not driven.
 */
import type { LineDisturbances, LineSettings } from '#lib/link/line.ts';
import type { ChipDriver, ChipRequest } from './chip-driver.ts';

const RESET = 0;
const MODEM_CONTROL = 1;
const FLOW_CONTROL = 2;
const BAUD_RATE = 3;
const FORM = 4;
const LATENCY_TIMER = 9;

const PURGE_RECEIVED = 1;
const PURGE_SENT = 2;

/** How long the chip waits for more before it sends what it has: 16 unless set, and a frame waits for it. */
const LATENCY_MS = 4;

const CLOCK_HZ = 3_000_000;
const MAX_DIVISOR = 0x3fff;

/** Eighths as the chip codes them, in three bits (AN232B-05: 0, 1/8, 1/4, 3/8, 1/2, 5/8, 3/4, 7/8). */
const EIGHTHS = [0, 3, 2, 4, 1, 5, 6, 7] as const;

const PARITY = { none: 0, odd: 1, even: 2 } as const;

/** The bits of a packet's second octet, and what they say. */
const LINE_STATUS: readonly [bit: number, disturbed: keyof LineDisturbances][] = [
	[0x02, 'overrun'],
	[0x04, 'parity'],
	[0x08, 'framing'],
	[0x10, 'breaks'],
];
const STATUS_OCTETS = 2;

const vendor = (request: number, value: number, index = 0): ChipRequest => ({
	setup: { requestType: 'vendor', recipient: 'device', request, value, index },
});

/**
 * The divisor for a rate to the nearest eighth, in seventeen bits: fourteen whole, three for the eighths.
 * Undefined: too slow or too fast. The codes 0 and 1 mean 3 and 2 MBd and are left alone.
 */
export function ftdiDivisor(baud: number): number | undefined {
	const eighths = Math.round((CLOCK_HZ * 8) / baud);
	const [whole, part] = [eighths >> 3, EIGHTHS[eighths & 7] as number];
	return whole < 2 || whole > MAX_DIVISOR ? undefined : whole | (part << 14);
}

function formOf({ dataBits, parity }: LineSettings): number {
	return dataBits | (PARITY[parity] << 8);
}

export const ftdi: ChipDriver = {
	start: () => [vendor(RESET, 0), vendor(LATENCY_TIMER, LATENCY_MS), vendor(FLOW_CONTROL, 0)],
	configure: (settings) => {
		const divisor = ftdiDivisor(settings.baud);
		if (divisor === undefined) return undefined;
		return [vendor(BAUD_RATE, divisor & 0xffff, divisor >>> 16), vendor(FORM, formOf(settings))];
	},
	// The upper octet says which of the two is meant.
	power: () => [vendor(MODEM_CONTROL, 0x0303)],
	purge: () => [vendor(RESET, PURGE_RECEIVED), vendor(RESET, PURGE_SENT)],
	unwrap: (packet) => ({
		octets: packet.subarray(STATUS_OCTETS),
		disturbed: LINE_STATUS.filter(([bit]) => ((packet[1] ?? 0) & bit) !== 0).map(
			([, disturbed]) => disturbed,
		),
	}),
};
