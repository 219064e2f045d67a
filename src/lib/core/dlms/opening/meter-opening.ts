/**
 * Opening an optical port in mode E, the answering side (IEC 62056-21, 6.3 and annex E), sans-IO.
 *
 * Always holds: a client that begins with HDLC at once is let through; at most `MAX_OPENING_OCTETS` are
 * kept; silence of 1500 ms after the last word of either side begins anew.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets } from '../axdr/build.ts';
import { FLAG } from '../hdlc/frame.ts';
import { MAX_OPENING_OCTETS } from '../limits.ts';
import type { OpeningOutput } from './client-opening.ts';
import {
	ACKNOWLEDGE,
	addParity,
	onLineMs,
	OPENING_BAUD,
	OPTION_OCTETS,
	plainText,
	requestedAddress,
	selectedBaud,
} from './identification.ts';

export interface MeterOpeningSettings {
	/** The line after the slash, such as `TKL5\2TOKENLINE`; its fourth character is the highest rate. */
	readonly identification: string;
	/** Answered besides the empty address. */
	readonly address?: string;
	readonly softwareParity?: boolean;
}

export type MeterOpeningEvent =
	/** HDLC begins; `octets` of it may have come already. */
	{ readonly kind: 'ready'; readonly baud: number; readonly octets: Uint8Array };

const SILENCE_MS = 1500;

export class MeterOpening {
	readonly #settings: MeterOpeningSettings;
	#heard: Uint8Array = new Uint8Array();
	#output: OpeningOutput[] = [];
	#identified = false;
	#lastMs = 0;
	/** How long its last answer takes on the line. */
	#answerMs = 0;

	constructor(settings: MeterOpeningSettings) {
		this.#settings = settings;
	}

	takeOutput(): OpeningOutput[] {
		const output = this.#output;
		this.#output = [];
		return output;
	}

	receive(octets: Uint8Array, nowMs: number): MeterOpeningEvent[] {
		if (nowMs - this.#lastMs > SILENCE_MS) this.#restart();
		this.#lastMs = nowMs;
		this.#heard = concatBytes(this.#heard, octets).slice(-MAX_OPENING_OCTETS);
		if (this.#heard[0] === FLAG)
			return [{ kind: 'ready', baud: OPENING_BAUD, octets: this.#heard }];
		return this.#identified ? this.#hearOption() : this.#hearRequest();
	}

	/** Its answer was handed to the line at `nowMs`: silence counts from when the last octet has left. */
	answered(nowMs: number): void {
		this.#lastMs = nowMs + this.#answerMs;
	}

	#hearRequest(): MeterOpeningEvent[] {
		const address = requestedAddress(plainText(this.#heard));
		if (address === undefined) return [];
		this.#heard = new Uint8Array();
		if (address !== '' && address !== this.#settings.address) return [];
		this.#send(asciiOctets(`/${this.#settings.identification}\r\n`));
		this.#identified = true;
		return [];
	}

	#hearOption(): MeterOpeningEvent[] {
		const octets = this.#heard.map((octet) => octet & 0x7f);
		const at = octets.indexOf(ACKNOWLEDGE);
		if (at < 0 || octets.length < at + OPTION_OCTETS) return [];
		const option = octets.slice(at, at + OPTION_OCTETS);
		const baud = selectedBaud(option);
		this.#restart();
		if (baud === undefined) return [];
		this.#output.push({ kind: 'port', baud, dataBits: this.#settings.softwareParity ? 8 : 7 });
		this.#send(option);
		this.#output.push({ kind: 'port', baud, dataBits: 8 });
		return [{ kind: 'ready', baud, octets: new Uint8Array() }];
	}

	#restart(): void {
		this.#heard = new Uint8Array();
		this.#identified = false;
	}

	#send(octets: Uint8Array): void {
		this.#answerMs = onLineMs(octets);
		this.#output.push({
			kind: 'octets',
			octets: this.#settings.softwareParity ? addParity(octets) : octets,
		});
	}
}
