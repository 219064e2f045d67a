/**
 * The HDLC addresses a meter may have that nobody knows: the forms of one, two and four octets, the rules
 * by which makers choose the physical device, and the address of all stations.
 */
import { type HdlcAddress, meterAddress, sameAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { LineExpectation } from './finding.ts';

/** The management logical device, which every meter has (IEC 62056-46, 6.4.2.3). */
const MANAGEMENT = 1;
/** The physical device that many meters have where nobody chose one. */
const USUAL_PHYSICAL = 17;
const SERIAL_MODULUS = 10_000;
const SERIAL_OFFSET = 1000;
const ALL_STATIONS = { 2: 0x7f, 4: 0x3fff } as const;

/** Addresses whose meter is asked to connect while nothing is known: the likely ones. */
export const LIKELY_ADDRESSES = 3;

/**
 * Physical devices made from a serial number: its last four digits plus 1000, or as they are. Makers
 * differ, and the rule is uncertain. None where the number has no digits.
 */
export function physicalsOfSerial(serial: string): number[] {
	const digits = serial.replace(/\D/g, '').slice(-4);
	if (digits === '') return [];
	const last = Number(digits) % SERIAL_MODULUS;
	return [last + SERIAL_OFFSET, last];
}

/** Addresses in the order in which they are tried, each once: what is expected, then the likely ones. */
export function candidateAddresses(
	expectation: LineExpectation,
	serial: string | undefined,
): HdlcAddress[] {
	const device = expectation.address?.upper ?? MANAGEMENT;
	const serials = serial === undefined ? [] : physicalsOfSerial(serial);
	return uniqueAddresses([
		...(expectation.address ? [expectation.address] : []),
		...(device < 0x80 ? [meterAddress(device), meterAddress(device, USUAL_PHYSICAL, 2)] : []),
		...serials.map((physical) => meterAddress(device, physical, 4)),
		meterAddress(device, USUAL_PHYSICAL, 4),
		...(device < 0x80 ? [meterAddress(device, ALL_STATIONS[2], 2)] : []),
		meterAddress(device, ALL_STATIONS[4], 4),
	]);
}

/** Each address once, where it first stands. */
export function uniqueAddresses(addresses: readonly HdlcAddress[]): HdlcAddress[] {
	return addresses.filter(
		(address, at) => addresses.findIndex((other) => sameAddress(other, address)) === at,
	);
}
