/**
 * The octets of a frame as they may be looked at and given away. Of a frame that carries a secret in the
 * open only its header is shown: even its checks would tell two octets about what is in it.
 */
import { formatHex } from '../../bytes/hex.ts';
import { decodeFrame } from '../../dlms/hdlc/frame.ts';
import { WRAPPER_HEADER_OCTETS } from '../../dlms/wrapper/header.ts';
import type { FramePiece } from './frame-piece.ts';

export interface ShownOctets {
	/** From the first octet on, lower-case hex. */
	readonly hex: string;
	/** How many more there were. */
	readonly hidden: number;
}

/** Flags, format, control and header check of an HDLC frame, without its addresses. */
const HDLC_HEADER = 1 + 2 + 1 + 2;

export function shownOctets(piece: FramePiece, hide: boolean): ShownOctets {
	const { octets } = piece;
	const shown = hide ? headerOctets(piece) : octets.length;
	return { hex: formatHex(octets.subarray(0, shown)), hidden: octets.length - shown };
}

function headerOctets({ layer, octets }: FramePiece): number {
	if (layer === 'wrapper') return WRAPPER_HEADER_OCTETS;
	if (layer !== 'hdlc') return 0;
	const { destination, source } = decodeFrame(octets);
	return HDLC_HEADER + destination.length + source.length;
}
