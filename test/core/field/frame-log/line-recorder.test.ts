import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { FrameCutter, MAX_WAITING } from '#lib/core/field/frame-log/frame-cutter.ts';
import type { FramePiece } from '#lib/core/field/frame-log/frame-piece.ts';
import { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { hdlcCommand, hdlcPieces, receiveReady, wrapperPiece } from './frames.ts';

const FRAMES = {
	hdlc: [
		hdlcCommand('out', 'SNRM').octets,
		...hdlcPieces('out', parseHex('c001c100080000010000ff0200')).map(({ octets }) => octets),
		// A flag stands inside.
		...hdlcPieces('out', parseHex('7e7e7ea00a7e')).map(({ octets }) => octets),
		receiveReady('out').octets,
	],
	wrapper: [
		wrapperPiece('out', parseHex('c001c100080000010000ff0200')).octets,
		wrapperPiece('out', new Uint8Array(300).fill(7)).octets,
		wrapperPiece('out', new Uint8Array()).octets,
	],
};

const MODES = ['hdlc', 'wrapper'] as const;

/** What a cutter makes of octets that come in chunks of these sizes. */
function cut(mode: keyof typeof FRAMES | 'opening', octets: Uint8Array, sizes: readonly number[]) {
	const cutter = new FrameCutter(mode);
	const pieces = [];
	let from = 0;
	for (const size of sizes) {
		pieces.push(...cutter.push(octets.subarray(from, from + size)));
		from += size;
	}
	pieces.push(...cutter.push(octets.subarray(from)), ...cutter.end());
	return pieces.map((piece) => `${piece.layer} ${formatHex(piece.octets)}`);
}

describe('a stream as pieces', () => {
	it.each(MODES)('is the same %s frames however it comes', (mode) => {
		const frame = fc.integer({ min: 0, max: FRAMES[mode].length - 1 });
		fc.assert(
			fc.property(
				fc.array(frame, { minLength: 1, maxLength: 12 }),
				fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }),
				(order, sizes) => {
					const frames = order.map((index) => FRAMES[mode][index] as Uint8Array);
					expect(cut(mode, concatBytes(...frames), sizes)).toEqual(
						frames.map((octets) => `${mode} ${formatHex(octets)}`),
					);
				},
			),
		);
	});

	it('knows frames that share a flag', () => {
		const [first, second] = [FRAMES.hdlc[0] as Uint8Array, FRAMES.hdlc[3] as Uint8Array];
		const shared = concatBytes(first, second.subarray(1));
		const frames = [first, second].map((octets) => `hdlc ${formatHex(octets)}`);
		for (let at = 1; at < shared.length; at += 1) expect(cut('hdlc', shared, [at])).toEqual(frames);
	});

	it('keeps noise apart, octet for octet', () => {
		const noise = parseHex('0102037e00ff');
		const frame = FRAMES.hdlc[0] as Uint8Array;
		const [before, whole, after] = cut('hdlc', concatBytes(noise, frame, noise), []);
		expect(before).toBe(`noise ${formatHex(noise)}`);
		expect(whole).toBe(`hdlc ${formatHex(frame)}`);
		expect(after).toBe(`noise 7e${formatHex(noise)}`);
		expect(cut('hdlc', parseHex('7e7e7e'), [])).toEqual([]);
		expect(cut('hdlc', frame.subarray(0, 9), [])).toEqual([
			`noise ${formatHex(frame.subarray(0, 9))}`,
		]);
		expect(cut('wrapper', concatBytes(noise, FRAMES.wrapper[0] as Uint8Array), [])).toEqual([
			`noise ${formatHex(noise)}`,
			`wrapper ${formatHex(FRAMES.wrapper[0] as Uint8Array)}`,
		]);
	});

	it('is lines while a port is opened, with or without parity', () => {
		const opening = concatBytes(asciiOctets('/?!\r\n'), parseHex('af3f218d0a'), asciiOctets('/T'));
		expect(cut('opening', opening, [3])).toEqual([
			'opening 2f3f210d0a',
			'opening af3f218d0a',
			'opening 2f54',
		]);
	});

	it('never waits for more than it may', () => {
		const cutter = new FrameCutter('opening');
		const flood = new Uint8Array(MAX_WAITING + 1);
		expect(cutter.push(flood)).toHaveLength(1);
		expect(cutter.end()).toEqual([]);
	});
});

describe('a recorded line', () => {
	const record = (chunks: readonly [FramePiece['direction'], Uint8Array][]) => {
		const pieces: FramePiece[] = [];
		const recorder = new LineRecorder('hdlc', (piece) => pieces.push(piece));
		chunks.forEach(([direction, octets], index) => recorder.heard(direction, octets, 100 + index));
		recorder.end(999);
		return { recorder, pieces };
	};

	it('gives both directions in their order, at the time of their last octet', () => {
		const frame = FRAMES.hdlc[0] as Uint8Array;
		const { pieces } = record([
			['out', frame],
			['in', frame.subarray(0, 4)],
			['out', frame],
			['in', frame.subarray(4)],
			['in', Uint8Array.of(0x7e, 0xa0)],
		]);
		expect(pieces.map(({ direction, layer, atMs }) => [direction, layer, atMs])).toEqual([
			['out', 'hdlc', 100],
			['out', 'hdlc', 102],
			['in', 'hdlc', 103],
			['in', 'noise', 999],
		]);
	});

	it('has a digest that anybody can make of its frames, and noise is no part of it', () => {
		const [first, second] = FRAMES.hdlc as [Uint8Array, Uint8Array];
		const { recorder } = record([
			['out', first],
			['in', Uint8Array.of(1, 2, 3)],
			['in', second],
		]);
		const hash = createHash('sha256');
		for (const [direction, octets] of [
			[0, first],
			[1, second],
		] as const)
			hash.update(Uint8Array.of(direction, 0, 0, 0, octets.length)).update(octets);
		expect(recorder.digest.hex()).toBe(hash.digest('hex'));
		expect(recorder.digest.frames).toBe(2);
		const swapped = record([
			['in', first],
			['out', second],
		]);
		expect(swapped.recorder.digest.hex()).not.toBe(recorder.digest.hex());
	});

	it('carries something else when it is told to', () => {
		const pieces: FramePiece[] = [];
		const recorder = new LineRecorder('opening', (piece) => pieces.push(piece));
		recorder.heard('in', asciiOctets('/TKL5'), 1);
		recorder.carries('opening', 2);
		recorder.heard('in', asciiOctets('\\2X\r\n/'), 3);
		recorder.carries('hdlc', 4);
		recorder.heard('in', FRAMES.hdlc[0] as Uint8Array, 5);
		expect(pieces.map(({ layer, octets }) => [layer, octets.length])).toEqual([
			['opening', 10],
			['opening', 1],
			['hdlc', (FRAMES.hdlc[0] as Uint8Array).length],
		]);
	});
});
