/**
 * What became of wanting to know something of a meter. A thing that is absent or refused is a value like
 * any other: no meter has everything, and none is in error for it.
 */
import { codeName, DATA_ACCESS_RESULTS } from '#lib/core/dlms/apdu/results.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';

/** What came back for one attribute. */
export type Outcome =
	| { readonly data: Data }
	/** A code of `DATA_ACCESS_RESULTS`. */
	| { readonly refused: number }
	/** No answer came. */
	| { readonly refused: 'no-answer' };

export type Reading<Value> =
	/** Not asked yet. */
	| { readonly state: 'waiting' }
	| { readonly state: 'read'; readonly value: Value }
	| { readonly state: 'not-in-this-meter' }
	/** The meter has it and does not give it: a name of `DATA_ACCESS_RESULTS`, or its number. */
	| { readonly state: 'not-readable'; readonly result: string }
	/** What came is not of the type the standard says, or out of every range. */
	| { readonly state: 'not-understood' }
	| { readonly state: 'no-answer' };

export const WAITING = { state: 'waiting' } as const;
export const NOT_IN_THIS_METER = { state: 'not-in-this-meter' } as const;
const NOT_UNDERSTOOD = { state: 'not-understood' } as const;

const OBJECT_UNDEFINED = 4;
const CLASS_INCONSISTENT = 9;

/** What an outcome says, where `understand` makes a value of the data or undefined of rubbish. */
export function readingOf<Value>(
	outcome: Outcome | undefined,
	understand: (data: Data) => Value | undefined,
): Reading<Value> {
	if (!outcome) return WAITING;
	if ('data' in outcome) {
		const value = understand(outcome.data);
		return value === undefined ? NOT_UNDERSTOOD : { state: 'read', value };
	}
	const { refused } = outcome;
	if (refused === 'no-answer') return { state: 'no-answer' };
	return refused === OBJECT_UNDEFINED || refused === CLASS_INCONSISTENT
		? NOT_IN_THIS_METER
		: { state: 'not-readable', result: codeName(DATA_ACCESS_RESULTS, refused) };
}

/** The value of a reading; undefined where there is none. */
export function valueOf<Value>(reading: Reading<Value>): Value | undefined {
	return reading.state === 'read' ? reading.value : undefined;
}

/** A reading of something made of another reading's value; undefined of rubbish. */
export function mapReading<From, To>(
	reading: Reading<From>,
	make: (value: From) => To | undefined,
): Reading<To> {
	if (reading.state !== 'read') return reading;
	const value = make(reading.value);
	return value === undefined ? NOT_UNDERSTOOD : { state: 'read', value };
}
