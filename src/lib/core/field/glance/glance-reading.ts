/**
 * Reading a meter at a glance, as a value: what is known so far, and what is asked next. Whoever holds it
 * may stop after any answer and go on later, over the same association or another one.
 *
 * Always holds: each attribute is asked for at most twice (once in a list, once alone); what a meter
 * answers is kept only where it is small; everything is bounded by the tables of `wanted.ts`.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import { codeOf, DATA_ACCESS_RESULTS } from '#lib/core/dlms/apdu/results.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { batchResults, batchWish, mostInAList, type PlannedRead, readKey } from '../batch.ts';
import { dataOctets } from '../data-size.ts';
import type { Outcome } from '../reading.ts';
import { textIn } from '../understand.ts';
import {
	assumedObjects,
	type FoundObjects,
	NO_OBJECTS,
	sortPiece,
	type UnsortedList,
	unsortedList,
} from './found-objects.ts';
import { monitoredRead } from './limiter.ts';
import { readsOf, readsOfAll } from './read-plan.ts';
import { FIRST_OBJECTS, type GlancePart } from './wanted.ts';

/** When a question went out and its answer came in, on our clock. */
export interface AskedBetween {
	readonly askedMs: number;
	readonly answeredMs: number;
}

export interface GlanceReading {
	/** Hex; empty where the meter told none. */
	readonly meterTitle: string;
	/** Attributes in one request; 1 once a list has gone wrong. */
	readonly most: number;
	readonly objects: FoundObjects;
	readonly unsorted: UnsortedList | undefined;
	/** Still to ask, in order. */
	readonly queue: readonly PlannedRead[];
	readonly facts: ReadonlyMap<string, Outcome>;
	/** When the clock was read. */
	readonly clockRead: AskedBetween | undefined;
}

/** The object list of the association that asks. */
const OBJECT_LIST: PlannedRead = { classId: 15, logicalName: obis('0.0.40.0.0'), attribute: 2 };
const DEVICE_NAME: PlannedRead = { classId: 1, logicalName: obis('0.0.42.0.0'), attribute: 2 };
const CLOCK_CLASS = 8;
const TIME_ATTRIBUTE = 2;
const LIMITER_CLASS = 71;
const MONITORED_ATTRIBUTE = 2;

/** Octets of a value that is kept; nothing a glance wants is as long. */
export const MAX_VALUE_OCTETS = 2048;

const DENIED: Outcome = { refused: codeOf(DATA_ACCESS_RESULTS, 'read-write-denied') };

/** Stands in for a value that is too long to be any of those wanted: it is not understood. */
const RUBBISH: Outcome = { data: { type: 'null-data' } };

const isOf = (a: PlannedRead, b: PlannedRead): boolean => readKey(a) === readKey(b);

/** A glance at a meter of which nothing is known: its name, number and clock come first. */
export function beginGlance(agreement: Agreement): GlanceReading {
	return {
		meterTitle: formatHex(agreement.meterTitle),
		most: mostInAList(agreement),
		objects: NO_OBJECTS,
		unsorted: undefined,
		queue: [...FIRST_OBJECTS.flatMap((object) => readsOf(object).slice(0, 1)), OBJECT_LIST],
		facts: new Map(),
		clockRead: undefined,
	};
}

/**
 * A glance gone on with over a new association: what had no answer is asked again, and the name first; a
 * meter with another name or title is looked at anew.
 */
export function resumeGlance(reading: GlanceReading, agreement: Agreement): GlanceReading {
	const fresh = beginGlance(agreement);
	if (fresh.meterTitle !== reading.meterTitle) return fresh;
	const answered = [...reading.facts].filter(([, outcome]) => !isNoAnswer(outcome));
	const kept = { ...reading, most: fresh.most, facts: new Map(answered), queue: [DEVICE_NAME] };
	if (kept.unsorted) return kept;
	if (kept.objects.source === 'meter') return planned(kept);
	const queue = fresh.queue.filter(
		(read) => isOf(read, DEVICE_NAME) || !kept.facts.has(readKey(read)),
	);
	return { ...kept, objects: NO_OBJECTS, queue };
}

/** A glance of which these parts are to be read anew, because something was done to the meter. */
export function withoutParts(reading: GlanceReading, parts: readonly GlancePart[]): GlanceReading {
	const stale = reading.objects.wanted.filter(({ part }) => parts.includes(part)).flatMap(readsOf);
	const facts = new Map(reading.facts);
	for (const read of stale) facts.delete(readKey(read));
	return { ...reading, facts };
}

const isNoAnswer = (outcome: Outcome): boolean =>
	'refused' in outcome && outcome.refused === 'no-answer';

/** What there is to do next. */
export type GlanceStep =
	| { readonly do: 'ask'; readonly wish: Wish }
	/** A piece of the object list is to be sorted: `goOnSorting`. */
	| { readonly do: 'sort' }
	| { readonly do: 'done' };

