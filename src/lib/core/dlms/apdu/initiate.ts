/** The xDLMS initiate APDUs that travel inside AARQ and AARE (IEC 62056-5-3, 7.3.7), in A-XDR. */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { readOctets, writeOctets } from '../axdr/length.ts';
import { type Conformance, CONFORMANCE_PREFIX, conformanceOf } from './conformance.ts';
import { tagOf } from './tags.ts';

export const DLMS_VERSION = 6;
/** What a meter with logical-name referencing gives as its VAA name. */
export const VAA_LOGICAL_NAME = 0x0007;

export interface InitiateRequest {
	readonly apdu: 'initiate-request';
	/** 16 or 32 octets; only ever sent ciphered. */
	readonly dedicatedKey?: Uint8Array;
	/** One octet where the client says it; true where it does not. */
	readonly responseAllowed?: number;
	readonly qualityOfService?: number;
	readonly version: number;
	readonly conformance: Conformance;
	/** Longest APDU the client takes; 0 and 65535 are no limit. */
	readonly maxPdu: number;
}

export interface InitiateResponse {
	readonly apdu: 'initiate-response';
	readonly qualityOfService?: number;
	readonly version: number;
	readonly conformance: Conformance;
	/** Longest APDU the meter takes; 0 and 65535 are no limit. */
	readonly maxPdu: number;
	readonly vaaName: number;
}

/** Reads what follows the tag. @throws {Breach} `bad-presence`, `bad-conformance`, `length-past-end` */
export function readInitiateRequest(reader: Reader): InitiateRequest {
	const dedicatedKey = optional(reader, readOctets);
	const responseAllowed = optional(reader, (from) => from.u8());
	const qualityOfService = optional(reader, (from) => from.u8());
	return {
		apdu: 'initiate-request',
		...(dedicatedKey && { dedicatedKey }),
		...(responseAllowed !== undefined && { responseAllowed }),
		...(qualityOfService !== undefined && { qualityOfService }),
		version: reader.u8(),
		conformance: readConformance(reader),
		maxPdu: reader.u16(),
	};
}

/** Reads what follows the tag; breaches as `readInitiateRequest`. */
export function readInitiateResponse(reader: Reader): InitiateResponse {
	const qualityOfService = optional(reader, (from) => from.u8());
	return {
		apdu: 'initiate-response',
		...(qualityOfService !== undefined && { qualityOfService }),
		version: reader.u8(),
		conformance: readConformance(reader),
		maxPdu: reader.u16(),
		vaaName: reader.u16(),
	};
}

export function encodeInitiateRequest(request: InitiateRequest): Uint8Array {
	const writer = new Writer().u8(tagOf('initiate-request'));
	if (request.dedicatedKey) writeOctets(writer.u8(1), request.dedicatedKey);
	else writer.u8(0);
	writeOptionalOctet(writer, request.responseAllowed);
	writeOptionalOctet(writer, request.qualityOfService);
	writer.u8(request.version);
	writeConformance(writer, request.conformance);
	return writer.u16(request.maxPdu).finish();
}

export function encodeInitiateResponse(response: InitiateResponse): Uint8Array {
	const writer = new Writer().u8(tagOf('initiate-response'));
	writeOptionalOctet(writer, response.qualityOfService);
	writer.u8(response.version);
	writeConformance(writer, response.conformance);
	return writer.u16(response.maxPdu).u16(response.vaaName).finish();
}

/** A field behind its presence octet. @throws {Breach} `bad-presence` for anything but 0 and 1 */
export function optional<Value>(
	reader: Reader,
	read: (reader: Reader) => Value,
): Value | undefined {
	const at = reader.offset;
	const presence = reader.u8();
	if (presence === 0) return undefined;
	return presence === 1 ? read(reader) : reader.fail('bad-presence', at);
}

function writeOptionalOctet(writer: Writer, value: number | undefined): void {
	if (value === undefined) writer.u8(0);
	else writer.u8(1).u8(value);
}

function readConformance(reader: Reader): Conformance {
	for (const wanted of CONFORMANCE_PREFIX) {
		const at = reader.offset;
		if (reader.u8() !== wanted) reader.fail('bad-conformance', at);
	}
	return conformanceOf(reader.take(3));
}

function writeConformance(writer: Writer, block: Conformance): void {
	for (const octet of CONFORMANCE_PREFIX) writer.u8(octet);
	writer.u8(block >>> 16).u16(block & 0xffff);
}
