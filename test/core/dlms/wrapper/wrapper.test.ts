import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { decodeWrapper, encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import { WrapperSplitter } from '#lib/core/dlms/wrapper/splitter.ts';
import { expectSturdy, viewSlicing } from '../every-way.ts';

const REQUEST = '000100100001000dc001c100030100010800ff0200';
const EMPTY = '0001000100100000';

describe('wrapper frame', () => {
	it.each([REQUEST, EMPTY])('%s comes back octet for octet', (hex) => {
		expect(formatHex(encodeWrapper(decodeWrapper(parseHex(hex))))).toBe(hex);
		expectSturdy(decodeWrapper, parseHex(hex));
	});

	it('carries up to 65,535 octets and slips on more', () => {
		const apdu = new Uint8Array(65_535);
		expect(decodeWrapper(encodeWrapper({ source: 1, destination: 2, apdu })).apdu).toEqual(apdu);
		expect(() =>
			encodeWrapper({ source: 1, destination: 2, apdu: new Uint8Array(65_536) }),
		).toThrow(RangeError);
	});
});

describe('WrapperSplitter', () => {
	it('finds the same frames whole and byte by byte', () => {
		const stream = concatBytes(parseHex(REQUEST), parseHex(EMPTY), parseHex(REQUEST));
		const whole = new WrapperSplitter().push(stream);
		expect(whole.map((frame) => frame.apdu.length)).toEqual([13, 0, 13]);
		const single = new WrapperSplitter();
		expect([...stream].flatMap((octet) => single.push(Uint8Array.of(octet)))).toEqual(whole);
	});

	it('finds its way back by version and ports', () => {
		const splitter = new WrapperSplitter({ source: 16, destination: 1 });
		const noise = parseHex('00010003000100ff0000');
		expect(splitter.push(concatBytes(noise, parseHex(REQUEST)))).toHaveLength(1);
		expect(splitter.skipped).toBe(noise.length);
	});

	it('keeps nothing of a buffer that its caller uses again', () => {
		const splitter = new WrapperSplitter();
		const stream = concatBytes(parseHex(REQUEST), parseHex(REQUEST));
		const buffer = viewSlicing(stream.subarray(0, 30));
		const [first] = splitter.push(buffer);
		buffer.fill(0xff);
		const [second] = splitter.push(viewSlicing(stream.subarray(30)));
		expect([first, second].map((frame) => formatHex(frame?.apdu ?? buffer))).toEqual([
			REQUEST.slice(16),
			REQUEST.slice(16),
		]);
	});

	it('forgets a frame that never ends', () => {
		const splitter = new WrapperSplitter();
		splitter.push(parseHex(REQUEST).subarray(0, 12));
		expect(splitter.partial).toBe(true);
		splitter.discardPartial();
		expect([splitter.partial, splitter.skipped]).toEqual([false, 12]);
		expect(splitter.push(parseHex(REQUEST))).toHaveLength(1);
	});
});
