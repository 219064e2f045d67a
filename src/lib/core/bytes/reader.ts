/**
 * A cursor over octets that come from a peer. Big-endian throughout, as DLMS is.
 *
 * Always holds: `start` ≤ `offset` ≤ `end`; nothing outside `start` … `end` is ever read; octets given
 * out by `take` are a copy, so a decoded value never changes under its owner when a buffer is reused.
 */
import { Breach } from './breach.ts';

/** Reads whole numbers and octet runs from a bounded part of `bytes`, front to back. */
export class Reader {
	readonly bytes: Uint8Array;
	/** One past the last octet that may be read. */
	readonly end: number;
	/** The source named in every breach this reader throws. */
	readonly clause: string;
	/** Index of the next octet, counted from the start of `bytes`. */
	offset: number;

	/** @throws {RangeError} slip: `from` … `to` does not lie within `bytes` */
	constructor(bytes: Uint8Array, clause: string, from = 0, to = bytes.length) {
		if (from < 0 || from > to || to > bytes.length)
			throw new RangeError('a reader reaches past its octets');
		this.bytes = bytes;
		this.clause = clause;
		this.offset = from;
		this.end = to;
	}

	/** How many octets are left. */
	get remaining(): number {
		return this.end - this.offset;
	}

	/** Throws the breach `code` at the octet `at`, by default the next one. */
	fail(code: string, at = this.offset, detail = ''): never {
		throw new Breach(code, at, this.clause, detail);
	}

	/** @throws {Breach} `length-past-end` where fewer than `count` octets are left */
	need(count: number): void {
		if (count > this.end - this.offset)
			this.fail('length-past-end', this.offset, `${count} octets claimed, ${this.remaining} left`);
	}

	/** The next octet without moving on; undefined at the end. */
	peek(): number | undefined {
		return this.offset < this.end ? this.bytes[this.offset] : undefined;
	}

	u8(): number {
		if (this.offset >= this.end) this.need(1);
		return this.bytes[this.offset++] as number;
	}

	u16(): number {
		this.need(2);
		const at = this.offset;
		this.offset = at + 2;
		return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number);
	}

	u32(): number {
		return this.i32() >>> 0;
	}

	u64(): bigint {
		const high = BigInt(this.u32());
		return (high << 32n) | BigInt(this.u32());
	}

	i8(): number {
		return (this.u8() << 24) >> 24;
	}

	i16(): number {
		return (this.u16() << 16) >> 16;
	}

	i32(): number {
		this.need(4);
		const { bytes, offset } = this;
		this.offset = offset + 4;
		return (
			((bytes[offset] as number) << 24) |
			((bytes[offset + 1] as number) << 16) |
			((bytes[offset + 2] as number) << 8) |
			(bytes[offset + 3] as number)
		);
	}

	i64(): bigint {
		return BigInt.asIntN(64, this.u64());
	}

	/** IEEE 754 single precision. */
	f32(): number {
		return this.#view(4).getFloat32(0);
	}

	/** IEEE 754 double precision. */
	f64(): number {
		return this.#view(8).getFloat64(0);
	}

	/** The next `count` octets as a copy. */
	take(count: number): Uint8Array {
		this.need(count);
		const from = this.offset;
		this.offset = from + count;
		const copy = new Uint8Array(count);
		// Not `slice`: a subclass, such as a socket's buffer, may answer that with a view of itself.
		copy.set(this.bytes.subarray(from, this.offset));
		return copy;
	}

	/** A reader over exactly the next `count` octets; this one moves past them. */
	within(count: number): Reader {
		this.need(count);
		const from = this.offset;
		this.offset = from + count;
		return new Reader(this.bytes, this.clause, from, this.offset);
	}

	/** @throws {Breach} `trailing-octets` where anything is left */
	expectEnd(): void {
		if (this.offset < this.end)
			this.fail('trailing-octets', this.offset, `${this.remaining} octets left over`);
	}

	#view(count: number): DataView {
		this.need(count);
		const from = this.bytes.byteOffset + this.offset;
		this.offset += count;
		return new DataView(this.bytes.buffer, from, count);
	}
}
