/**
 * A byte stream → wrapper frames. There is no checksum and no flag, so the header is all there is to
 * find the way back by: version 1 and, where known, the two ports.
 *
 * Always holds: at most one frame's worth of octets is kept; octets that belong to no frame are
 * counted.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { WRAPPER_HEADER_OCTETS, WRAPPER_VERSION, type WrapperFrame } from './header.ts';

/** The ports a frame must have to be one of ours; undefined takes any. */
export interface ExpectedPorts {
	readonly source?: number | undefined;
	readonly destination?: number | undefined;
}

const NOTHING = new Uint8Array();

/** Cuts a stream into wrapper frames. */
export class WrapperSplitter {
	/** Octets passed over while looking for a header. */
	skipped = 0;
	readonly #ports: ExpectedPorts;
	#pending: Uint8Array = NOTHING;

	constructor(ports: ExpectedPorts = {}) {
		this.#ports = ports;
	}

	/** Whether the beginning of a frame is waiting for its rest. */
	get partial(): boolean {
		return this.#pending.length > 0;
	}

	/** Takes the next octets of the stream and gives out every frame that is complete, as copies. */
	push(octets: Uint8Array): WrapperFrame[] {
		// A subclass of the caller's (a socket's buffer) may slice into views; ours copies.
		const stream =
			this.#pending.length > 0
				? concatBytes(this.#pending, octets)
				: new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
		const frames: WrapperFrame[] = [];
		let at = 0;
		while (at < stream.length) {
			if (!this.#plausible(stream, at)) {
				this.skipped += 1;
				at += 1;
				continue;
			}
			const from = at + WRAPPER_HEADER_OCTETS;
			if (stream.length < from) break;
			const end = from + u16(stream, at + 6);
			if (stream.length < end) break;
			frames.push({
				source: u16(stream, at + 2),
				destination: u16(stream, at + 4),
				apdu: stream.slice(from, end),
			});
			at = end;
		}
		this.#pending = at < stream.length ? stream.slice(at) : NOTHING;
		return frames;
	}

	/** Forgets a frame that began and never ended: the line was silent for too long. */
	discardPartial(): void {
		this.skipped += this.#pending.length;
		this.#pending = NOTHING;
	}

	/** Whether the octets that are there from `at` on can be the beginning of a header. */
	#plausible(octets: Uint8Array, at: number): boolean {
		return (
			fits(octets, at, WRAPPER_VERSION) &&
			fits(octets, at + 2, this.#ports.source) &&
			fits(octets, at + 4, this.#ports.destination)
		);
	}
}

function u16(octets: Uint8Array, at: number): number {
	return ((octets[at] as number) << 8) | (octets[at + 1] as number);
}

/** Whether the number at `at`, as far as it has come, is `wanted`. */
function fits(octets: Uint8Array, at: number, wanted: number | undefined): boolean {
	if (wanted === undefined) return true;
	const high = octets[at];
	const low = octets[at + 1];
	return (
		(high === undefined || high === wanted >>> 8) && (low === undefined || low === (wanted & 0xff))
	);
}
