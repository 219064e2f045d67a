/**
 * How long octets take on a line: what was handed to a port has not left it yet (IEC 62056-21, 5: a
 * character is a start bit, seven or eight bits, a parity bit or none, a stop bit).
 */
import type { LineSettings } from './line.ts';

/** Bits of one octet on the line, with start and stop. */
export function characterBits({ dataBits, parity }: LineSettings): number {
	return 1 + dataBits + (parity === 'none' ? 0 : 1) + 1;
}

/** Milliseconds that `octets` octets take. */
export function characterTimeMs(octets: number, settings: LineSettings): number {
	return (octets * characterBits(settings) * 1000) / settings.baud;
}

/**
 * When the last of `octets` octets, handed over at `nowMs`, has left: behind those that leave until
 * `busyUntilMs`.
 */
export function leavesAtMs(
	busyUntilMs: number,
	nowMs: number,
	octets: number,
	settings: LineSettings,
): number {
	return Math.max(busyUntilMs, nowMs) + characterTimeMs(octets, settings);
}
