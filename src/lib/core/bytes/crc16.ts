/**
 * The two 16-bit cyclic checks of the trade, both reflected and table-driven: CRC-16/MODBUS in STS
 * tokens (IEC 62055-41, polynomial 8005) and CRC-16/X-25 in HDLC frames (ISO/IEC 13239, polynomial 1021).
 */

function reflectedTable(polynomial: number): Uint16Array {
	return Uint16Array.from({ length: 256 }, (_, octet) => {
		let rest = octet;
		for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
		return rest;
	});
}

const TABLE_8005 = reflectedTable(0xa001);
const TABLE_1021 = reflectedTable(0x8408);

function run(
	table: Uint16Array,
	start: number,
	bytes: Uint8Array,
	from: number,
	to: number,
): number {
	let crc = start;
	for (let at = from; at < to; at += 1)
		crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 0xff] as number);
	return crc;
}

/** CRC-16/MODBUS: start FFFF, no final XOR; "123456789" gives 4B37. `start` 0 makes it CRC-16/ARC (BB3D). */
export function crc16Modbus(bytes: Uint8Array, start = 0xffff): number {
	return run(TABLE_8005, start, bytes, 0, bytes.length);
}

/** CRC-16/X-25 over octets `from` … `to`: start FFFF, final XOR FFFF; "123456789" gives 906E. */
export function crc16X25(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return run(TABLE_1021, 0xffff, bytes, from, to) ^ 0xffff;
}
