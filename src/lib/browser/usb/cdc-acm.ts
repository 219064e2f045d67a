/**
 * USB CDC-ACM, the class that needs no maker's driver: two interfaces, one for requests, one for octets.
 * A device that cannot keep a rate stalls the request. Untested on hardware.
 */
import type { ChipDriver } from './chip-driver.ts';
import { raiseDtrAndRts, setLineCoding } from './line-coding.ts';

export const cdcAcm: ChipDriver = {
	start: () => [],
	configure: (settings, { interfaceNumber }) => [setLineCoding(settings, interfaceNumber)],
	power: ({ interfaceNumber }) => [raiseDtrAndRts(interfaceNumber)],
	purge: () => [],
};
