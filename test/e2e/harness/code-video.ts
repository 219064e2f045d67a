/** A film of a code held still before a camera, as Chromium's fake camera plays it: YUV4MPEG2, grey, 4:2:0. */
import { writeFileSync } from 'node:fs';
import BarcodeFormat from '@zxing/library/esm/core/BarcodeFormat.js';
import QRCodeWriter from '@zxing/library/esm/core/qrcode/QRCodeWriter.js';

const [WIDTH, HEIGHT] = [640, 480];
const [DARK, LIGHT] = [30, 225];
const SIDE = 360;
const FRAMES = 5;

export function filmOfQr(file: string, text: string): void {
	const code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIDE, SIDE, new Map());
	const luma = Buffer.alloc(WIDTH * HEIGHT, LIGHT);
	const [left, top] = [(WIDTH - SIDE) / 2, (HEIGHT - SIDE) / 2];
	for (let y = 0; y < SIDE; y += 1)
		for (let x = 0; x < SIDE; x += 1) if (code.get(x, y)) luma[(top + y) * WIDTH + left + x] = DARK;
	const colourless = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
	const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, colourless]);
	const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
	writeFileSync(file, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
}
