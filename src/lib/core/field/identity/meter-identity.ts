/**
 * Who a meter says it is, from what any meter tells the public client (IEC 62056-6-2, 4.1.8): without a
 * secret, before a secret is sent. What it does not have is absent, never an error.
 */
import type { AttributeTarget } from '../../dlms/apdu/target.ts';
import type { GetResult } from '../../dlms/apdu/get.ts';
import { asciiText } from '../../dlms/axdr/build.ts';
import type { Data } from '../../dlms/axdr/data-type.ts';
import { type CosemDateTime, decodeDateTime } from '../../dlms/axdr/date-time.ts';
import { obis, type Obis } from '../../dlms/cosem/obis.ts';

/** What the public client reads, in this order. */
export interface PublicFacts {
	/** The logical device name: three letters of the maker and what the maker likes. */
	readonly deviceName?: string;
	readonly serialNumber?: string;
	readonly clock?: CosemDateTime;
	/** The invocation counter that the meter holds for our key. */
	readonly counter?: number;
}

const value = (classId: number, logicalName: Obis): AttributeTarget => ({
	classId,
	logicalName,
	attribute: 2,
});

/** The targets of `publicFactsOf`; `counter` is where the profile has the invocation counter. */
export function publicTargets(counter: Obis): readonly AttributeTarget[] {
	return [
		value(1, obis('0.0.42.0.0.255')),
		value(1, obis('0.0.96.1.0.255')),
		value(8, obis('0.0.1.0.0.255')),
		value(1, counter),
	];
}

/** The results of `publicTargets`, in their order. */
export function publicFactsOf([name, serial, clock, counter]: readonly GetResult[]): PublicFacts {
	const deviceName = textOf(dataOf(name));
	const serialNumber = textOf(dataOf(serial));
	const time = timeOf(dataOf(clock));
	const count = counterOf(dataOf(counter));
	return {
		...(deviceName !== undefined && { deviceName }),
		...(serialNumber !== undefined && { serialNumber }),
		...(time && { clock: time }),
		...(count !== undefined && { counter: count }),
	};
}

const dataOf = (result: GetResult | undefined): Data | undefined =>
	result && 'data' in result ? result.data : undefined;

/** Longer names are not names. */
const MAX_NAME = 64;

/** A text, or a number, as a name; undefined where it holds nothing that prints. */
function textOf(data: Data | undefined): string | undefined {
	if (!data) return undefined;
	if (data.type === 'double-long-unsigned' || data.type === 'long64-unsigned')
		return String(data.value);
	if (data.type !== 'octet-string' && data.type !== 'visible-string' && data.type !== 'utf8-string')
		return undefined;
	// Makers fill up with NUL or spaces.
	const text = asciiText(data.value.subarray(0, MAX_NAME)).replace(/[\0 ]+$/, '');
	return /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}

const CLOCK_OCTETS = 12;

function timeOf(data: Data | undefined): CosemDateTime | undefined {
	if (data?.type !== 'octet-string' && data?.type !== 'date-time') return undefined;
	return data.value.length === CLOCK_OCTETS ? decodeDateTime(data.value) : undefined;
}

function counterOf(data: Data | undefined): number | undefined {
	return data?.type === 'double-long-unsigned' ? data.value : undefined;
}
