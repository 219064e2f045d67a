/** Frames of a session made by hand, for tests of the log. */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { type Apdu, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import type { Direction, FramePiece, Layer } from '#lib/core/field/frame-log/frame-piece.ts';

export const AT_MS = Date.UTC(2026, 0, 5, 9, 30);

const CLIENT = clientAddress(1);
const METER = meterAddress(1, 17);
const LLC = { out: [0xe6, 0xe6, 0x00], in: [0xe6, 0xe7, 0x00] } as const;

export const piece = (
	direction: Direction,
	octets: Uint8Array,
	layer: Layer = 'hdlc',
	atMs = AT_MS,
): FramePiece => ({ direction, layer, atMs, octets });

const addressed = (direction: Direction) =>
	direction === 'out'
		? { destination: METER, source: CLIENT }
		: { destination: CLIENT, source: METER };

/** Octets of an APDU as I frames of at most `most` octets of information. */
export function hdlcPieces(direction: Direction, apdu: Uint8Array, most = 2000): FramePiece[] {
	const message = concatBytes(Uint8Array.from(LLC[direction]), apdu);
	const pieces: FramePiece[] = [];
	for (let from = 0; from < message.length; from += most)
		pieces.push(
			piece(
				direction,
				encodeFrame({
					...addressed(direction),
					segmented: from + most < message.length,
					control: {
						type: 'I',
						pollFinal: true,
						sendNumber: pieces.length % 8,
						receiveNumber: 0,
					},
					information: message.subarray(from, from + most),
				}),
			),
		);
	return pieces;
}

export const hdlcCommand = (direction: Direction, type: 'SNRM' | 'DISC' | 'DM'): FramePiece =>
	piece(
		direction,
		encodeFrame({
			...addressed(direction),
			segmented: false,
			control: { type, pollFinal: true },
			information: new Uint8Array(),
		}),
	);

export const receiveReady = (direction: Direction): FramePiece =>
	piece(
		direction,
		encodeFrame({
			...addressed(direction),
			segmented: false,
			control: { type: 'RR', pollFinal: true, receiveNumber: 1 },
			information: new Uint8Array(),
		}),
	);

export const wrapperPiece = (direction: Direction, apdu: Uint8Array): FramePiece =>
	piece(direction, encodeWrapper({ source: 1, destination: 1, apdu }), 'wrapper');

export const sent = (apdu: Apdu, most?: number): FramePiece[] =>
	hdlcPieces('out', encodeApdu(apdu), most);
export const heard = (apdu: Apdu, most?: number): FramePiece[] =>
	hdlcPieces('in', encodeApdu(apdu), most);
