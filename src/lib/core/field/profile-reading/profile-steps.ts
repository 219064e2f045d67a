/**
 * Reading a profile (class 7) piece by piece: what is asked next, and what an answer brings. Newest rows
 * come first; every piece is kept small, however many rows there are.
 *
 * Always holds: a row is handed out once; an answer that fails moves nothing; what is kept between two
 * pieces is bounded whatever the meter sends.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import { allows } from '#lib/core/dlms/apdu/conformance.ts';
import { batchResults, batchWish, mostInAList } from '../batch.ts';
import { timeColumn, unitReads } from './columns.ts';
import {
	descriptionReads,
	isSameProfile,
	nextBatch,
	PROFILE_CLASS,
	takeDescription,
	takeUnit,
} from './describe-profile.ts';
import {
	PROFILE_READING_VERSION,
	type ProfileReading,
	type ProfileSettings,
	type ProfileShape,
	type ProfileStop,
	shapeOf,
	stopped,
	type Way,
} from './reading-state.ts';
import { firstSliceRows, isReadAtOnce, nextSlice, rowsExpected, selectionOf } from './slices.ts';
import { finishIfEmpty, type ProfileTaken, takeSlice } from './take-slice.ts';

const BUFFER = 2;

/** A reading that is to begin. */
export function beginProfile(agreement: Agreement, settings: ProfileSettings): ProfileReading {
	return {
		version: PROFILE_READING_VERSION,
		meterTitle: formatHex(agreement.meterTitle),
		settings,
		most: mostInAList(agreement),
		phase: 'describe',
		stopped: null,
		queue: descriptionReads(settings.logicalName),
		found: {},
		before: null,
		confirmed: false,
		ways: allows(agreement.conformance, 'selective-access') ? ['entries', 'whole'] : ['whole'],
		place: null,
		sliceRows: 1,
		emptyInARow: 0,
		failuresInARow: 0,
		tail: [],
		tailMs: null,
		rows: 0,
		octets: 0,
		rubbish: 0,
	};
}

/**
 * A reading gone on with over a new association. The profile is described anew; where it is another one
 * than before, or the meter is, the reading stops.
 */
export function resumeProfile(reading: ProfileReading, agreement: Agreement): ProfileReading {
	if (reading.phase === 'done') return reading;
	if (formatHex(agreement.meterTitle) !== reading.meterTitle)
		return stopped(reading, 'changed-meanwhile');
	return {
		...reading,
		most: mostInAList(agreement),
		phase: 'describe',
		stopped: null,
		queue: descriptionReads(reading.settings.logicalName),
		found: {},
		failuresInARow: 0,
	};
}

/** What there is to do next. */
export type ProfileStep =
	| { readonly do: 'ask'; readonly wish: Wish }
	/** So many rows are more than is read without asking: `confirmProfile`. */
	| { readonly do: 'confirm'; readonly rows: number }
	| { readonly do: 'done' }
	| { readonly do: 'stopped'; readonly why: ProfileStop };

export function nextProfileStep(reading: ProfileReading): ProfileStep {
	switch (reading.phase) {
		case 'describe':
		case 'units': {
			const batch = nextBatch(reading);
			// Only what was stored by somebody else has nothing left to ask here.
			if (batch.length === 0) return { do: 'stopped', why: 'not-understood' };
			return { do: 'ask', wish: batchWish(batch) };
		}
		case 'confirm':
			return { do: 'confirm', rows: expectedRows(reading) ?? 0 };
		case 'rows': {
			const shape = shapeOf(reading);
			const slice = shape && nextSlice(reading, shape);
			if (!slice) return { do: 'done' };
			const selection = selectionOf(slice, shape, reading.settings);
			const target = {
				classId: PROFILE_CLASS,
				logicalName: reading.settings.logicalName,
				attribute: BUFFER,
				...(selection && { selection }),
			};
			return { do: 'ask', wish: { kind: 'get', target } };
		}
		case 'done':
			return { do: 'done' };
		case 'stopped':
			return { do: 'stopped', why: reading.stopped ?? 'no-answer' };
	}
}

/** The rows that are expected in all; null where nobody can say. */
export function expectedRows(reading: ProfileReading): number | null {
	const shape = shapeOf(reading);
	return shape ? rowsExpected(reading, shape) : null;
}

/** A person agreed to read all of it. */
export function confirmProfile(reading: ProfileReading): ProfileReading {
	return reading.phase === 'confirm'
		? beginRows({ ...reading, confirmed: true })
		: { ...reading, confirmed: true };
}

/** Takes the answer to the wish of `nextProfileStep`, or that there was none. */
export function takeProfileAnswer(
	reading: ProfileReading,
	answer: Answer | 'no-answer',
): ProfileTaken {
	if (reading.phase === 'rows') return takeSlice(reading, answer);
	if (reading.phase !== 'describe' && reading.phase !== 'units') return { reading, rows: [] };
	const batch = nextBatch(reading);
	// What nobody described is not read: whoever goes on describes it anew.
	if (answer === 'no-answer' && batch.length <= 1)
		return { reading: stopped(reading, 'no-answer'), rows: [] };
	const results = batchResults(answer, batch.length);
	if (results === 'ask-alone') return { reading: { ...reading, most: 1 }, rows: [] };
	let taken: ProfileReading = { ...reading, queue: reading.queue.slice(batch.length) };
	for (const [at, read] of batch.entries())
		taken =
			reading.phase === 'describe'
				? takeDescription(taken, read, results[at])
				: takeUnit(taken, read, results[at]);
	return {
		reading: taken.queue.length > 0 || taken.phase === 'stopped' ? taken : goOn(taken),
		rows: [],
	};
}

/** The next phase, once everything of this one has come. */
function goOn(reading: ProfileReading): ProfileReading {
	const { columns } = reading.found;
	if (reading.phase === 'describe' && columns) {
		const queue = unitReads(columns, reading.settings.account);
		if (queue.length > 0) return { ...reading, phase: 'units', queue };
	}
	const shape = shapeOf(reading);
	if (!shape) return stopped(reading, 'not-understood');
	const begun = reading.place !== null;
	if (begun && reading.before && !isSameProfile(reading.before, shape))
		return stopped(reading, 'changed-meanwhile');
	const chosen = begun ? reading : { ...reading, ways: waysOf(reading, shape) };
	const expected = rowsExpected(chosen, shape);
	const many = expected !== null && expected > reading.settings.askAbove;
	return many && !reading.confirmed ? { ...chosen, phase: 'confirm' } : beginRows(chosen);
}

/** Ways to its rows, the best first: by time where a span is wanted and rows are regular. */
function waysOf({ ways, settings }: ProfileReading, shape: ProfileShape): Way[] {
	const { entriesInUse, order, columns, periodS } = shape;
	const parts = ways.includes('entries');
	const regular = periodS > 0 && order !== 'sorted' && timeColumn(columns) >= 0;
	const chosen: Way[] = [];
	const span = settings.fromMs !== null && settings.toMs !== null;
	if (parts && regular && span) chosen.push('range');
	if (parts && entriesInUse !== null) chosen.push('entries');
	if (isReadAtOnce(shape)) chosen.push('whole');
	return chosen;
}

function beginRows(reading: ProfileReading): ProfileReading {
	const shape = shapeOf(reading) as ProfileShape;
	if (reading.ways.length === 0) return stopped(reading, 'no-parts');
	const sliceRows =
		reading.place === null
			? firstSliceRows(shape, reading.settings.sliceOctets)
			: reading.sliceRows;
	return finishIfEmpty({ ...reading, phase: 'rows', sliceRows, before: shape }, shape);
}
