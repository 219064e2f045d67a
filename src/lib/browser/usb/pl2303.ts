/**
 * Prolific PL2303: CDC's line coding without being CDC, and vendor requests that write registers. The
 * registers are not published; values as public drivers write them. HX and what followed with its product
 * number (HXD, TA, TB) are woken up by a fixed sequence; the G series (HXN) needs none. Untested on hardware;
 * the old H is not driven.
 */
import type { LineSettings } from '#lib/link/line.ts';
import type { ChipDriver, ChipRequest } from './chip-driver.ts';
import { raiseDtrAndRts, setLineCoding } from './line-coding.ts';

/** Rates the chips keep as they are named; others need divisors that differ from chip to chip. */
const RATES: readonly number[] = [
	300, 600, 1200, 1800, 2400, 3600, 4800, 7200, 9600, 14_400, 19_200, 28_800, 38_400, 57_600,
	115_200, 230_400, 460_800, 921_600,
];

const vendorDevice = { requestType: 'vendor', recipient: 'device' } as const;

const write = (value: number, index: number): ChipRequest => ({
	setup: { ...vendorDevice, request: 0x01, value, index },
});
const read = (value: number): ChipRequest => ({
	setup: { ...vendorDevice, request: 0x01, value, index: 0 },
	length: 1,
});
const writeG = (value: number, index: number): ChipRequest => ({
	setup: { ...vendorDevice, request: 0x80, value, index },
});

/** What the maker's own driver does to an HX first; what it means is not known. */
const WAKE_HX: readonly ChipRequest[] = [
	read(0x8484),
	write(0x0404, 0),
	read(0x8484),
	read(0x8383),
	read(0x8484),
	write(0x0404, 1),
	read(0x8484),
	read(0x8383),
	write(0, 1),
	write(1, 0),
	write(2, 0x44),
];

const common = {
	configure: (settings: LineSettings) =>
		RATES.includes(settings.baud) ? [setLineCoding(settings, 0)] : undefined,
	power: () => [raiseDtrAndRts(0)],
};

/** PL2303HX and its kin. */
export const pl2303: ChipDriver = {
	...common,
	start: () => WAKE_HX,
	// The two pipes, each reset by its own register.
	purge: () => [write(8, 0), write(9, 0)],
};

/** The G series: GC, GB, GT, GL, GE, GS. */
export const pl2303g: ChipDriver = {
	...common,
	start: () => [],
	purge: () => [writeG(0x07, 0x03)],
};
