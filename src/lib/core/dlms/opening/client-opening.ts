/**
 * Opening an optical port in mode E, the asking side (IEC 62056-21, 6.3 and annex E), sans-IO: sign on
 * at 300 baud, hear who is there, ask for HDLC, change the rate.
 *
 * Always holds: echo and noise before the identification are passed over; a confirmation that never
 * comes is no error; at most `MAX_OPENING_OCTETS` are kept.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { MAX_OPENING_OCTETS } from '../limits.ts';
import {
	addParity,
	type Identification,
	onLineMs,
	OPENING_BAUD,
	OPTION_OCTETS,
	optionSelect,
	parseIdentification,
	plainText,
	requestMessage,
} from './identification.ts';

export interface ClientOpeningSettings {
	/** Empty asks whoever listens. */
	readonly address?: string;
	/** The highest rate the port can do. */
	readonly maxBaud?: number;
	/** Go on where HDLC is not announced: some meters do not, and speak it. */
	readonly force?: boolean;
	/** Parity in software: the port stays at 8 data bits and no parity all the time. */
	readonly softwareParity?: boolean;
	readonly attempts?: number;
	/**
	 * Silence after the option select, before the rate changes. Uncertain: libraries wait 0 to 400 ms. A
	 * meter that confirms does so 200 ms (or 20) after it, so that a longer pause misses that.
	 */
	readonly pauseMs?: number;
	/** How long a confirmation is waited for. Uncertain: many meters send none. */
	readonly confirmationMs?: number;
}

export type OpeningOutput =
	| { readonly kind: 'octets'; readonly octets: Uint8Array }
	/** Change the port: 7 data bits and even parity, or 8 and none. */
	| { readonly kind: 'port'; readonly baud: number; readonly dataBits: 7 | 8 };

export type OpeningEvent =
	| { readonly kind: 'identified'; readonly identification: Identification }
	/** HDLC can begin. */
	| { readonly kind: 'ready'; readonly baud: number }
	| { readonly kind: 'failed'; readonly why: 'no-answer' | 'garbled' | 'hdlc-not-offered' };

type Phase = 'idle' | 'asking' | 'pausing' | 'confirming' | 'over';

/** The longest reaction time, and the longest silence between characters. */
const REACTION_MS = 1500;
const PAUSE_MS = 250;
const CONFIRMATION_MS = 500;
const ATTEMPTS = 3;
const DEFAULT_MAX_BAUD = 9600;

export class ClientOpening {
	readonly #settings: ClientOpeningSettings;
	#phase: Phase = 'idle';
	#output: OpeningOutput[] = [];
	#heard: Uint8Array = new Uint8Array();
	#attempts = 0;
	#garbled = false;
	#baud = OPENING_BAUD;
	#atMs: number | undefined;

	constructor(settings: ClientOpeningSettings = {}) {
		this.#settings = settings;
	}

	get wakeAtMs(): number | undefined {
		return this.#atMs;
	}

	get #confirmationMs(): number {
		return this.#settings.confirmationMs ?? CONFIRMATION_MS;
	}

	takeOutput(): OpeningOutput[] {
		const output = this.#output;
		this.#output = [];
		return output;
	}

	start(nowMs: number): void {
		this.#port(OPENING_BAUD, 7);
		this.#ask(nowMs);
	}

	receive(octets: Uint8Array, nowMs: number): OpeningEvent[] {
		if (this.#phase !== 'asking' && this.#phase !== 'confirming') return [];
		this.#heard = concatBytes(this.#heard, octets).slice(-MAX_OPENING_OCTETS);
		this.#atMs = nowMs + (this.#phase === 'asking' ? REACTION_MS : this.#confirmationMs);
		if (this.#phase === 'asking') return this.#hearIdentification(nowMs);
		return this.#heard.length >= OPTION_OCTETS ? this.#begin() : [];
	}

	wake(nowMs: number): OpeningEvent[] {
		if (this.#atMs === undefined || nowMs < this.#atMs) return [];
		this.#atMs = undefined;
		if (this.#phase === 'asking') return this.#askAgain(nowMs);
		if (this.#phase === 'pausing') {
			// The confirmation comes at the new rate, still with parity; many meters send none.
			this.#phase = 'confirming';
			this.#heard = new Uint8Array();
			this.#port(this.#baud, 7);
			this.#atMs = nowMs + this.#confirmationMs;
			return [];
		}
		return this.#phase === 'confirming' ? this.#begin() : [];
	}

	#ask(nowMs: number): void {
		this.#phase = 'asking';
		this.#attempts += 1;
		this.#heard = new Uint8Array();
		const request = requestMessage(this.#settings.address);
		this.#send(request);
		this.#atMs = nowMs + onLineMs(request) + REACTION_MS;
	}

	#askAgain(nowMs: number): OpeningEvent[] {
		if (this.#attempts < (this.#settings.attempts ?? ATTEMPTS)) {
			this.#ask(nowMs);
			return [];
		}
		return this.#fail(this.#garbled ? 'garbled' : 'no-answer');
	}

	#hearIdentification(nowMs: number): OpeningEvent[] {
		const text = plainText(this.#heard);
		// An echoing head gives our own request back first; it begins with "/?".
		const at = text.search(/\/(?!\?)/);
		const end = at < 0 ? -1 : text.indexOf('\n', at);
		if (end < 0) return [];
		let identification: Identification;
		try {
			identification = parseIdentification(text.slice(at, end + 1));
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
			this.#garbled = true;
			this.#heard = this.#heard.slice(end + 1);
			return [];
		}
		const identified = { kind: 'identified', identification } as const;
		if (!identification.offersHdlc && !this.#settings.force)
			return [identified, ...this.#fail('hdlc-not-offered')];
		this.#select(identification, nowMs);
		return [identified];
	}

	#select(identification: Identification, nowMs: number): void {
		const { maxBaud = DEFAULT_MAX_BAUD } = this.#settings;
		this.#baud = Math.min(identification.baud ?? OPENING_BAUD, maxBaud);
		const option = optionSelect(this.#baud);
		this.#send(option);
		this.#phase = 'pausing';
		this.#atMs = nowMs + onLineMs(option) + (this.#settings.pauseMs ?? PAUSE_MS);
	}

	#begin(): OpeningEvent[] {
		this.#phase = 'over';
		this.#atMs = undefined;
		this.#port(this.#baud, 8);
		return [{ kind: 'ready', baud: this.#baud }];
	}

	#fail(why: Extract<OpeningEvent, { kind: 'failed' }>['why']): OpeningEvent[] {
		this.#phase = 'over';
		this.#atMs = undefined;
		return [{ kind: 'failed', why }];
	}

	#send(octets: Uint8Array): void {
		this.#output.push({
			kind: 'octets',
			octets: this.#settings.softwareParity ? addParity(octets) : octets,
		});
	}

	/** With parity in software only the rate ever changes, and a change to the same is none. */
	#port(baud: number, dataBits: 7 | 8): void {
		const bits = this.#settings.softwareParity ? 8 : dataBits;
		this.#output.push({ kind: 'port', baud, dataBits: bits });
	}
}
