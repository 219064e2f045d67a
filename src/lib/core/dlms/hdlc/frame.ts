/**
 * One HDLC frame of type 3 (IEC 62056-46, 6.4.1):
 * 7E · format(2) · destination · source · control · [HCS(2) · information] · FCS(2) · 7E.
 *
 * Always holds: nothing is stuffed, so 7E may stand inside; the length field alone says where a frame
 * ends; an information field of no octets has no HCS.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { crc16X25 } from '#lib/core/bytes/crc16.ts';
import { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { MAX_HDLC_FRAME_LENGTH } from '../limits.ts';
import { type HdlcAddress, readAddress, writeAddress } from './address.ts';
import { type Control, decodeControl, encodeControl } from './control.ts';

export const HDLC_CLAUSE = 'IEC 62056-46, 6.4';
export const FLAG = 0x7e;
/** Format type 3 in the high nibble of the format field. */
const FORMAT_TYPE = 0xa000;
const SEGMENTED = 0x0800;
/** Format, two addresses of one octet, control, FCS. */
export const MIN_FRAME_LENGTH = 7;

export interface Frame {
	/** The segmentation bit: more of the message follows in the next frame. */
	readonly segmented: boolean;
	readonly destination: HdlcAddress;
	readonly source: HdlcAddress;
	readonly control: Control;
	/** The information field with its LLC octets; empty where the frame has none. */
	readonly information: Uint8Array;
}

/**
 * One frame with its flags, filling `octets` exactly.
 * @throws {Breach} `missing-flag`, `bad-format`, `frame-length`, `bad-address`, `unknown-control`,
 *   `bad-hcs`, `bad-fcs`
 */
export function decodeFrame(octets: Uint8Array): Frame {
	const last = octets.length - 1;
	if (octets[0] !== FLAG) throw new Breach('missing-flag', 0, HDLC_CLAUSE);
	if (last < 1 + MIN_FRAME_LENGTH) throw new Breach('frame-length', last, HDLC_CLAUSE);
	if (octets[last] !== FLAG) throw new Breach('missing-flag', last, HDLC_CLAUSE);
	return decodeFrameBody(octets.subarray(1, last));
}

/** The octets between the flags; breaches as `decodeFrame`. */
export function decodeFrameBody(octets: Uint8Array): Frame {
	const reader = new Reader(octets, HDLC_CLAUSE);
	const format = reader.u16();
	if ((format & 0xf000) !== FORMAT_TYPE) reader.fail('bad-format', 0);
	if ((format & MAX_HDLC_FRAME_LENGTH) !== octets.length) reader.fail('frame-length', 0);
	const destination = readAddress(reader);
	const source = readAddress(reader);
	const controlAt = reader.offset;
	const controlOctet = reader.u8();
	const information = readInformation(reader);
	// The checks come first: a control octet is only worth reading in a frame that arrived whole.
	const control = decodeControl(controlOctet);
	if (!control) return reader.fail('unknown-control', controlAt);
	return { segmented: (format & SEGMENTED) !== 0, destination, source, control, information };
}

/** HCS, information and FCS, from right after the control octet. */
function readInformation(reader: Reader): Uint8Array {
	const header = reader.offset;
	const count = reader.remaining - 4;
	if (count < 1 && count !== -2) reader.fail('frame-length', header);
	let information = new Uint8Array();
	if (count > 0) {
		if (!checkHolds(reader.bytes, header)) reader.fail('bad-hcs', header);
		reader.offset += 2;
		information = reader.take(count) as Uint8Array<ArrayBuffer>;
	}
	if (!checkHolds(reader.bytes, reader.offset)) reader.fail('bad-fcs');
	return information;
}

/** Whether the two octets at `at` are the check of everything before them, low octet first. */
export function checkHolds(octets: Uint8Array, at: number): boolean {
	const check = crc16X25(octets, 0, at);
	return octets[at] === (check & 0xff) && octets[at + 1] === check >>> 8;
}

/**
 * A frame with its flags.
 * @throws {RangeError} slip: more information than the eleven length bits can say
 */
export function encodeFrame(frame: Frame): Uint8Array {
	const { destination, source, information } = frame;
	const length =
		2 +
		destination.length +
		source.length +
		1 +
		(information.length > 0 ? information.length + 2 : 0) +
		2;
	if (length > MAX_HDLC_FRAME_LENGTH)
		throw new RangeError(`an HDLC frame of ${length} octets cannot be`);
	const writer = new Writer(length + 2).u8(FLAG);
	writer.u16(FORMAT_TYPE | (frame.segmented ? SEGMENTED : 0) | length);
	writeAddress(writer, destination);
	writeAddress(writer, source);
	writer.u8(encodeControl(frame.control));
	if (information.length > 0) {
		writeCheck(writer);
		writer.bytes(information);
	}
	writeCheck(writer);
	return writer.u8(FLAG).finish();
}

/** Appends the check of everything written since the opening flag. */
function writeCheck(writer: Writer): void {
	const check = crc16X25(writer.written(), 1);
	writer.u8(check & 0xff).u8(check >>> 8);
}
