/**
 * What a family of USB-to-serial chips is told, as tables of control requests: no IO here, nor in any
 * driver. The octets themselves cross two bulk endpoints, alike for all.
 */
import type { LineDisturbances, LineSettings } from '#lib/link/line.ts';
import type { UsbControlSetup } from './usb-shape.ts';

/** One control request: octets to the chip, or a question of `length` octets. */
export type ChipRequest =
	| { readonly setup: UsbControlSetup; readonly content?: Uint8Array<ArrayBuffer> }
	| { readonly setup: UsbControlSetup; readonly length: number };

/** What a driver needs to know of the chip it speaks to. */
export interface ChipContext {
	/** The interface that requests are about. */
	readonly interfaceNumber: number;
	/** What the chip answered to the questions of `start`, in their order. */
	readonly answers: readonly Uint8Array[];
}

/** A packet from the chip, taken apart. */
export interface ChipPacket {
	readonly octets: Uint8Array;
	/** What was wrong on the line just before. */
	readonly disturbed: readonly (keyof LineDisturbances)[];
}

export interface ChipDriver {
	/** What wakes the chip up, once. */
	start(interfaceNumber: number): readonly ChipRequest[];
	/** Rate and form; undefined: the chip does not take them. */
	configure(settings: LineSettings, chip: ChipContext): readonly ChipRequest[] | undefined;
	/** DTR and RTS, both on: an optical probe lives on them. */
	power(chip: ChipContext): readonly ChipRequest[];
	/** Forgets what waits in the chip, either way; empty where it cannot. */
	purge(chip: ChipContext): readonly ChipRequest[];
	/** Takes a packet apart, where there is more in it than octets from the line. */
	readonly unwrap?: (packet: Uint8Array) => ChipPacket;
}

/** A number in four octets, least significant first, as USB is. */
export function littleEndian32(value: number): Uint8Array<ArrayBuffer> {
	const octets = new Uint8Array(4);
	new DataView(octets.buffer).setUint32(0, value, true);
	return octets;
}
