/** What a picture's own octets say of it: its kind, its size, and of a PNG without interlacing its pixels. */
import { inflateSync } from 'node:zlib';

export interface PictureHead {
	readonly type: 'image/png' | 'image/webp';
	readonly width: number;
	readonly height: number;
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** @returns undefined for what is neither a PNG nor a WebP */
export function readPictureHead(octets: Buffer): PictureHead | undefined {
	if (octets.subarray(0, 8).equals(PNG))
		return { type: 'image/png', width: octets.readUInt32BE(16), height: octets.readUInt32BE(20) };
	if (octets.toString('latin1', 0, 4) !== 'RIFF' || octets.toString('latin1', 8, 12) !== 'WEBP')
		return undefined;
	return { type: 'image/webp', ...readWebpSize(octets) };
}

/** By the three ways in which a WebP begins. */
function readWebpSize(octets: Buffer): { width: number; height: number } {
	switch (octets.toString('latin1', 12, 16)) {
		case 'VP8 ':
			return { width: octets.readUInt16LE(26) & 0x3fff, height: octets.readUInt16LE(28) & 0x3fff };
		case 'VP8L': {
			const bits = octets.readUInt32LE(21);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		default:
			return { width: octets.readUIntLE(24, 3) + 1, height: octets.readUIntLE(27, 3) + 1 };
	}
}

/** Red, green, blue, opacity, each 0–255. */
export type Pixel = readonly [number, number, number, number];

/** Channels by a PNG's colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** @param octets of a PNG with eight bits a channel, in colour, not interlaced @returns row by row */
export function readPixels(octets: Buffer): Pixel[][] {
	const { width, height } = readPictureHead(octets) ?? { width: 0, height: 0 };
	const channels = CHANNELS[octets[25] ?? 0];
	if (channels === undefined || octets[24] !== 8 || octets[28] !== 0)
		throw new Error('a PNG of another kind');
	const lines = inflateSync(Buffer.concat(dataOf(octets)));
	const rows: Pixel[][] = [];
	let above = new Uint8Array(width * channels);
	for (let y = 0; y < height; y += 1) {
		const start = y * (width * channels + 1);
		const line = lines.subarray(start + 1, start + 1 + width * channels);
		above = unfilter(lines[start] ?? 0, line, above, channels);
		rows.push(Array.from({ length: width }, (_, x) => pixelAt(above, x, channels)));
	}
	return rows;
}

/** The data's pieces. */
function dataOf(octets: Buffer): Buffer[] {
	const pieces: Buffer[] = [];
	for (let at = 8; at < octets.length; at += 12 + octets.readUInt32BE(at))
		if (octets.toString('latin1', at + 4, at + 8) === 'IDAT')
			pieces.push(octets.subarray(at + 8, at + 8 + octets.readUInt32BE(at)));
	return pieces;
}

/** One line as it is drawn (PNG, chapter 9). */
function unfilter(
	filter: number,
	line: Uint8Array,
	above: Uint8Array,
	channels: number,
): Uint8Array<ArrayBuffer> {
	const drawn = new Uint8Array(line.length);
	line.forEach((octet, at) => {
		const left = drawn[at - channels] ?? 0;
		const up = above[at] ?? 0;
		const corner = at < channels ? 0 : (above[at - channels] ?? 0);
		drawn[at] = octet + [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]!;
	});
	return drawn;
}

/** Paeth's: whichever neighbour is nearest to where the three lead. */
function nearest(left: number, up: number, corner: number): number {
	const [byLeft, byUp, byCorner] = [left, up, corner].map((each) =>
		Math.abs(left + up - corner - each),
	) as [number, number, number];
	if (byLeft <= byUp && byLeft <= byCorner) return left;
	return byUp <= byCorner ? up : corner;
}

function pixelAt(line: Uint8Array, x: number, channels: number): Pixel {
	const [red = 0, green = 0, blue = 0, opacity = 255] = line.subarray(
		x * channels,
		(x + 1) * channels,
	);
	return [red, green, blue, opacity];
}
