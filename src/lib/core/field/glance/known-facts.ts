/** What a reading knows of its objects: the outcomes behind every part of the glance. */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { NOT_IN_THIS_METER, type Outcome, type Reading, readingOf, WAITING } from '../reading.ts';
import type { GlanceReading } from './glance-reading.ts';
import { readKey } from '../batch.ts';
import { readsOf } from './read-plan.ts';
import { FIRST_OBJECTS, type GlancePart, type WantedObject } from './wanted.ts';

/** An object with what is known of its attributes. */
export interface KnownObject {
	readonly classId: number;
	readonly logicalName: Obis;
	readonly outcome: (attribute: number) => Outcome | undefined;
}

/** The outcome of any attribute. */
export function outcomeOf(
	{ facts }: GlanceReading,
	classId: number,
	logicalName: Obis,
	attribute: number,
): Outcome | undefined {
	return facts.get(readKey({ classId, logicalName, attribute }));
}

/** The objects of a part, in order; those asked for before any list among them, unless the meter has none. */
export function objectsOf(reading: GlanceReading, part: GlancePart): KnownObject[] {
	const { source, wanted } = reading.objects;
	const listed = wanted.filter((object) => object.part === part);
	const unlisted = FIRST_OBJECTS.filter(
		(object) =>
			object.part === part &&
			!listed.some(({ logicalName }) => logicalName === object.logicalName) &&
			standingOf(reading, object) === 'there',
	);
	// What nobody listed is there as long as the meter does not deny all of it.
	const present =
		source === 'assumed'
			? listed.filter((object) => standingOf(reading, object) !== 'denied')
			: listed;
	return [...unlisted, ...present].map(({ classId, logicalName }) => ({
		classId,
		logicalName,
		outcome: (attribute) => outcomeOf(reading, classId, logicalName, attribute),
	}));
}

/** What the answers so far say of an object. */
function standingOf(
	{ facts }: GlanceReading,
	object: WantedObject,
): 'there' | 'denied' | 'unknown' {
	const known = readsOf(object).flatMap((read) => facts.get(readKey(read)) ?? []);
	if (known.length === 0) return 'unknown';
	return known.every((outcome) => readingOf(outcome, () => true).state === 'not-in-this-meter')
		? 'denied'
		: 'there';
}

/** The first object of a part; undefined where the meter has none. */
export function objectOf(reading: GlanceReading, part: GlancePart): KnownObject | undefined {
	return objectsOf(reading, part)[0];
}

/** Whether it is settled which objects the meter has. */
export function isListed({ objects, unsorted }: GlanceReading): boolean {
	return objects.source !== 'none' && !unsorted;
}

/** A reader of one object's attributes; without the object every one is absent, or waiting. */
export function attributesOf(
	reading: GlanceReading,
	object: KnownObject | undefined,
): <Value>(attribute: number, understand: (data: Data) => Value | undefined) => Reading<Value> {
	if (object) return (attribute, understand) => readingOf(object.outcome(attribute), understand);
	const absent = isListed(reading) ? NOT_IN_THIS_METER : WAITING;
	return () => absent;
}
