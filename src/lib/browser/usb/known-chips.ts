/** The chips that probes are built on: who they are on the bus, and how far each driver has been tried. */
import { cdcAcm } from './cdc-acm.ts';
import { ch34x } from './ch34x.ts';
import type { ChipDriver } from './chip-driver.ts';
import { cp210x } from './cp210x.ts';
import { ftdi } from './ftdi.ts';
import { pl2303, pl2303g } from './pl2303.ts';

/** What a driver has been tried on: a chip, a model of one in tests, or nothing. */
export type Tried = 'hardware' | 'fake' | 'nothing';

export interface KnownChip {
	readonly vendorId: number;
	readonly productId: number;
	/** As it is printed on it. */
	readonly name: string;
	readonly driver: ChipDriver;
	readonly tried: Tried;
}

const chip = (
	vendorId: number,
	productId: number,
	name: string,
	driver: ChipDriver,
): KnownChip => ({ vendorId, productId, name, driver, tried: 'fake' });

export const KNOWN_CHIPS: readonly KnownChip[] = [
	chip(0x0403, 0x6001, 'FT232R', ftdi),
	chip(0x0403, 0x6015, 'FT230X', ftdi),
	chip(0x10c4, 0xea60, 'CP2102', cp210x),
	chip(0x1a86, 0x7523, 'CH340', ch34x),
	chip(0x1a86, 0x7522, 'CH340K', ch34x),
	chip(0x1a86, 0x5523, 'CH341A', ch34x),
	chip(0x067b, 0x2303, 'PL2303', pl2303),
	chip(0x067b, 0x23a3, 'PL2303GC', pl2303g),
	chip(0x067b, 0x23b3, 'PL2303GB', pl2303g),
	chip(0x067b, 0x23c3, 'PL2303GT', pl2303g),
	chip(0x067b, 0x23d3, 'PL2303GL', pl2303g),
	chip(0x067b, 0x23e3, 'PL2303GE', pl2303g),
	chip(0x067b, 0x23f3, 'PL2303GS', pl2303g),
];

/** The class of a device that needs no row above. */
export const CDC_CLASS = 0x02;
export const CDC_ACM = { name: 'USB CDC-ACM', driver: cdcAcm, tried: 'fake' } as const;

const find = (vendorId: number, productId: number): KnownChip | undefined =>
	KNOWN_CHIPS.find((known) => known.vendorId === vendorId && known.productId === productId);

/** The name of a chip by its ids; undefined where it is not known. */
export const chipNameOf = (vendorId: number, productId: number): string | undefined =>
	find(vendorId, productId)?.name;

/** How a device is driven. */
export type DrivenChip = Pick<KnownChip, 'name' | 'driver' | 'tried'>;

/** By its ids, else by its class; undefined: not at all. */
export function chipOf(device: {
	readonly vendorId: number;
	readonly productId: number;
	readonly hasCdc: boolean;
}): DrivenChip | undefined {
	return find(device.vendorId, device.productId) ?? (device.hasCdc ? CDC_ACM : undefined);
}