export function nextGlanceStep(reading: GlanceReading): GlanceStep {
	if (reading.unsorted) return { do: 'sort' };
	const batch = nextBatch(reading);
	return batch.length === 0 ? { do: 'done' } : { do: 'ask', wish: batchWish(batch) };
}

/** The object list always goes alone: its answer is long. */
function nextBatch({ queue, most }: GlanceReading): readonly PlannedRead[] {
	const [first] = queue;
	if (!first || isOf(first, OBJECT_LIST)) return queue.slice(0, 1);
	const list = queue.findIndex((read) => isOf(read, OBJECT_LIST));
	return queue.slice(0, list < 0 ? most : Math.min(most, list));
}

/**
 * Takes the answer to the wish of `nextGlanceStep`, or that there was none.
 * @param answer a list with another count of results than was asked for counts as none
 */
export function takeGlanceAnswer(
	reading: GlanceReading,
	answer: Answer | 'no-answer',
	between: AskedBetween,
): GlanceReading {
	const batch = nextBatch(reading);
	const results = batchResults(answer, batch.length);
	if (results === 'ask-alone') return { ...reading, most: 1 };
	return batch.reduce<GlanceReading>(
		(taken, read, at) => takeResult(taken, read, results[at], between),
		{ ...reading, queue: reading.queue.slice(batch.length) },
	);
}

function takeResult(
	reading: GlanceReading,
	read: PlannedRead,
	result: GetResult | undefined,
	between: AskedBetween,
): GlanceReading {
	if (isOf(read, OBJECT_LIST)) return takeObjectList(reading, result);
	const outcome = outcomeOf(result);
	if (isOf(read, DEVICE_NAME) && isAnother(reading.facts.get(readKey(read)), outcome))
		return takeResult(withoutFacts(reading), read, result, between);
	const facts = new Map(reading.facts).set(readKey(read), outcome);
	const taken = { ...reading, facts };
	if (read.classId === CLOCK_CLASS && read.attribute === TIME_ATTRIBUTE)
		return { ...taken, clockRead: between };
	if (read.classId !== LIMITER_CLASS || read.attribute !== MONITORED_ATTRIBUTE) return taken;
	const unit = 'data' in outcome ? monitoredRead(outcome.data) : undefined;
	const known =
		unit && (facts.has(readKey(unit)) || reading.queue.some((each) => isOf(each, unit)));
	return unit && !known ? { ...taken, queue: [unit, ...taken.queue] } : taken;
}

function outcomeOf(result: GetResult | undefined): Outcome {
	if (!result) return { refused: 'no-answer' };
	if ('error' in result) return { refused: result.error };
	return dataOctets(result.data) <= MAX_VALUE_OCTETS ? { data: result.data } : RUBBISH;
}

/** Whether two names are of two meters. */
function isAnother(before: Outcome | undefined, after: Outcome): boolean {
	if (!before || !('data' in before) || !('data' in after)) return false;
	return textIn(before.data) !== textIn(after.data);
}

/** Everything from the start, the name apart that has just come. */
function withoutFacts(reading: GlanceReading): GlanceReading {
	const first = FIRST_OBJECTS.flatMap((object) => readsOf(object).slice(0, 1));
	return {
		...reading,
		objects: NO_OBJECTS,
		unsorted: undefined,
		queue: [...first.filter((read) => !isOf(read, DEVICE_NAME)), OBJECT_LIST],
		facts: new Map(),
		clockRead: undefined,
	};
}

function takeObjectList(reading: GlanceReading, result: GetResult | undefined): GlanceReading {
	const unsorted = result && 'data' in result ? unsortedList(result.data) : undefined;
	if (unsorted && unsorted.elements.length > 0) return { ...reading, unsorted };
	return planned({ ...reading, objects: assumedObjects() });
}

/** Sorts one more piece of the object list; with the last one the reading goes on. */
export function goOnSorting(reading: GlanceReading): GlanceReading {
	if (!reading.unsorted) return reading;
	const { found, rest } = sortPiece(reading.objects, reading.unsorted);
	const sorted = { ...reading, objects: found, unsorted: rest };
	if (rest) return sorted;
	// A list without one object that can be read is no list.
	return planned(found.entries.length > 0 ? sorted : { ...sorted, objects: assumedObjects() });
}

/** With all reads of the objects found in the queue, those answered already apart. */
function planned(reading: GlanceReading): GlanceReading {
	const { open, barred } = readsOfAll(reading.objects.wanted);
	const facts = new Map(reading.facts);
	for (const read of barred) if (!facts.has(readKey(read))) facts.set(readKey(read), DENIED);
	const known = new Set([...facts.keys(), ...reading.queue.map(readKey)]);
	const fresh = open.filter((read) => !known.has(readKey(read)));
	return { ...reading, facts, queue: [...reading.queue, ...fresh] };
}

/** How far the reading is, in attributes; `of` grows once when the object list has come. */
export function glanceProgress({ facts, queue, unsorted }: GlanceReading): {
	readonly done: number;
	readonly of: number;
} {
	return { done: facts.size, of: facts.size + queue.length + (unsorted ? 1 : 0) };
}
