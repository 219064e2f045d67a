/**
 * Which attributes are read next, and how many in one request: as many as both sides' limits and a
 * progress worth showing allow.
 */
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { allows } from '#lib/core/dlms/apdu/conformance.ts';
import type { AttributeTarget } from '#lib/core/dlms/apdu/target.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { FoundObject } from './found-objects.ts';
import { type WantedObject, wantedAttributes } from './wanted.ts';

/** One attribute to be read. */
export interface PlannedRead {
	readonly classId: number;
	readonly logicalName: Obis;
	readonly attribute: number;
}

/** The key of a read among its fellows. */
export const readKey = ({ classId, logicalName, attribute }: PlannedRead): string =>
	`${classId}/${logicalName}/${attribute}`;

/** The attributes of an object that are wanted. */
export function readsOf({ part, classId, logicalName }: WantedObject): PlannedRead[] {
	return wantedAttributes(part).map((attribute) => ({ classId, logicalName, attribute }));
}

/** The reads of all objects, those apart that the object list bars. */
export function readsOfAll(objects: readonly FoundObject[]): {
	readonly open: PlannedRead[];
	readonly barred: PlannedRead[];
} {
	const open: PlannedRead[] = [];
	const barred: PlannedRead[] = [];
	for (const object of objects)
		for (const read of readsOf(object))
			(object.barred.includes(read.attribute) ? barred : open).push(read);
	return { open, barred };
}

/** Attributes in one request at most: beyond, a person waits too long for the next sign of life. */
export const MOST_IN_A_LIST = 16;

/** Class, name, attribute and the flag of no selection. */
const OCTETS_OF_A_TARGET = 10;
/** Tag, kind, invoke id, count, and what ciphering adds. */
const OCTETS_AROUND = 64;
/** What one value takes at most, as a rule: a text, a structure of a few numbers. */
const OCTETS_OF_A_VALUE = 40;

/** Attributes that one request may ask for; 1 where lists were not agreed. */
export function mostInAList({ conformance, maxPdu }: Agreement): number {
	if (!allows(conformance, 'multiple-references')) return 1;
	const asked = Math.floor((maxPdu - OCTETS_AROUND) / OCTETS_OF_A_TARGET);
	// Without blocks the answer has to fit as a whole; what a meter takes is what it gives, as a rule.
	const answered = allows(conformance, 'block-transfer-with-get')
		? MOST_IN_A_LIST
		: Math.floor((maxPdu - OCTETS_AROUND) / OCTETS_OF_A_VALUE);
	return Math.max(1, Math.min(MOST_IN_A_LIST, asked, answered));
}

const targetOf = ({ classId, logicalName, attribute }: PlannedRead): AttributeTarget => ({
	classId,
	logicalName,
	attribute,
});

/** The request for some reads. */
export function wishOf(reads: readonly PlannedRead[]): Wish {
	const [only] = reads;
	return reads.length === 1 && only
		? { kind: 'get', target: targetOf(only) }
		: { kind: 'get-list', targets: reads.map(targetOf) };
}
