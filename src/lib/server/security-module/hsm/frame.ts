/**
 * Frames of the hardware module's line (STS 600-8-6, sts.md §15.1): text, its CRC-16/ARC in four hex digits,
 * carriage return. A bridge that carries the line over TCP may put octets of its own before it. Octets in,
 * text out; "not all there yet" and "wrong" are never the same answer.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { crc16Modbus } from '#lib/core/bytes/crc16.ts';

/** `plain`: frames as they are; `bridge`: each behind the octets of one maker's TCP bridge. */
export type Framing = 'plain' | 'bridge';

/** The longest frame that is listened to: a set of four tokens has about 200 octets. */
export const MAX_FRAME_OCTETS = 2_048;

const RETURN = 0x0d;
const CHECK_DIGITS = 4;
const BRIDGE_HEADER = Uint8Array.of(0x00, 0xed, 0xf1, 0x2b, 0x00, 0xfe, 0xed);
const CLAUSE = 'STS 600-8-6 frame';

/** @throws {TypeError} slip: a text that is not printable ASCII */
export function encodeFrame(text: string, framing: Framing): Uint8Array {
	if (!/^[ -~]+$/.test(text)) throw new TypeError('a frame holds printable ASCII');
	const line = new TextEncoder().encode(`${text}${checkOf(text)}\r`);
	return framing === 'bridge' ? Uint8Array.from([...BRIDGE_HEADER, ...line]) : line;
}

/**
 * The text of the first frame and where the octets after it begin; undefined while it is not all there.
 * @throws {Breach} octets that no frame begins with, a wrong check, a frame without an end
 */
export function readFrame(
	octets: Uint8Array,
	framing: Framing,
): { text: string; next: number } | undefined {
	const from = framing === 'bridge' ? skipHeader(octets) : 0;
	if (from === undefined) return undefined;
	const end = octets.indexOf(RETURN, from);
	checkText(octets.subarray(from, end < 0 ? octets.length : end), from);
	if (end < 0) return undefined;
	const line = new TextDecoder().decode(octets.subarray(from, end));
	const text = line.slice(0, -CHECK_DIGITS);
	if (line.length <= CHECK_DIGITS) throw new Breach('frame-too-short', end, CLAUSE);
	if (line.slice(-CHECK_DIGITS).toUpperCase() !== checkOf(text))
		throw new Breach('frame-check', end, CLAUSE);
	return { text, next: end + 1 };
}

/** CRC-16/ARC in upper-case hex. */
function checkOf(text: string): string {
	const crc = crc16Modbus(new TextEncoder().encode(text), 0);
	return crc.toString(16).toUpperCase().padStart(CHECK_DIGITS, '0');
}

/** Where the frame begins. A bridge that leaves its header out on the way back is understood too. */
function skipHeader(octets: Uint8Array): number | undefined {
	if (octets.length === 0) return undefined;
	if (octets[0] !== BRIDGE_HEADER[0]) return 0;
	for (let at = 0; at < BRIDGE_HEADER.length; at += 1) {
		if (at === octets.length) return undefined;
		if (octets[at] !== BRIDGE_HEADER[at]) throw new Breach('bridge-header', at, CLAUSE);
	}
	return BRIDGE_HEADER.length;
}

function checkText(line: Uint8Array, offset: number): void {
	const wrong = line.findIndex((octet) => octet < 0x20 || octet > 0x7e);
	if (wrong >= 0) throw new Breach('frame-text', offset + wrong, CLAUSE);
	if (line.length > MAX_FRAME_OCTETS)
		throw new Breach('frame-too-long', offset + MAX_FRAME_OCTETS, CLAUSE);
}
