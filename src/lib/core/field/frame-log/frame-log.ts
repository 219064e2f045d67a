/**
 * Every frame of a technician's session: kept in a ring, read when somebody looks.
 *
 * Always holds: at most `frames` frames and `octets` octets are kept, the newest; a secret is never in a
 * view; digits of a token only where a person asked for them.
 */
import type { TranslatorKeys } from '../../dlms/translator/translator.ts';
import type { FramePiece, FrameSink } from './frame-piece.ts';
import { LogReader } from './log-reader.ts';
import type { LogEntry } from './log-row.ts';
import { LogView } from './log-view.ts';

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
	#view = this.#viewOf(new LogReader(undefined));

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

	/** What everybody may see. */
	get view(): LogView {
		return this.#view;
	}

	/** The frames that are kept by now, with the digits of tokens: for a person who asked for them. */
	viewWithTokens(): LogView {
		const entries = [...this.#entries];
		return new LogView(new LogReader(this.#gone, true), () => entries);
	}

	/** Shows ciphered frames deciphered, from the oldest one that is kept on. */
	useKeys(keys: TranslatorKeys): void {
		this.#gone = new LogReader(keys);
		this.#view = this.#viewOf(new LogReader(keys));
	}

	/** Forgets every frame and every key. */
	clear(): void {
		this.#entries = [];
		this.#octets = 0;
		this.#gone = new LogReader(undefined);
		this.#view = this.#viewOf(new LogReader(undefined));
	}

	#viewOf(reader: LogReader): LogView {
		return new LogView(reader, () => this.#entries);
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
		this.#view.take(entry);
		this.#view.forget(entry.number);
	}
}
