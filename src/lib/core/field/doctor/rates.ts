/** Rates and forms of HDLC on an optical port, the likely ones first (class 19 and 23 know these ten). */
import type { OctetForm } from './finding.ts';

/** The rate of most meters that speak HDLC at once. */
export const USUAL_BAUD = 9600;

const RATES = [9600, 4800, 2400, 19_200, 115_200, 300, 1200, 57_600, 38_400, 600] as const;

/** Every rate but this one. */
export const otherRates = (baud: number): number[] => RATES.filter((rate) => rate !== baud);

/** Forms that HDLC should not have, and on some wires has. */
export const HDLC_FORMS: readonly OctetForm[] = [
	{ dataBits: 8, parity: 'even' },
	{ dataBits: 8, parity: 'odd' },
];
