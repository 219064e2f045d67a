import { describe, expect, it } from 'vitest';
import BitMatrix from '@zxing/library/esm/core/common/BitMatrix.js';
import QRCodeWriter from '@zxing/library/esm/core/qrcode/QRCodeWriter.js';
import BarcodeFormat from '@zxing/library/esm/core/BarcodeFormat.js';
import { openCodeReader } from '#lib/browser/scan/code-reader.ts';
import { readCode, type Pixels } from '#lib/browser/scan/kept-reader.ts';
import { ScanFault, scanFaultOf } from '#lib/browser/scan/scan-fault.ts';

/** Black and white as a camera would have them. */
function pixelsOf(matrix: BitMatrix): Pixels {
	const [width, height] = [matrix.getWidth(), matrix.getHeight()];
	const data = new Uint8ClampedArray(width * height * 4).fill(255);
	for (let y = 0; y < height; y += 1)
		for (let x = 0; x < width; x += 1)
			if (matrix.get(x, y)) data.fill(12, (y * width + x) * 4, (y * width + x) * 4 + 3);
	return { data, width, height };
}

const MODULE = 3;
/** Narrow and wide of each digit in Interleaved 2 of 5 (ISO/IEC 16390). */
const ITF = 'nnwwn wnnnw nwnnw wwnnn nnwnw wnwnn nwwnn nnnww wnnwn nwnwn'.split(' ');

/** Digits as the bar code of a label: the first of a pair in the bars, the second in the gaps. */
function itf(digits: string): Pixels {
	const pairs = (digits.match(/../g) ?? []).map(([bars, gaps]) =>
		[...(ITF[Number(bars)] ?? '')].map((bar, at) => bar + (ITF[Number(gaps)]?.[at] ?? '')).join(''),
	);
	const widths = [...`nnnn${pairs.join('')}wnn`].map((width) => (width === 'w' ? 3 : 1));
	const quiet = 12;
	const across = widths.reduce((sum, width) => sum + width, 2 * quiet);
	const matrix = new BitMatrix(across * MODULE, 80);
	let left = quiet;
	widths.forEach((width, at) => {
		if (at % 2 === 0) matrix.setRegion(left * MODULE, 0, width * MODULE, 80);
		left += width;
	});
	return pixelsOf(matrix);
}

describe('the kept reader', () => {
	it('reads a QR code', () => {
		const text = 'https://tokenline.example/meter/01234567897';
		const matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 240, 240, new Map());
		expect(readCode(pixelsOf(matrix))).toBe(text);
	});

	it('reads the bar code of a label', () => {
		expect(readCode(itf('600727012345678970'))).toBe('600727012345678970');
	});

	it('finds nothing in an empty picture', () => {
		expect(readCode(pixelsOf(new BitMatrix(120, 120)))).toBeUndefined();
	});
});

describe('a reader of codes', () => {
	it('is the browser’s own where it knows what is needed', async () => {
		class Own {
			static getSupportedFormats = async () => ['qr_code', 'code_128', 'pdf417'];
			readonly asked: readonly string[];
			constructor({ formats }: { formats: readonly string[] }) {
				this.asked = formats;
			}
			detect = async () => [{ rawValue: this.asked.join() }];
		}
		const reader = await openCodeReader({ BarcodeDetector: Own });
		expect(await reader.read({} as HTMLVideoElement)).toBe('qr_code,code_128');
	});
});

describe('a camera that shows nothing', () => {
	it.each([
		['NotAllowedError', 'not-allowed'],
		['NotFoundError', 'no-camera'],
		['NotReadableError', 'busy'],
		['TypeError', 'failed'],
	])('%s is told as %s', (name, kind) => {
		expect(scanFaultOf(new DOMException('', name)).kind).toBe(kind);
	});

	it('keeps its name when it is told again', () => {
		const fault = new ScanFault('no-support');
		expect(scanFaultOf(fault)).toBe(fault);
		expect(scanFaultOf('what').kind).toBe('failed');
	});
});
