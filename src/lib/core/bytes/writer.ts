/**
 * A growing buffer of octets to send, big-endian as DLMS is.
 *
 * Always holds: what was written never changes; the buffer never grows past `limit`.
 */

/** The most octets a writer holds unless told otherwise: well above every message of the trade. */
export const WRITER_LIMIT = 1 << 24;

/** Collects whole numbers and octet runs, front to back. */
export class Writer {
	readonly limit: number;
	#bytes: Uint8Array;
	#length = 0;

	constructor(capacity = 64, limit = WRITER_LIMIT) {
		this.limit = limit;
		this.#bytes = new Uint8Array(Math.min(capacity, limit));
	}

	/** How many octets were written. */
	get length(): number {
		return this.#length;
	}

	u8(value: number): this {
		const at = this.#room(1);
		this.#bytes[at] = value;
		return this;
	}

	u16(value: number): this {
		const at = this.#room(2);
		this.#bytes[at] = value >>> 8;
		this.#bytes[at + 1] = value;
		return this;
	}

	u32(value: number): this {
		const at = this.#room(4);
		this.#bytes[at] = value >>> 24;
		this.#bytes[at + 1] = value >>> 16;
		this.#bytes[at + 2] = value >>> 8;
		this.#bytes[at + 3] = value;
		return this;
	}

	/** Two's complement for a negative value, as `BigInt.asUintN(64, value)`. */
	u64(value: bigint): this {
		const pattern = BigInt.asUintN(64, value);
		return this.u32(Number(pattern >> 32n)).u32(Number(pattern & 0xffff_ffffn));
	}

	f32(value: number): this {
		const at = this.#room(4);
		new DataView(this.#bytes.buffer, at).setFloat32(0, value);
		return this;
	}

	f64(value: number): this {
		const at = this.#room(8);
		new DataView(this.#bytes.buffer, at).setFloat64(0, value);
		return this;
	}

	bytes(octets: Uint8Array): this {
		const at = this.#room(octets.length);
		this.#bytes.set(octets, at);
		return this;
	}

	/** The octets written so far, as a view that the next write may leave behind. */
	written(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	/** The octets written so far, as a copy of exactly their length. */
	finish(): Uint8Array {
		return this.#bytes.slice(0, this.#length);
	}

	/** Makes room for `count` octets and says where they go. */
	#room(count: number): number {
		const at = this.#length;
		const wanted = at + count;
		if (wanted > this.#bytes.length) this.#grow(wanted);
		this.#length = wanted;
		return at;
	}

	/** @throws {RangeError} slip: more than `limit` octets written */
	#grow(wanted: number): void {
		if (wanted > this.limit) throw new RangeError(`more than ${this.limit} octets written`);
		const larger = new Uint8Array(
			Math.min(this.limit, Math.max(wanted, this.#bytes.length * 2, 16)),
		);
		larger.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = larger;
	}
}

/** Octet strings one after the other. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
