/**
 * Every frame of a technician's session: kept in a ring, read when somebody looks.
 *
 * Always holds: at most `frames` frames and `octets` octets are kept, the newest; a secret is never in a
 * row; digits of a token only where a person asked for them.
 */
import type { TranslatorKeys } from '../../dlms/translator/translator.ts';
import type { FramePiece, FrameSink } from './frame-piece.ts';
import { type LogFilter, matches } from './log-filter.ts';
import { LogReader } from './log-reader.ts';
import type { LogEntry, LogRow } from './log-row.ts';

/** What a log keeps. */
export interface LogLimits {
	readonly frames: number;
	readonly octets: number;
}

/** A day at a meter's probe; more than an hour of a line at 9600 baud that never rests. */
export const LOG_LIMITS: LogLimits = { frames: 5000, octets: 4 * 1024 * 1024 };

export class FrameLog {
	/** Takes a frame; to be given to whoever connects. */
	readonly add: FrameSink = (piece) => this.#add(piece);
	readonly #limits: LogLimits;
	#entries: LogEntry[] = [];
	#octets = 0;
	#last = 0;
	/** What the frames that are not kept any more have taught. */
	#gone = new LogReader(undefined);
	#reader = new LogReader(undefined);
	/** The number of the last frame that was read. */
	#readTo = 0;

	constructor(limits: LogLimits = LOG_LIMITS) {
		this.#limits = limits;
	}

	/** Frames that are kept. */
	get length(): number {
		return this.#entries.length;
	}

	/** Frames that there were before those that are kept. */
	get dropped(): number {
		return (this.#entries[0]?.number ?? this.#last + 1) - 1;
	}

	/** The number of the newest frame; rises with each one. */
	get newest(): number {
		return this.#last;
	}

	/** Shows ciphered frames deciphered, from the oldest one that is kept on. */
	useKeys(keys: TranslatorKeys): void {
		this.#gone = new LogReader(keys);
		this.#reader = new LogReader(keys);
		this.#readTo = this.dropped;
	}

	/** Forgets every frame and every key. */
	clear(): void {
		this.#entries = [];
		this.#octets = 0;
		this.#gone = new LogReader(undefined);
		this.#reader = new LogReader(undefined);
		this.#readTo = this.#last;
	}

	/** Reads at most `most` frames more, oldest first. @returns whether all are read */
	read(most = Infinity): boolean {
		const from = this.#readTo - this.dropped;
		const next = this.#entries.slice(from, most === Infinity ? undefined : from + most);
		for (const entry of next) this.#reader.take(entry);
		this.#readTo = next.at(-1)?.number ?? this.#readTo;
		return this.#readTo === this.#last;
	}

	/** The rows of the frames that were read, oldest first. */
	rows(filter: LogFilter = {}): LogRow[] {
		return rowsOf(this.#reader, this.#entries).filter((row) => matches(row, filter));
	}

	/** Every row, with the digits of tokens: for a person who asked for them. */
	rowsWithTokens(): LogRow[] {
		const reader = new LogReader(this.#gone, true);
		for (const entry of this.#entries) reader.take(entry);
		return rowsOf(reader, this.#entries);
	}

	#add(piece: FramePiece): void {
		this.#last += 1;
		this.#entries.push({ ...piece, number: this.#last });
		this.#octets += piece.octets.length;
		while (this.#entries.length > this.#limits.frames || this.#octets > this.#limits.octets)
			this.#drop();
	}

	#drop(): void {
		const entry = this.#entries.shift();
		if (!entry) return;
		this.#octets -= entry.octets.length;
		this.#gone.take(entry);
		this.#gone.forget(entry.number);
		// Frames of one message belong together: who reads must not miss its beginning.
		if (this.#readTo < entry.number) {
			this.#reader.take(entry);
			this.#readTo = entry.number;
		}
		this.#reader.forget(entry.number);
	}
}

function rowsOf(reader: LogReader, entries: readonly LogEntry[]): LogRow[] {
	return entries.map(({ number }) => reader.row(number)).filter((row) => row !== undefined);
}
