/**
 * A stream of octets → frames (IEC 62056-46, 6.4.4). Frames may share a flag, 7E may stand inside one,
 * and noise may stand between.
 *
 * Always holds: a spoiled frame is dropped and counted as soon as its header check shows it, so that a
 * spoiled length is never waited for; at most one frame's worth of octets is kept.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { Reader } from '#lib/core/bytes/reader.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { MAX_HDLC_FRAME_LENGTH } from '../limits.ts';
import { readAddress } from './address.ts';
import {
	checkHolds,
	decodeFrameBody,
	FLAG,
	type Frame,
	HDLC_CLAUSE,
	MIN_FRAME_LENGTH,
} from './frame.ts';

/** What stands at a flag. */
type Verdict =
	| { readonly kind: 'frame'; readonly frame: Frame; readonly octets: number }
	| { readonly kind: 'more' }
	| { readonly kind: 'not-a-frame' }
	| { readonly kind: 'spoiled' };

const MORE: Verdict = { kind: 'more' };
const NOT_A_FRAME: Verdict = { kind: 'not-a-frame' };
const SPOILED: Verdict = { kind: 'spoiled' };

/** Cuts a stream into frames. */
export class FrameSplitter {
	/** Frames that began well and were dropped: a check that fails, a flag that is not there. */
	spoiled = 0;
	#pending: Uint8Array = new Uint8Array();

	/** Whether the beginning of a frame is waiting for its rest. */
	get partial(): boolean {
		return this.#pending.length > 1;
	}

	/** Takes the next octets of the stream and gives out every frame that is complete, as copies. */
	push(octets: Uint8Array): Frame[] {
		// A subclass of the caller's (a socket's buffer) may slice into views; ours copies.
		const stream =
			this.#pending.length > 0
				? concatBytes(this.#pending, octets)
				: new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
		const frames: Frame[] = [];
		let at = 0;
		for (;;) {
			at = stream.indexOf(FLAG, at);
			if (at < 0) {
				at = stream.length;
				break;
			}
			const verdict = judge(stream.subarray(at));
			if (verdict.kind === 'more') break;
			if (verdict.kind === 'frame') {
				frames.push(verdict.frame);
				// The closing flag may open the next frame.
				at += verdict.octets - 1;
			} else {
				if (verdict.kind === 'spoiled') this.spoiled += 1;
				at += 1;
			}
		}
		this.#pending = stream.slice(at);
		return frames;
	}

	/** Forgets a frame that began and never ended: the line was silent for too long. */
	discardPartial(): void {
		if (!this.partial) return;
		// Another frame may stand inside the octets of one whose length was spoiled.
		this.spoiled += 1;
		this.#pending = new Uint8Array();
	}
}

/** What the octets from a flag on are. */
function judge(octets: Uint8Array): Verdict {
	if (octets.length < 3)
		return octets[1] === undefined || octets[1] >>> 4 === 0xa ? MORE : NOT_A_FRAME;
	const format = ((octets[1] as number) << 8) | (octets[2] as number);
	const length = format & MAX_HDLC_FRAME_LENGTH;
	if (format >>> 12 !== 0xa || length < MIN_FRAME_LENGTH) return NOT_A_FRAME;
	const whole = length + 2;
	if (octets.length < whole) return headerSpoiled(octets.subarray(1)) ? SPOILED : MORE;
	if (octets[whole - 1] !== FLAG) return SPOILED;
	try {
		return { kind: 'frame', frame: decodeFrameBody(octets.subarray(1, whole - 1)), octets: whole };
	} catch (error) {
		if (error instanceof Breach) return SPOILED;
		throw error;
	}
}

/** Whether the check after the control octet is there and wrong; `body` begins after the flag. */
function headerSpoiled(body: Uint8Array): boolean {
	const reader = new Reader(body, HDLC_CLAUSE, 2);
	try {
		readAddress(reader);
		readAddress(reader);
		reader.u8();
	} catch (error) {
		if (!(error instanceof Breach)) throw error;
		return error.code === 'bad-address';
	}
	if (reader.remaining < 2) return false;
	return !checkHolds(body, reader.offset);
}
