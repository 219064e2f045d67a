/** One frame as it stood on a line: what the log keeps and the proof is a digest of. */

/** Which way it went, from where we stand. */
export type Direction = 'out' | 'in';

/** What the octets are: an opening message of IEC 62056-21, a frame, or what belongs to none. */
export type Layer = 'opening' | 'hdlc' | 'wrapper' | 'noise';

/** What a line carries at a time. */
export type LineMode = Exclude<Layer, 'noise'>;

export interface FramePiece {
	readonly direction: Direction;
	readonly layer: Layer;
	/** When its last octet passed, epoch milliseconds. */
	readonly atMs: number;
	readonly octets: Uint8Array;
}

/** Takes pieces as they pass. */
export type FrameSink = (piece: FramePiece) => void;
