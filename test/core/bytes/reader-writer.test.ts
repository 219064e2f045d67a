import { describe, expect, it } from 'vitest';
import { Breach } from '#lib/core/bytes/breach.ts';
import { Reader } from '#lib/core/bytes/reader.ts';
import { concatBytes, Writer } from '#lib/core/bytes/writer.ts';

const written = new Writer(1)
	.u8(0xfe)
	.u16(0xfffd)
	.u32(0xfffffffc)
	.u64(-5n)
	.f32(1.5)
	.f64(-2.25)
	.bytes(Uint8Array.of(1, 2, 3))
	.finish();

describe('Reader and Writer', () => {
	it('gives back every kind of number, unsigned and signed', () => {
		const unsigned = new Reader(written, 'test');
		expect([unsigned.u8(), unsigned.u16(), unsigned.u32(), unsigned.u64()]).toEqual([
			0xfe,
			0xfffd,
			0xfffffffc,
			0xffff_ffff_ffff_fffbn,
		]);
		expect([unsigned.f32(), unsigned.f64()]).toEqual([1.5, -2.25]);
		expect([...unsigned.take(3)]).toEqual([1, 2, 3]);
		unsigned.expectEnd();
		const signed = new Reader(written, 'test');
		expect([signed.i8(), signed.i16(), signed.i32(), signed.i64()]).toEqual([-2, -3, -4, -5n]);
	});

	it('refuses every reach past the end as a breach that says where', () => {
		const reads: ((reader: Reader) => unknown)[] = [
			(r) => r.u8(),
			(r) => r.u16(),
			(r) => r.u32(),
			(r) => r.u64(),
			(r) => r.f32(),
			(r) => r.f64(),
			(r) => r.take(1),
			(r) => r.within(1),
		];
		for (const read of reads)
			expect(() => read(new Reader(written, 'clause 1', 4, 4))).toThrow(
				expect.objectContaining({ code: 'length-past-end', offset: 4, clause: 'clause 1' }),
			);
		expect(() => new Reader(written, 'test').expectEnd()).toThrow(Breach);
	});

	it.each([
		['plain octets', Uint8Array.of(1, 2, 3, 4)],
		['a socket’s buffer', Buffer.from([1, 2, 3, 4])],
	])('reads only its part of %s, and copies what it gives out', (_, octets) => {
		const part = new Reader(octets, 'test', 1, 3).within(2);
		const copy = part.take(2);
		octets[1] = 9;
		expect([...copy]).toEqual([2, 3]);
		expect(part.remaining).toBe(0);
		expect(() => new Reader(octets, 'test', 3, 5)).toThrow(RangeError);
	});

	it('grows up to its limit and no further', () => {
		const writer = new Writer(1, 8).u32(1).u32(2);
		expect(writer.length).toBe(8);
		expect(() => writer.u8(3)).toThrow(RangeError);
		expect([...concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2))]).toEqual([1, 2]);
	});
});
