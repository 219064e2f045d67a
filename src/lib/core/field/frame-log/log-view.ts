/** Frames of a log as somebody looks at them: read as far as was asked for, a few at a time. */
import type { LogDetail, LogEntry, LogRow } from './log-row.ts';
import { type LogFilter, matches } from './log-filter.ts';
import type { LogReader } from './log-reader.ts';

export class LogView {
	readonly #reader: LogReader;
	/** The frames that are kept, oldest first; numbers rise by one. */
	readonly #entries: () => readonly LogEntry[];
	#readTo: number;

	constructor(reader: LogReader, entries: () => readonly LogEntry[]) {
		this.#reader = reader;
		this.#entries = entries;
		this.#readTo = (entries()[0]?.number ?? 1) - 1;
	}

	/** Reads at most `most` frames more, oldest first. @returns whether all are read */
	read(most = Infinity): boolean {
		const entries = this.#entries();
		const last = entries.at(-1)?.number ?? this.#readTo;
		const from = Math.max(0, this.#readTo + 1 - (entries[0]?.number ?? 0));
		const next = entries.slice(from, most === Infinity ? undefined : from + most);
		for (const entry of next) this.take(entry);
		return this.#readTo >= last;
	}

	/** The frames that were read and match, oldest first. */
	rows(filter: LogFilter = {}): LogRow[] {
		const rows: LogRow[] = [];
		for (const row of this.#reader.rows()) if (matches(row, filter)) rows.push(row);
		return rows;
	}

	/** One of them by its number, with its octets and what they say. */
	detail(number: number): LogDetail | undefined {
		return this.#reader.detail(number);
	}

	/** Each of the frames that `rows` gives, for a file. */
	*details(filter: LogFilter = {}): Generator<LogDetail> {
		for (const { number } of this.rows(filter)) {
			const detail = this.detail(number);
			if (detail) yield detail;
		}
	}

	/** Takes a frame unless it was read already: frames of one message belong together. */
	take(entry: LogEntry): void {
		if (entry.number <= this.#readTo) return;
		this.#reader.take(entry);
		this.#readTo = entry.number;
	}

	/** Forgets a frame that is not kept any more. */
	forget(number: number): void {
		this.#reader.forget(number);
	}
}
