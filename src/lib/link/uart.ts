/**
 * What one UART makes of the octets of another: bits in time, sampled as the hardware does. Where both are
 * set alike the octets come out as they went in; where not, what comes out is what a technician sees on a
 * real line: the parity bit as bit 7, other octets at another rate, or nothing.
 *
 * Shape: a character is a start bit (0), the data bits from the lowest on, a parity bit or none, a stop
 * bit (1); the line rests at 1. A receiver begins at a falling edge and samples the middle of each bit.
 */
import { characterBits } from './character-time.ts';
import type { LineSettings } from './line.ts';

/** One character as a receiver took it. */
export interface HeardOctet {
	readonly octet: number;
	/** What the receiver finds wrong with it: another parity than it wants, or no stop bit. */
	readonly flaw: 'parity' | 'framing' | undefined;
	/** When its stop bit was sampled, in milliseconds from the first start bit of the burst. */
	readonly atMs: number;
}

const ones = (value: number): number => {
	let count = 0;
	for (let rest = value; rest > 0; rest >>>= 1) count += rest & 1;
	return count;
};

/** The parity bit of a character's data; undefined where it has none. */
function parityBit(data: number, parity: LineSettings['parity']): number | undefined {
	if (parity === 'none') return undefined;
	return (ones(data) & 1) ^ (parity === 'odd' ? 1 : 0);
}

/** A burst of characters without a gap, bit by bit. */
function bitsOf(octets: Uint8Array, { dataBits, parity }: LineSettings): number[] {
	const bits: number[] = [];
	for (const octet of octets) {
		const data = octet & ((1 << dataBits) - 1);
		bits.push(0);
		for (let bit = 0; bit < dataBits; bit += 1) bits.push((data >>> bit) & 1);
		const check = parityBit(data, parity);
		if (check !== undefined) bits.push(check);
		bits.push(1);
	}
	return bits;
}

/**
 * A burst of characters sent at `from`, as a port set to `to` takes it that listens from `listenFromMs`
 * of the burst on.
 */
export function hearBurst(
	octets: Uint8Array,
	from: LineSettings,
	to: LineSettings,
	listenFromMs = 0,
): HeardOctet[] {
	const bits = bitsOf(octets, from);
	const sentBitMs = 1000 / from.baud;
	const bitMs = 1000 / to.baud;
	const levelAt = (ms: number): number => bits[Math.floor(ms / sentBitMs)] ?? 1;
	const heard: HeardOctet[] = [];
	let fromMs = listenFromMs;
	for (;;) {
		const edgeMs = fallingEdge(bits, sentBitMs, fromMs);
		if (edgeMs === undefined) return heard;
		const sample = (bit: number): number => levelAt(edgeMs + (bit + 0.5) * bitMs);
		if (sample(0) !== 0) {
			// Too short for a start bit: a spike.
			fromMs = edgeMs + sentBitMs / 2;
			continue;
		}
		let octet = 0;
		for (let bit = 0; bit < to.dataBits; bit += 1) octet |= sample(1 + bit) << bit;
		const check = parityBit(octet, to.parity);
		const stop = characterBits(to) - 1;
		const parityHolds = check === undefined || sample(1 + to.dataBits) === check;
		const flaw = sample(stop) === 0 ? 'framing' : parityHolds ? undefined : 'parity';
		fromMs = edgeMs + (stop + 0.5) * bitMs;
		heard.push({ octet, flaw, atMs: fromMs });
	}
}

/** When the line next goes from 1 to 0, at `fromMs` or after. */
function fallingEdge(bits: readonly number[], bitMs: number, fromMs: number): number | undefined {
	for (let at = Math.max(0, Math.ceil(fromMs / bitMs)); at < bits.length; at += 1)
		if (bits[at] === 0 && (bits[at - 1] ?? 1) === 1) return at * bitMs;
	return undefined;
}
