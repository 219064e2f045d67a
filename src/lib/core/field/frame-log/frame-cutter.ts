/**
 * One direction of a line → the pieces it consists of, octet for octet: frames, opening messages, and the
 * noise between.
 *
 * Always holds: however the stream comes in chunks, the frames are the same; at most `MAX_WAITING` octets
 * wait for their frame to end.
 */
import { concatBytes } from '../../bytes/writer.ts';
import { encodeFrame } from '../../dlms/hdlc/frame.ts';
import { FrameSplitter } from '../../dlms/hdlc/splitter.ts';
import { encodeWrapper } from '../../dlms/wrapper/header.ts';
import { WrapperSplitter } from '../../dlms/wrapper/splitter.ts';
import type { Layer, LineMode } from './frame-piece.ts';

/** A piece before anybody has looked at the clock. */
export interface CutPiece {
	readonly layer: Layer;
	readonly octets: Uint8Array;
}

/** More than the longest HDLC frame and the noise around it; a wrapper frame may be longer. */
export const MAX_WAITING = 4 * 65_544;

const FLAG = 0x7e;
const LINE_FEED = 0x0a;
const SEVEN_BITS = 0x7f;

export class FrameCutter {
	readonly mode: LineMode;
	readonly #hdlc = new FrameSplitter();
	readonly #wrapper = new WrapperSplitter();
	#waiting: Uint8Array = new Uint8Array();

	constructor(mode: LineMode) {
		this.mode = mode;
	}

	/** The pieces that are complete with these octets. */
	push(octets: Uint8Array): CutPiece[] {
		this.#waiting = concatBytes(this.#waiting, octets);
		const pieces = this.mode === 'opening' ? this.#lines() : this.#frames(octets);
		if (this.#waiting.length > MAX_WAITING) pieces.push(...this.end());
		return pieces;
	}

	/** What waited for an end that does not come any more. */
	end(): CutPiece[] {
		const rest = this.#take(this.#waiting.length);
		return this.mode === 'opening' && rest.length > 0
			? [{ layer: 'opening', octets: rest }]
			: noiseOf(rest);
	}

	/** Every opening message ends with a line feed, whatever its parity bit. */
	#lines(): CutPiece[] {
		const pieces: CutPiece[] = [];
		for (;;) {
			const at = this.#waiting.findIndex((octet) => (octet & SEVEN_BITS) === LINE_FEED);
			if (at < 0) return pieces;
			pieces.push({ layer: 'opening', octets: this.#take(at + 1) });
		}
	}

	#frames(octets: Uint8Array): CutPiece[] {
		const pieces: CutPiece[] = [];
		const whole =
			this.mode === 'hdlc'
				? this.#hdlc.push(octets).map(encodeFrame)
				: this.#wrapper.push(octets).map(encodeWrapper);
		for (const frame of whole) {
			const at = indexOfRun(this.#waiting, frame);
			if (at !== undefined) {
				pieces.push(...noiseOf(this.#take(at)));
				// One flag may close a frame and open the next.
				this.#take(this.mode === 'hdlc' ? frame.length - 1 : frame.length);
			}
			pieces.push({ layer: this.mode, octets: frame });
		}
		const waits = this.mode === 'hdlc' ? this.#hdlc.partial : this.#wrapper.partial;
		if (!waits) {
			const flag = this.#waiting.at(-1) === FLAG ? 1 : 0;
			pieces.push(...noiseOf(this.#take(this.#waiting.length - flag)));
		}
		return pieces;
	}

	#take(count: number): Uint8Array {
		const taken = this.#waiting.slice(0, count);
		this.#waiting = this.#waiting.slice(count);
		return taken;
	}
}

/** Octets that belong to no frame; flags by themselves only fill. */
function noiseOf(octets: Uint8Array): CutPiece[] {
	return octets.every((octet) => octet === FLAG) ? [] : [{ layer: 'noise', octets }];
}

/** Where `run` stands in `octets`; undefined where its beginning was given out already. */
function indexOfRun(octets: Uint8Array, run: Uint8Array): number | undefined {
	for (let at = 0; at + run.length <= octets.length; at += 1)
		if (run.every((octet, index) => octets[at + index] === octet)) return at;
	return undefined;
}
