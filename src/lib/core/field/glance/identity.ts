/** Who a meter says it is: its device name, its numbers, its firmware. */
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { Reading } from '../reading.ts';
import { obisGroups } from '../obis-pattern.ts';
import { textIn } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectOf, objectsOf } from './known-facts.ts';

/** A text under a logical name. */
export interface NamedText {
	readonly logicalName: Obis;
	readonly text: Reading<string>;
}

/** What a firmware object holds (OBIS group E of x.b.0.2.e): its identifier, or its signature. */
export interface FirmwareText extends NamedText {
	readonly kind: 'identifier' | 'signature' | 'other';
}

export interface IdentityGlance {
	/** Sixteen characters, the maker's three letters first (0.0.42.0.0). */
	readonly deviceName: Reading<string>;
	/** Numbers of the device (0.b.96.1.e): the first is the serial number, as a rule. */
	readonly serials: readonly NamedText[];
	readonly firmware: readonly FirmwareText[];
}

const FIRMWARE_KINDS: Readonly<Record<number, FirmwareText['kind']>> = {
	0: 'identifier',
	8: 'signature',
};

export function identityGlance(reading: GlanceReading): IdentityGlance {
	const texts = (part: 'serial' | 'firmware'): NamedText[] =>
		objectsOf(reading, part).map((object) => ({
			logicalName: object.logicalName,
			text: attributesOf(reading, object)(2, textIn),
		}));
	return {
		deviceName: attributesOf(reading, objectOf(reading, 'device-name'))(2, textIn),
		serials: texts('serial'),
		firmware: texts('firmware').map((text) => ({
			...text,
			kind: FIRMWARE_KINDS[obisGroups(text.logicalName)[4] ?? 1] ?? 'other',
		})),
	};
}
