/** Which attributes of the objects found are read, and which the object list bars. */
import type { PlannedRead } from '../batch.ts';
import type { FoundObject } from './found-objects.ts';
import { type WantedObject, wantedAttributes } from './wanted.ts';

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
