/**
 * Both directions of one line as pieces, in the order they passed, and the digest of its frames: what a
 * proof says was exchanged with the meter.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { formatHex } from '../../bytes/hex.ts';
import { Writer } from '../../bytes/writer.ts';
import { FrameCutter } from './frame-cutter.ts';
import type { Direction, FramePiece, FrameSink, LineMode } from './frame-piece.ts';

/** What stands before each frame in the digest: 0 for one of ours, 1 for one of the meter's. */
const DIRECTION_OCTET: Readonly<Record<Direction, number>> = { out: 0, in: 1 };

/**
 * A running SHA-256 over frames: of each one its direction, its length in four octets, and its octets.
 * Noise is not part of it, so that the same exchange has the same digest however the line was cut up.
 */
export class FrameDigest {
	readonly #hash = sha256.create();
	#frames = 0;

	/** How many frames are in it. */
	get frames(): number {
		return this.#frames;
	}

	take({ direction, layer, octets }: FramePiece): void {
		if (layer === 'noise') return;
		this.#frames += 1;
		const head = new Writer(5).u8(DIRECTION_OCTET[direction]).u32(octets.length);
		this.#hash.update(head.finish()).update(octets);
	}

	/** The digest of the frames so far, 64 hexadecimal digits. */
	hex(): string {
		return formatHex(this.#hash.clone().digest());
	}
}

export class LineRecorder {
	readonly digest = new FrameDigest();
	readonly #sink: FrameSink;
	#cutters: Record<Direction, FrameCutter>;

	constructor(mode: LineMode, sink: FrameSink = () => undefined) {
		this.#sink = sink;
		this.#cutters = { out: new FrameCutter(mode), in: new FrameCutter(mode) };
	}

	/** The line carries something else from now on; what waited for its rest is given out. */
	carries(mode: LineMode, atMs: number): void {
		if (this.#cutters.in.mode === mode) return;
		this.end(atMs);
		this.#cutters = { out: new FrameCutter(mode), in: new FrameCutter(mode) };
	}

	/** Octets that passed. */
	heard(direction: Direction, octets: Uint8Array, atMs: number): void {
		for (const piece of this.#cutters[direction].push(octets))
			this.#give({ ...piece, direction, atMs });
	}

	/** Nothing more will pass for now. */
	end(atMs: number): void {
		for (const direction of ['out', 'in'] as const)
			for (const piece of this.#cutters[direction].end()) this.#give({ ...piece, direction, atMs });
	}

	#give(piece: FramePiece): void {
		this.digest.take(piece);
		this.#sink(piece);
	}
}
