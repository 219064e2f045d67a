/**
 * The object list of a meter (class 15, attribute 2), sorted into what a glance wants. It is gone through
 * in pieces, so that a list of thousands holds nobody up; what is in it twice, or is rubbish, is counted.
 */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { type ObjectEntry, objectListOf } from '#lib/core/dlms/cosem/object-list.ts';
import { elementsIn, wholeIn } from '../understand.ts';
import { GLANCE_PARTS, mostOf, USUAL_OBJECTS, type WantedObject, wantedPart } from './wanted.ts';

/** Entries that are gone through; a longer list is cut and says so. */
export const MAX_OBJECTS = 4096;

/** Entries of one piece. */
export const OBJECTS_AT_ONCE = 200;

export interface FoundObjects {
	/** Where the list comes from: not yet, the meter's own, or what most meters have. */
	readonly source: 'none' | 'meter' | 'assumed';
	/** Wanted and there, in the order of the parts. */
	readonly wanted: readonly FoundObject[];
	/** Every entry that could be read, first come. */
	readonly entries: readonly ObjectEntry[];
	readonly duplicates: number;
	/** Entries that are none. */
	readonly rubbish: number;
	/** Whether the list was longer than `MAX_OBJECTS`. */
	readonly cut: boolean;
}

export interface FoundObject extends WantedObject {
	/** Attributes that the list says are not for us; others are asked for. */
	readonly barred: readonly number[];
}

export const NO_OBJECTS: FoundObjects = {
	source: 'none',
	wanted: [],
	entries: [],
	duplicates: 0,
	rubbish: 0,
	cut: false,
};

/** A list on its way through the sorting. */
export interface UnsortedList {
	readonly elements: readonly Data[];
	/** The next element to look at. */
	readonly at: number;
	/** Version of the association object, which says how rights are written. */
	readonly version: number;
}

const ASSOCIATION = 15;

/** A list to be sorted; undefined where the data is none. */
export function unsortedList(data: Data): UnsortedList | undefined {
	const elements = elementsIn(data);
	if (!elements) return undefined;
	const own = elements.find((entry) => wholeIn(elementsIn(entry)?.[0]) === ASSOCIATION);
	return { elements, at: 0, version: wholeIn(elementsIn(own)?.[1]) ?? 1 };
}

/** The next piece of a list taken in; the list is undefined once nothing is left of it. */
export function sortPiece(
	found: FoundObjects,
	{ elements, at, version }: UnsortedList,
): { readonly found: FoundObjects; readonly rest: UnsortedList | undefined } {
	const end = Math.min(at + OBJECTS_AT_ONCE, elements.length, MAX_OBJECTS);
	const piece = elements.slice(at, end);
	const entries = objectListOf({ type: 'array', value: piece }, version);
	const known = new Set(found.entries.map(keyOfEntry));
	const fresh = entries.filter(
		(entry) => !known.has(keyOfEntry(entry)) && known.add(keyOfEntry(entry)),
	);
	const sorted: FoundObjects = {
		source: 'meter',
		wanted: [...found.wanted, ...fresh.flatMap((entry) => foundObject(entry) ?? [])],
		entries: [...found.entries, ...fresh],
		duplicates: found.duplicates + entries.length - fresh.length,
		rubbish: found.rubbish + piece.length - entries.length,
		cut: elements.length > MAX_OBJECTS,
	};
	if (end < Math.min(elements.length, MAX_OBJECTS))
		return { found: sorted, rest: { elements, at: end, version } };
	return { found: { ...sorted, wanted: inOrder(sorted.wanted) }, rest: undefined };
}

/** What is asked for where the meter gives no list. */
export function assumedObjects(): FoundObjects {
	const wanted = USUAL_OBJECTS.map((object) => ({ ...object, barred: [] }));
	return { ...NO_OBJECTS, source: 'assumed', wanted };
}

const keyOfEntry = ({ classId, logicalName }: ObjectEntry): string => `${classId} ${logicalName}`;

function foundObject({ classId, logicalName, attributes }: ObjectEntry): FoundObject | undefined {
	const part = wantedPart(classId, logicalName);
	if (!part) return undefined;
	const barred = attributes.filter(({ mayRead }) => !mayRead).map(({ attribute }) => attribute);
	return { part, classId, logicalName, barred };
}

/** By part, then by name; of each part no more than are read. */
function inOrder(wanted: readonly FoundObject[]): FoundObject[] {
	return GLANCE_PARTS.flatMap((part) =>
		wanted
			.filter((object) => object.part === part)
			.toSorted(byName)
			.slice(0, mostOf(part)),
	);
}

function byName(a: FoundObject, b: FoundObject): number {
	const [left, right] = [a.logicalName.split('.'), b.logicalName.split('.')];
	for (const [at, group] of left.entries()) {
		const difference = Number(group) - Number(right[at]);
		if (difference !== 0) return difference;
	}
	return a.classId - b.classId;
}
