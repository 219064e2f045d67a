/**
 * A line to a meter: a byte stream whose rate and form may change on the way, because an optical port
 * opens at 300 baud, 7E1, and goes on at another rate, 8N1 (IEC 62056-21, 6.3). Whatever it is made of:
 * Web Serial, WebUSB, a bridge, the virtual meter.
 */
import type { Transport } from './transport.ts';

/** How the octets stand on the line: always one start and one stop bit. */
export interface LineSettings {
	/** Bits a second: 300 … 115 200. */
	readonly baud: number;
	readonly dataBits: 7 | 8;
	readonly parity: 'none' | 'even' | 'odd';
}

/** The form of every HDLC session. */
export const eightN1 = (baud: number): LineSettings => ({ baud, dataBits: 8, parity: 'none' });
/** The form of an opening. */
export const sevenE1 = (baud: number): LineSettings => ({ baud, dataBits: 7, parity: 'even' });

/** Whether two ports are set alike, so that each takes what the other sends. */
export const sameSettings = (a: LineSettings, b: LineSettings): boolean =>
	a.baud === b.baud && a.dataBits === b.dataBits && a.parity === b.parity;

/** What a port itself found wrong with what came in, counted since the line was opened. */
export interface LineDisturbances {
	/** Octets of the wrong parity. */
	readonly parity: number;
	/** Octets without their stop bit: another rate, or noise. */
	readonly framing: number;
	/** Octets lost because nobody fetched them in time. */
	readonly overrun: number;
	/** Breaks: the line held low for longer than an octet. */
	readonly breaks: number;
}

/**
 * One opened line. `receive` and `send` reject with a `LinkFault` when the world breaks in (and `receive`
 * then gives undefined ever after); an end in good order is undefined. `close` never rejects.
 */
export interface Line extends Transport {
	/**
	 * Sets the line anew, once everything sent so far has really left; what came in before is dropped. On a
	 * medium without a rate it does nothing but drop. @throws {LinkFault}
	 */
	configure(settings: LineSettings): Promise<void>;
	/** Where the port tells such things: the octets it means are not among those received. */
	readonly disturbances?: LineDisturbances | undefined;
}

/** What a person sees in place of a port. */
export interface PortLabel {
	/** `serial` Web Serial, `usb` WebUSB, `bridge` a WebSocket bridge, `virtual` the in-page meter. */
	readonly kind: 'serial' | 'usb' | 'bridge' | 'virtual';
	/** "FT232R", "CP210x", "Virtual meter 37204100004"; for the log and the proof as well. */
	readonly name: string;
	/** USB vendor and product, where there are such: `0403:6001`. */
	readonly usb?: string;
}

/** A port that can be opened, again and again; one line at a time. */
export interface LinePort {
	readonly label: PortLabel;
	/**
	 * `serial`: rates matter, mode E is possible. `stream`: octets come whole and at once, as over TCP.
	 */
	readonly medium: 'serial' | 'stream';
	/** @throws {LinkFault} */
	open(settings: LineSettings): Promise<Line>;
}
