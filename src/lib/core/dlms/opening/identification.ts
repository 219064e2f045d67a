/**
 * The opening messages of IEC 62056-21 (6.3): request, identification, option select; and even parity
 * made in software, so that one setting of 8 data bits serves the whole session.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { asciiOctets, asciiText } from '../axdr/build.ts';

const CLAUSE = 'IEC 62056-21, 6.3';
export const OPENING_BAUD = 300;
/** Rates by the fifth character of an identification. */
export const OPENING_RATES = [300, 600, 1200, 2400, 4800, 9600, 19200] as const;
const MAX_ADDRESS = 32;
const MAX_IDENTIFICATION = 64;
export const ACKNOWLEDGE = 0x06;
/** Octets of an option select message. */
export const OPTION_OCTETS = 6;
/** Ends whatever session there is: SOH B 0 ETX and its check (IEC 62056-21, 6.3.4). */
export const BREAK_MESSAGE = Uint8Array.of(0x01, 0x42, 0x30, 0x03, 0x71);

export interface Identification {
	/** Three letters; a lower-case last one means a reaction within 20 ms. */
	readonly maker: string;
	readonly quick: boolean;
	/** The highest rate offered; undefined where the character is not a digit (modes A and B). */
	readonly baud: number | undefined;
	/** Whether `\2` announces HDLC. */
	readonly offersHdlc: boolean;
	/** What follows the escape pairs. */
	readonly text: string;
}

/** `/?address!` CR LF. @throws {RangeError} slip: an address of more than 32 printable characters */
export function requestMessage(address = ''): Uint8Array {
	if (address.length > MAX_ADDRESS || !/^[\x20-\x7e]*$/.test(address) || /[/!]/.test(address))
		throw new RangeError('a device address has up to 32 printable characters');
	return asciiOctets(`/?${address}!\r\n`);
}

/** The address of a request message; undefined where it is not one. */
export function requestedAddress(line: string): string | undefined {
	return /\/\?([^!]*)!\r\n$/.exec(line)?.[1];
}

/**
 * An identification line with its CR LF, from its `/`.
 * @throws {Breach} `bad-identification`
 */
export function parseIdentification(line: string): Identification {
	const match = /^\/([A-Za-z]{2})([A-Za-z])(.)((?:\\.)*)([^/!\r\n]*)\r\n$/.exec(line);
	if (!match || line.length > MAX_IDENTIFICATION) throw new Breach('bad-identification', 0, CLAUSE);
	const [, letters = '', third = '', speed = '', escapes = '', text = ''] = match;
	return {
		maker: letters + third,
		quick: third === third.toLowerCase(),
		baud: /^[0-6]$/.test(speed) ? OPENING_RATES[Number(speed)] : undefined,
		offersHdlc: escapes.includes('\\2'),
		text,
	};
}

/** Asks for HDLC (mode E) at `baud`: 06 2 Z 2 CR LF. @throws {RangeError} slip: a rate without a digit */
export function optionSelect(baud: number): Uint8Array {
	const digit = (OPENING_RATES as readonly number[]).indexOf(baud);
	if (digit < 0) throw new RangeError(`${baud} baud cannot be asked for in an opening`);
	return Uint8Array.of(ACKNOWLEDGE, 0x32, 0x30 + digit, 0x32, 0x0d, 0x0a);
}

/** The rate of an option select that asks for HDLC; undefined for any other one. */
export function selectedBaud(octets: Uint8Array): number | undefined {
	const [acknowledge, protocol, speed = 0, mode] = octets;
	if (acknowledge !== ACKNOWLEDGE || protocol !== 0x32 || mode !== 0x32) return undefined;
	return OPENING_RATES[speed - 0x30];
}

/** Even parity in bit 7, for a port of 8 data bits. */
export function addParity(octets: Uint8Array): Uint8Array {
	return octets.map((octet) => {
		let ones = octet & 0x7f;
		ones ^= ones >>> 4;
		ones ^= ones >>> 2;
		ones ^= ones >>> 1;
		return (octet & 0x7f) | ((ones & 1) << 7);
	});
}

/** The seven data bits of what came, as text. */
export function plainText(octets: Uint8Array): string {
	return asciiText(octets.map((octet) => octet & 0x7f));
}

/** How long octets take at the opening rate, ten bits each. */
export function onLineMs(octets: Uint8Array): number {
	return (octets.length * 10_000) / OPENING_BAUD;
}
