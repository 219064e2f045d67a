/** Values that several objects of the virtual meter have in common, as Data. */
import { bitString, octetString, structure } from '#lib/core/dlms/axdr/build.ts';
import { asciiOctets, integer, longUnsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import { obis, obisOctets } from '#lib/core/dlms/cosem/obis.ts';

/** The highest double-long-unsigned; as a limit it stands for none. */
export const HIGHEST_U32 = 0xffff_ffff;

/** An instant on the meter's clock, which keeps UTC, as octet-string of 12. */
export const clockData = (clockMs: number): Data =>
	octetString(encodeDateTime(dateTimeOf(clockMs)));

/** "No instant": every field not specified. */
export const NO_INSTANT: Data = octetString(
	Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80, 0x00, 0xff),
);

/** A logical name as octet-string of 6. */
export const nameData = (name: string): Data => octetString(obisOctets(obis(name)));

/** ASCII text as octet-string. */
export const textData = (text: string): Data => octetString(asciiOctets(text));

/** Which attribute of which object. */
export const attributeData = (classId: number, name: string, attribute: number): Data =>
	structure(longUnsigned(classId), nameData(name), integer(attribute));

/** Eight bits, the first one highest. */
export const eightBits = (value: number): Data => bitString(Uint8Array.of(value), 8);

/** Energy in the unit of credit, 0.01 kWh, as it fits in a double-long. */
export const creditOf = (energyWh: number): number => Math.floor(energyWh / 10);
