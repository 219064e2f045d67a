/**
 * Everything that can be planted in a simulated line, as a table: what is wrong with the probe, and how
 * the meter at its end is not as one expects. Each row is something that is seen in the field.
 */
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { MeterManner } from './meter-manner.ts';
import type { ProbeFault } from './probe-fault.ts';

/** What a planted fault changes; whatever is absent stays as it is. */
export interface LineFault {
	readonly probe?: ProbeFault;
	readonly manner?: Partial<MeterManner>;
	/** Lengths of its HDLC address that the meter listens to. */
	readonly addressLengths?: readonly HdlcAddress['length'][];
	/** The physical device in its address. */
	readonly physical?: number;
	/** For a person at a command line. */
	readonly about: string;
}

/** Rates of direct HDLC (class 19 and 23: 0 … 9). */
export const HDLC_RATES = [
	300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200,
] as const;
export type HdlcRate = (typeof HDLC_RATES)[number];

const PROBE_FAULTS = {
	echo: { about: 'what we send comes back', probe: { echo: true } },
	silence: {
		about: 'there is no meter, or it has no power',
		probe: { meterDeaf: true, weDeaf: true },
	},
	'dead-probe': { about: 'the probe has no power', probe: { meterDeaf: true, weDeaf: true } },
	'echo-alone': {
		about: 'what we send comes back, and nothing from the meter',
		probe: { echo: true, meterDeaf: true, weDeaf: true },
	},
	'meter-unheard': { about: 'the meter hears us, we do not hear it', probe: { weDeaf: true } },
	'we-unheard': { about: 'the meter does not hear us', probe: { meterDeaf: true } },
	noise: { about: 'octets out of nowhere between messages', probe: { noiseMs: 250 } },
	preamble: { about: 'rubbish before what the meter says', probe: { preamble: 5 } },
	stutter: {
		about: 'the probe is fed by the port, and stutters when it is opened',
		probe: { stutter: true },
	},
	'stuck-bit': {
		about: 'bit 3 of what we receive is always 1',
		probe: { stuck: { bit: 3, value: 1 } },
	},
	'octets-lost': { about: 'we lose each seventh octet', probe: { dropEvery: 7 } },
} as const satisfies Record<string, LineFault>;

const METER_FAULTS = {
	'mode-e-only': {
		about: 'the meter takes HDLC only after a sign-on',
		manner: { opening: 'mode-e', takesHdlcAtOnce: false },
	},
	'confirms-not': {
		about: 'the meter does not repeat the option select',
		manner: { confirms: false },
	},
	'wants-disc': { about: 'the meter takes SNRM only after DISC', manner: { onlyAfterDisc: true } },
	slow: { about: 'the meter takes 1400 ms to answer', manner: { reactionMs: 1400 } },
	asleep: { about: 'a battery meter that must be woken', manner: { sleeps: true } },
	'left-open': {
		about: 'our own last session was never ended',
		manner: { leftOpen: { client: 16 } },
	},
	'left-open-by-another': {
		about: 'a session of another program was never ended',
		manner: { leftOpen: { client: 1 } },
	},
	'left-programming': {
		about: 'a session in programming mode was never ended',
		manner: { leftOpen: 'programming' },
	},
	'opening-7o1': {
		about: 'the meter signs on with odd parity',
		manner: { openingForm: { dataBits: 7, parity: 'odd' } },
	},
	'opening-8n1': {
		about: 'the meter signs on with eight bits and no parity',
		manner: { openingForm: { dataBits: 8, parity: 'none' } },
	},
	'hdlc-8e1': {
		about: 'HDLC with even parity',
		manner: { hdlcForm: { dataBits: 8, parity: 'even' } },
	},
	'hdlc-8o1': {
		about: 'HDLC with odd parity',
		manner: { hdlcForm: { dataBits: 8, parity: 'odd' } },
	},
	'wrong-baud': { about: 'HDLC at 4800 baud, whatever was agreed', manner: { hdlcBaud: 4800 } },
	'address-1': { about: 'an HDLC address of one octet', addressLengths: [1] },
	'address-2': { about: 'an HDLC address of two octets', addressLengths: [2] },
	'address-4': { about: 'an HDLC address of four octets', addressLengths: [4] },
	'address-serial': {
		about: 'four octets, the physical device made from the serial number',
		addressLengths: [4],
		physical: 9903,
	},
} as const satisfies Record<string, LineFault>;

type DirectName = `direct-${HdlcRate}`;

/** A meter that speaks HDLC at once, at one rate, and is deaf to a sign-on. */
const DIRECT = Object.fromEntries(
	HDLC_RATES.map((baud) => [
		`direct-${baud}`,
		{ about: `HDLC at once, at ${baud} baud`, manner: { opening: 'direct', baud } },
	]),
) as Record<DirectName, LineFault>;

export type LineFaultName = keyof typeof PROBE_FAULTS | keyof typeof METER_FAULTS | DirectName;

export const LINE_FAULTS: Readonly<Record<LineFaultName, LineFault>> = {
	...PROBE_FAULTS,
	...METER_FAULTS,
	...DIRECT,
};

export const LINE_FAULT_NAMES = Object.keys(LINE_FAULTS) as LineFaultName[];

export function isLineFaultName(name: string): name is LineFaultName {
	return Object.hasOwn(LINE_FAULTS, name);
}

/** Several faults at once; what two of them say, the later one says. */
export function plant(names: readonly LineFaultName[]): Omit<LineFault, 'about'> {
	const faults = names.map((name) => LINE_FAULTS[name]);
	const addressLengths = faults.findLast((fault) => fault.addressLengths)?.addressLengths;
	const physical = faults.findLast((fault) => fault.physical !== undefined)?.physical;
	return {
		probe: Object.assign({}, ...faults.map(({ probe }) => probe)) as ProbeFault,
		manner: Object.assign({}, ...faults.map(({ manner }) => manner)) as Partial<MeterManner>,
		...(addressLengths && { addressLengths }),
		...(physical !== undefined && { physical }),
	};
}
