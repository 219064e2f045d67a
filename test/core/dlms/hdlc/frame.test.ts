import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import {
	clientAddress,
	concernsStation,
	meterAddress,
	sameAddress,
} from '#lib/core/dlms/hdlc/address.ts';
import { decodeControl, encodeControl } from '#lib/core/dlms/hdlc/control.ts';
import { decodeFrame, encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { addLlc, removeLlc } from '#lib/core/dlms/hdlc/llc.ts';
import { MessageAssembler } from '#lib/core/dlms/hdlc/message-assembler.ts';
import {
	agreeParameters,
	decodeParameters,
	DEFAULT_PARAMETERS,
	encodeParameters,
} from '#lib/core/dlms/hdlc/parameters.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { expectSturdy, viewSlicing } from '../every-way.ts';

const SNRM = '7ea00a00020023219318717e';
const UA = '7ea023210002002373f6c58180140502008006020080070400000001080400000001ce6a7e';
const GET = '7ea0199575767837e6e600c0018100080000010000ff020065d77e';

describe('HDLC frame', () => {
	it.each([SNRM, UA, GET])('%s comes back octet for octet', (hex) => {
		expect(formatHex(encodeFrame(decodeFrame(parseHex(hex))))).toBe(hex);
		expectSturdy(decodeFrame, parseHex(hex));
	});

	it('never takes a frame with one octet spoiled', () => {
		for (const hex of [SNRM, UA, GET])
			for (let at = 0; at < hex.length / 2; at += 1)
				for (let bit = 0; bit < 8; bit += 1) {
					const spoiled = parseHex(hex);
					spoiled[at] = (spoiled[at] as number) ^ (1 << bit);
					expect(() => decodeFrame(spoiled)).toThrow();
				}
	});

	it.each([
		[
			'an address of three octets',
			'7ea03a0310de91e6e600612da109060760857405080101a203020100a305a10302010088020780be10040e0800065f1f040000381f009b0007845c7e',
		],
		['a length that is not there', '7ea00b002254d36193f4e37e'],
		['no octets', ''],
		['only flags', '7e7e7e7e7e7e7e7e7e7e'],
	])('refuses %s', (_, hex) => {
		expect(() => decodeFrame(parseHex(hex))).toThrow(expect.objectContaining({ name: 'Breach' }));
	});

	it('slips on information longer than a frame can carry', () => {
		const frame = decodeFrame(parseHex(GET));
		expect(() => encodeFrame({ ...frame, information: new Uint8Array(2040) })).toThrow(RangeError);
	});
});

describe('HDLC addresses', () => {
	it.each([
		[meterAddress(1), '03'],
		[clientAddress(16), '21'],
		[clientAddress(100), 'c9'],
		[meterAddress(1, 17), '0223'],
		[meterAddress(1, 17, 4), '00020023'],
		[meterAddress(145, 1), '02220003'],
		[meterAddress(17, 5481), '002254d3'],
	])('%o is %s on the wire', (address, hex) => {
		const frame = decodeFrame(parseHex(SNRM));
		const octets = encodeFrame({ ...frame, destination: address });
		expect(formatHex(octets.subarray(3, 3 + address.length))).toBe(hex);
		expect(decodeFrame(octets).destination).toEqual(address);
	});

	it('compares stations', () => {
		expect(sameAddress(meterAddress(1, 17), meterAddress(1, 17, 4))).toBe(false);
		expect(concernsStation(meterAddress(1), 17)).toBe(true);
		expect(concernsStation(meterAddress(1, 17), 17)).toBe(true);
		expect(concernsStation(meterAddress(1, 18), 17)).toBe(false);
		expect(concernsStation(meterAddress(1, 0x7f), 17)).toBe(true);
		expect(concernsStation(meterAddress(1, 0x3fff), 17)).toBe(true);
		expect(() => meterAddress(1, 0x4000)).toThrow(RangeError);
		expect(() => clientAddress(128)).toThrow(RangeError);
	});
});

describe('HDLC control octet', () => {
	it('gives back every octet that means something', () => {
		const meant = Array.from({ length: 256 }, (_, octet) => octet).filter((octet) => {
			const control = decodeControl(octet);
			if (control) expect(encodeControl(control)).toBe(octet);
			return control;
		});
		// 128 I frames, 3 × 16 supervisory and 6 × 2 unnumbered ones.
		expect(meant).toHaveLength(128 + 48 + 12);
	});
});

describe('HDLC parameters', () => {
	it('reads lengths of one and two octets, and says them as the field does', () => {
		const said = decodeParameters(decodeFrame(parseHex(UA)).information);
		expect(said).toEqual(DEFAULT_PARAMETERS);
		expect(formatHex(encodeParameters(said))).toBe('818012050180060180070400000001080400000001');
		const long = { infoTransmit: 512, infoReceive: 2030, windowTransmit: 7, windowReceive: 3 };
		expect(decodeParameters(encodeParameters(long))).toEqual(long);
		expectSturdy(decodeParameters, encodeParameters(long), false);
	});

	it('passes over unknown tags and brings values into range', () => {
		expect(
			decodeParameters(parseHex('818010' + '0501ff' + '09021234' + '0604ffffffff' + '080100')),
		).toEqual({
			...DEFAULT_PARAMETERS,
			infoTransmit: 255,
			infoReceive: 2030,
		});
		expect(decodeParameters(new Uint8Array())).toEqual(DEFAULT_PARAMETERS);
	});

	it('agrees on the least of both, each from its own point of view', () => {
		const ours = { infoTransmit: 2030, infoReceive: 512, windowTransmit: 7, windowReceive: 2 };
		const theirs = { infoTransmit: 256, infoReceive: 128, windowTransmit: 3, windowReceive: 1 };
		expect(agreeParameters(ours, theirs)).toEqual({
			infoTransmit: 128,
			infoReceive: 256,
			windowTransmit: 1,
			windowReceive: 2,
		});
	});
});

describe('FrameSplitter', () => {
	// One flag between the two frames, noise before, and 7E inside the second.
	const inside = encodeFrame({
		...decodeFrame(parseHex(GET)),
		information: Uint8Array.of(0x7e, 0xa0, 0x7e, 0x7e),
	});
	const stream = concatBytes(
		parseHex('00ff7e7e'),
		parseHex(UA).subarray(0, -1),
		inside,
		parseHex(SNRM),
	);

	it('finds the same frames whole and byte by byte', () => {
		const whole = new FrameSplitter();
		const frames = whole.push(stream);
		expect(frames.map((frame) => frame.control.type)).toEqual(['UA', 'I', 'SNRM']);
		const single = new FrameSplitter();
		expect([...stream].flatMap((octet) => single.push(Uint8Array.of(octet)))).toEqual(frames);
		expect([whole.spoiled, single.spoiled]).toEqual([0, 0]);
		expect(whole.partial).toBe(false);
	});

	it('keeps nothing of a buffer that its caller uses again', () => {
		const splitter = new FrameSplitter();
		const buffer = viewSlicing(concatBytes(parseHex(GET), parseHex(GET).subarray(0, 12)));
		const [first] = splitter.push(buffer);
		buffer.fill(0xff);
		const [second] = splitter.push(viewSlicing(parseHex(GET).subarray(12)));
		expect([first, second]).toEqual([decodeFrame(parseHex(GET)), decodeFrame(parseHex(GET))]);
	});

	it('drops and counts a spoiled frame and never waits for it, wherever the spoiled bit is', () => {
		const good = parseHex(GET);
		for (let at = 1; at < good.length - 1; at += 1)
			for (let bit = 0; bit < 8; bit += 1) {
				const spoiled = good.slice();
				spoiled[at] = (spoiled[at] as number) ^ (1 << bit);
				const splitter = new FrameSplitter();
				const found = splitter.push(concatBytes(spoiled, good, good));
				expect(found.length).toBeGreaterThanOrEqual(2);
				expect(found.every((frame) => formatHex(encodeFrame(frame)) === GET)).toBe(true);
			}
	});

	it('does not mistake a spoiled length for more to come', () => {
		const spoiled = parseHex(GET);
		spoiled[2] = 0xf9;
		const splitter = new FrameSplitter();
		expect(splitter.push(spoiled)).toEqual([]);
		expect([splitter.partial, splitter.spoiled]).toEqual([false, 1]);
	});

	it('keeps no more than one frame, and forgets it on demand', () => {
		const splitter = new FrameSplitter();
		expect(splitter.push(parseHex(UA).subarray(0, 20))).toEqual([]);
		expect(splitter.partial).toBe(true);
		splitter.discardPartial();
		expect([splitter.partial, splitter.spoiled]).toEqual([false, 1]);
		expect(splitter.push(parseHex(UA))).toHaveLength(1);
	});
});

describe('LLC and segments', () => {
	it('takes the octets of either direction from either side', () => {
		expect(formatHex(addLlc('client', Uint8Array.of(1)))).toBe('e6e60001');
		expect(formatHex(addLlc('meter', Uint8Array.of(1)))).toBe('e6e70001');
		expect([...removeLlc(parseHex('e6e60001')), ...removeLlc(parseHex('e6e70002'))]).toEqual([
			1, 2,
		]);
		for (const hex of ['e6e6', 'e7e60001', 'e6e80001'])
			expect(() => removeLlc(parseHex(hex))).toThrow(expect.objectContaining({ code: 'bad-llc' }));
	});

	it('joins segments, and refuses more than a message may be', () => {
		const assembler = new MessageAssembler();
		expect(assembler.take(parseHex('e6e700c4'), true)).toBeUndefined();
		expect(assembler.partial).toBe(true);
		expect(formatHex(assembler.take(parseHex('01'), false) as Uint8Array)).toBe('c401');
		const part = new Uint8Array(1 << 20);
		for (let count = 0; count < 4; count += 1) assembler.take(part, true);
		expect(() => assembler.take(part, true)).toThrow(
			expect.objectContaining({ code: 'message-too-long' }),
		);
		expect(assembler.partial).toBe(false);
	});
});
