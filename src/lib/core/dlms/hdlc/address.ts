/**
 * HDLC addresses (IEC 62056-46, 6.4.2): seven bits an octet, bit 0 marks the last octet. A client has
 * one octet; a meter one, two or four: the upper part is the logical device, the lower one the
 * physical device.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import type { Writer } from '#lib/core/bytes/writer.ts';

export interface HdlcAddress {
	/** Octets on the wire. */
	readonly length: 1 | 2 | 4;
	/** Logical device (or the client's SAP): 7 bits, or 14 in the four-octet form. */
	readonly upper: number;
	/** Physical device, as wide as `upper`; absent in the one-octet form. */
	readonly lower?: number;
}

/** Physical devices that every meter on the line listens to, by address length. */
const ALL_STATIONS = { 2: 0x7f, 4: 0x3fff } as const;

/** @throws {RangeError} slip: an SAP outside 0 … 127 */
export function clientAddress(sap: number): HdlcAddress {
	return checked({ length: 1, upper: sap });
}

/**
 * A meter's address in the shortest form that holds it, or in the form wished for.
 * @throws {RangeError} slip: a part that does not fit the form
 */
export function meterAddress(upper: number, lower?: number, length?: 1 | 2 | 4): HdlcAddress {
	if (lower === undefined) return checked({ length: 1, upper });
	const shortest = upper < 0x80 && lower < 0x80 ? 2 : 4;
	return checked({ length: length ?? shortest, upper, lower });
}

function checked(address: HdlcAddress): HdlcAddress {
	const limit = address.length === 4 ? 0x3fff : 0x7f;
	for (const part of [address.upper, address.lower ?? 0])
		if (!Number.isInteger(part) || part < 0 || part > limit)
			throw new RangeError(`HDLC address parts of ${address.length} octets are 0 to ${limit}`);
	return address;
}

/** @throws {Breach} `bad-address` for three octets, more than four, or a last octet that never comes */
export function readAddress(reader: Reader): HdlcAddress {
	const at = reader.offset;
	let parts = 0;
	for (let length = 1; length <= 4; length += 1) {
		const octet = reader.u8();
		parts = (parts << 7) | (octet >>> 1);
		if ((octet & 1) === 0) continue;
		if (length === 1) return { length, upper: parts };
		if (length === 2) return { length, upper: parts >>> 7, lower: parts & 0x7f };
		if (length === 4) return { length, upper: parts >>> 14, lower: parts & 0x3fff };
		break;
	}
	return reader.fail('bad-address', at);
}

export function writeAddress(writer: Writer, { length, upper, lower = 0 }: HdlcAddress): void {
	if (length === 1) writer.u8((upper << 1) | 1);
	else if (length === 2) writer.u8(upper << 1).u8((lower << 1) | 1);
	else
		writer
			.u8((upper >>> 7) << 1)
			.u8((upper & 0x7f) << 1)
			.u8((lower >>> 7) << 1)
			.u8(((lower & 0x7f) << 1) | 1);
}

/** Whether two addresses name the same station in the same form. */
export function sameAddress(a: HdlcAddress, b: HdlcAddress): boolean {
	return a.length === b.length && a.upper === b.upper && a.lower === b.lower;
}

/**
 * Whether a frame for `address` concerns the physical device `lower`: it has no physical part, or the
 * same one, or the one of all stations.
 */
export function concernsStation(address: HdlcAddress, lower: number): boolean {
	return (
		address.length === 1 ||
		address.lower === lower ||
		address.lower === ALL_STATIONS[address.length]
	);
}
