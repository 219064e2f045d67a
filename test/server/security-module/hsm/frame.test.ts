import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Breach } from '#lib/core/bytes/breach.ts';
import {
	encodeFrame,
	MAX_FRAME_OCTETS,
	readFrame,
	type Framing,
} from '#lib/server/security-module/hsm/frame.ts';
import { slowCheck } from '../../../harness/hsm-simulator.ts';

const octetsOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const codeOf = (read: () => unknown) => {
	try {
		return read();
	} catch (error) {
		return error instanceof Breach ? error.code : error;
	}
};
const FRAMINGS: readonly Framing[] = ['plain', 'bridge'];
const TEXT = fc.string({
	unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
	minLength: 1,
	maxLength: 200,
});

describe('a frame', () => {
	it('is text, CRC-16/ARC, carriage return; behind a bridge with its octets before it', () => {
		const text = 'SM?DI';
		expect(Buffer.from(encodeFrame(text, 'plain')).toString()).toBe(`${text}${slowCheck(text)}\r`);
		expect(Buffer.from(encodeFrame(text, 'bridge').subarray(0, 8)).toString('hex')).toBe(
			'00edf12b00feed53',
		);
		// The check value of the algorithm.
		expect(Buffer.from(encodeFrame('123456789', 'plain')).toString()).toBe('123456789BB3D\r');
	});

	it('is read back whole, octet by octet and with more behind it', () => {
		fc.assert(
			fc.property(TEXT, fc.constantFrom(...FRAMINGS), (text, framing) => {
				const frame = encodeFrame(text, framing);
				for (let end = 0; end < frame.length; end += 1)
					expect(readFrame(frame.subarray(0, end), framing)).toBeUndefined();
				const more = Uint8Array.from([...frame, 0x53, 0x4d]);
				expect(readFrame(more, framing)).toEqual({ text, next: frame.length });
			}),
			{ numRuns: 60 },
		);
	});

	it('is understood from a bridge that leaves its octets out, and with a check in small letters', () => {
		const text = 'SM!DI00D1~';
		const line = octetsOf(`${text}${slowCheck(text).toLowerCase()}\r`);
		expect(readFrame(line, 'bridge')).toEqual({ text, next: line.length });
	});

	it.each([
		['with one octet changed', 'SM!VC01', (line: string) => `X${line.slice(1)}`, 'frame-check'],
		['with a wrong check', 'SM!VC01', (line: string) => line.replace(/.\r$/, 'G\r'), 'frame-check'],
		['of its check only', 'S', (line: string) => line.slice(1), 'frame-too-short'],
		['of nothing', 'S', () => '\r', 'frame-too-short'],
		['with a line feed', 'SM!VC01', (line: string) => `\n${line}`, 'frame-text'],
		['with an octet above ASCII', 'SM!VC01', (line: string) => `\xe9${line}`, 'frame-text'],
		['without an end', 'S', () => 'S'.repeat(MAX_FRAME_OCTETS + 1), 'frame-too-long'],
	])('%s is a breach', (_, text, change, code) => {
		const line = octetsOf(change(`${text}${slowCheck(text)}\r`));
		expect(codeOf(() => readFrame(line, 'plain'))).toBe(code);
	});

	it('behind another bridge is a breach as soon as that shows', () => {
		const line = Uint8Array.of(0x00, 0xed, 0xf2);
		expect(readFrame(line.subarray(0, 2), 'bridge')).toBeUndefined();
		expect(codeOf(() => readFrame(line, 'bridge'))).toBe('bridge-header');
	});

	it('of any octets is read, awaited or a breach, and nothing else', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 64 }),
				fc.constantFrom(...FRAMINGS),
				(octets, framing) => {
					try {
						readFrame(octets, framing);
					} catch (error) {
						expect(error).toBeInstanceOf(Breach);
					}
				},
			),
		);
	});

	it('cannot be made of what is not text', () => {
		for (const text of ['', 'a\rb', 'é'])
			expect(() => encodeFrame(text, 'plain')).toThrow(TypeError);
	});
});
