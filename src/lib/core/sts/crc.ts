/**
 * The 16-bit check inside a token (IEC 62055-41, sts.md §3): CRC-16/MODBUS over six zero bits, the two
 * class bits and block bits 63..16, written low octet first. A currency token appends one octet 01 to
 * what is checked (CRC_C), so that a meter that knows no currency sees a failed check and not a wrong
 * amount.
 */
import { crc16Modbus } from '../bytes/crc16.ts';
import { writeWord, type Block } from './block.ts';
import type { ClassNumber } from './transposition.ts';

/** Which of the two checks a subclass carries. */
export type CheckKind = 'plain' | 'currency';

const CURRENCY_OCTET = 0x01;

/** The CRC field of some octets: CRC-16/MODBUS with its two octets exchanged. */
export function crcField(bytes: Uint8Array): number {
	const crc = crc16Modbus(bytes);
	return ((crc & 0xff) << 8) | (crc >>> 8);
}

/** The CRC field that belongs to a class and block bits 63..16; bits 15..0 of the block are not looked at. */
export function tokenCrc(classNumber: ClassNumber, block: Block, check: CheckKind): number {
	const checked = new Uint8Array(check === 'currency' ? 8 : 7);
	checked[0] = classNumber;
	writeWord(checked, 1, block.high);
	checked[5] = block.low >>> 24;
	checked[6] = block.low >>> 16;
	if (check === 'currency') checked[7] = CURRENCY_OCTET;
	return crcField(checked);
}
