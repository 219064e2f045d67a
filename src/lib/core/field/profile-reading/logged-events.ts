/** The entries of an event log (0.b.99.98.e): when, which code, and what the code means where it is known. */
import type { EventCodes, EventName } from '#lib/core/dlms/profile/event-names.ts';
import type { ProfileShape } from './reading-state.ts';
import type { ProfileRow } from './rows.ts';

export interface LoggedEvent {
	/** Epoch milliseconds; null where the entry has no time. */
	readonly atMs: number | null;
	readonly code: number;
	/** Undefined where the meter's profile has no name for the code. */
	readonly name: EventName | undefined;
}

/** The column that holds the code: the one of an event object, else the first with numbers; −1 none. */
export function eventColumn({ columns }: Pick<ProfileShape, 'columns'>): number {
	const named = columns.findIndex(({ kind }) => kind === 'event');
	return named >= 0 ? named : columns.findIndex(({ kind }) => kind === 'value');
}

/** The events in rows, in their order; a row without a code is none. */
export function loggedEvents(
	shape: Pick<ProfileShape, 'columns'>,
	rows: readonly ProfileRow[],
	codes: EventCodes,
): LoggedEvent[] {
	const column = eventColumn(shape);
	return rows.flatMap(({ atMs, cells }) => {
		const code = cells[column];
		if (typeof code !== 'number' || !Number.isInteger(code)) return [];
		return [{ atMs, code, name: Object.hasOwn(codes, code) ? codes[code] : undefined }];
	});
}

/** The names of the events of several logs, newest first; an entry without a time counts as oldest. */
export function namesNewestFirst(events: readonly LoggedEvent[]): EventName[] {
	return events
		.toSorted((a, b) => (b.atMs ?? -Infinity) - (a.atMs ?? -Infinity))
		.flatMap(({ name }) => name ?? []);
}
