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

/** The objects of a part, in order; those that answered though no list has them among them. */
export function objectsOf(reading: GlanceReading, part: GlancePart): KnownObject[] {
	const listed = reading.objects.wanted.filter((object) => object.part === part);
	const unlisted = FIRST_OBJECTS.filter(
		(object) =>
			object.part === part &&
			!listed.some(({ logicalName }) => logicalName === object.logicalName) &&
			hasAnswered(reading, object),
	);
	return [...unlisted, ...listed].map(({ classId, logicalName }) => ({
		classId,
		logicalName,
		outcome: (attribute) => outcomeOf(reading, classId, logicalName, attribute),
	}));
}

function hasAnswered(reading: GlanceReading, object: WantedObject): boolean {
	return readsOf(object).some((read) => {
		const outcome = reading.facts.get(readKey(read));
		return outcome !== undefined && 'data' in outcome;
	});
}

/** The first object of a part that the meter does not deny; undefined where it has none. */
export function objectOf(reading: GlanceReading, part: GlancePart): KnownObject | undefined {
	return objectsOf(reading, part).find(
		(object) => object.outcome(2) === undefined || !isDenied(object.outcome(2)),
	);
}

function isDenied(outcome: Outcome | undefined): boolean {
	return readingOf(outcome, () => true).state === 'not-in-this-meter';
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
