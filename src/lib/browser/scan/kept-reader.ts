/** A reader of codes in plain JavaScript, for browsers that have none: only the formats that are used here. */
import BinaryBitmap from '@zxing/library/esm/core/BinaryBitmap.js';
import HybridBinarizer from '@zxing/library/esm/core/common/HybridBinarizer.js';
import Code128Reader from '@zxing/library/esm/core/oned/Code128Reader.js';
import Code39Reader from '@zxing/library/esm/core/oned/Code39Reader.js';
import EAN13Reader from '@zxing/library/esm/core/oned/EAN13Reader.js';
import ITFReader from '@zxing/library/esm/core/oned/ITFReader.js';
import QRCodeReader from '@zxing/library/esm/core/qrcode/QRCodeReader.js';
import RGBLuminanceSource from '@zxing/library/esm/core/RGBLuminanceSource.js';
import type { CodeReader } from './code-reader.ts';

/** Pixels across: enough for a label at arm's length, and quick on a small phone. */
const WIDTH = 640;

/** Four octets a pixel: red, green, blue, and how opaque. */
export interface Pixels {
	readonly data: Uint8ClampedArray;
	readonly width: number;
	readonly height: number;
}

/** The text of the first code that is found in a picture. */
export function readCode({ data, width, height }: Pixels): string | undefined {
	const bitmap = new BinaryBitmap(
		new HybridBinarizer(new RGBLuminanceSource(greys(data), width, height)),
	);
	const readers = [
		new QRCodeReader(),
		new Code128Reader(),
		new ITFReader(),
		new Code39Reader(),
		new EAN13Reader(),
	];
	for (const reader of readers) {
		try {
			return reader.decode(bitmap).getText();
		} catch {
			// Not a code of this kind: the library says so by throwing.
		}
	}
	return undefined;
}

/** Green counts twice, as the eye has it. */
function greys(data: Uint8ClampedArray): Uint8ClampedArray {
	const grey = new Uint8ClampedArray(data.length / 4);
	for (let at = 0; at < grey.length; at += 1) {
		const from = at * 4;
		grey[at] = ((data[from] ?? 0) + 2 * (data[from + 1] ?? 0) + (data[from + 2] ?? 0)) / 4;
	}
	return grey;
}

export function openKeptReader(): CodeReader {
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true });
	return {
		read: async (video) => {
			if (!context || video.videoWidth === 0) return undefined;
			canvas.width = WIDTH;
			canvas.height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
			context.drawImage(video, 0, 0, canvas.width, canvas.height);
			return readCode(context.getImageData(0, 0, canvas.width, canvas.height));
		},
	};
}
