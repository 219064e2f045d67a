/**
 * Information length and window, as SNRM and UA negotiate them (IEC 62056-46, 6.4.4.4.3): format 81,
 * group 80, then one tag-length-value each. Values are from the point of view of the one who sends them.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { DEFAULT_HDLC_INFO, MAX_HDLC_INFO, MAX_HDLC_WINDOW, MIN_HDLC_INFO } from '../limits.ts';

const CLAUSE = 'IEC 62056-46, 6.4.4.4.3';
const FORMAT = 0x81;
const GROUP = 0x80;
const TAG = { infoTransmit: 5, infoReceive: 6, windowTransmit: 7, windowReceive: 8 } as const;

export interface LinkParameters {
	/** Most octets of an information field we send, LLC octets included: 32 … 2030. */
	readonly infoTransmit: number;
	/** Most octets of an information field we take. */
	readonly infoReceive: number;
	/** Most frames we send before an acknowledgement: 1 … 7. */
	readonly windowTransmit: number;
	/** Most frames we take before we acknowledge. */
	readonly windowReceive: number;
}

/** What holds where nothing was said. */
export const DEFAULT_PARAMETERS: LinkParameters = {
	infoTransmit: DEFAULT_HDLC_INFO,
	infoReceive: DEFAULT_HDLC_INFO,
	windowTransmit: 1,
	windowReceive: 1,
};

const NAME_OF_TAG: Readonly<Record<number, keyof LinkParameters>> = {
	5: 'infoTransmit',
	6: 'infoReceive',
	7: 'windowTransmit',
	8: 'windowReceive',
};

/** The information field of SNRM or UA: lengths in one or two octets, windows in four. */
export function encodeParameters(parameters: LinkParameters): Uint8Array {
	const values = new Writer();
	for (const name of ['infoTransmit', 'infoReceive'] as const) {
		const value = parameters[name];
		values.u8(TAG[name]);
		if (value < 0x100) values.u8(1).u8(value);
		else values.u8(2).u16(value);
	}
	for (const name of ['windowTransmit', 'windowReceive'] as const)
		values.u8(TAG[name]).u8(4).u32(parameters[name]);
	return new Writer().u8(FORMAT).u8(GROUP).u8(values.length).bytes(values.finish()).finish();
}

/**
 * What an information field of SNRM or UA says, defaults where it is silent; an empty field says
 * nothing. Tags we do not know are passed over, values out of range are brought into it.
 * @throws {Breach} `bad-parameters`, `length-past-end`
 */
export function decodeParameters(information: Uint8Array): LinkParameters {
	const found: { -readonly [Name in keyof LinkParameters]: number } = { ...DEFAULT_PARAMETERS };
	if (information.length === 0) return found;
	const reader = new Reader(information, CLAUSE);
	if (reader.u8() !== FORMAT || reader.u8() !== GROUP)
		throw new Breach('bad-parameters', 0, CLAUSE);
	const values = reader.within(reader.u8());
	while (values.remaining > 0) {
		const name = NAME_OF_TAG[values.u8()];
		const value = readNumber(values.within(values.u8()));
		if (name) found[name] = inRange(name, value);
	}
	return found;
}

function readNumber(reader: Reader): number {
	let value = 0;
	while (reader.remaining > 0) value = Math.min(value * 256 + reader.u8(), 0xffff_ffff);
	return value;
}

function inRange(name: keyof LinkParameters, value: number): number {
	const [least, most] = name.startsWith('info')
		? [MIN_HDLC_INFO, MAX_HDLC_INFO]
		: [1, MAX_HDLC_WINDOW];
	return Math.min(Math.max(value, least), most);
}

/** What both sides can do, from our point of view; `theirs` is from the peer's. */
export function agreeParameters(ours: LinkParameters, theirs: LinkParameters): LinkParameters {
	return {
		infoTransmit: Math.min(ours.infoTransmit, theirs.infoReceive),
		infoReceive: Math.min(ours.infoReceive, theirs.infoTransmit),
		windowTransmit: Math.min(ours.windowTransmit, theirs.windowReceive),
		windowReceive: Math.min(ours.windowReceive, theirs.windowTransmit),
	};
}
