/**
 * Invocation counters that outlive a crash (IEC 62056-5-3, 5.3.3): blocks of values are reserved on the disk,
 * and only reserved ones go on the line. A crash skips what was left of a block and repeats nothing.
 *
 * Always holds: two tabs never have a value in common; the one that finds the block after its own taken must
 * connect anew.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { CounterPort } from '#lib/core/dlms/security/counter.ts';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';
import { StoreFault, stored } from './store-fault.ts';
import { TECHNICIAN_SCHEMA } from './technician-rows.ts';
import type { TechnicianStore } from './technician.ts';

/** Values reserved at a time: some hundred frames, or one write per connection. */
export const COUNTER_BLOCK = 256;

/** The two spaces of a conversation with one meter under one key. */
export interface CounterSpaces {
	/** Ours. */
	readonly send: string;
	/** The meter's. */
	readonly receive: string;
}

/**
 * Ours is named by the key alone: our title and counter are the initialisation vector, so that two meters
 * under one key must never be sent the same value (IEC 62056-5-3, 5.3.3). The meter's own has its number
 * besides. The same key is the same space whatever the office calls it, and another key begins at 0.
 * @param key the global unicast encryption key; what is kept of it leads nowhere
 */
export function counterSpaces(drn: string, key: Uint8Array): CounterSpaces {
	const label = new TextEncoder().encode('tokenline invocation counter ');
	const mark = formatHex(sha256(new Uint8Array([...label, ...key])).subarray(0, 8));
	return { send: `${mark}/send`, receive: `${mark}/${drn}/receive` };
}

interface Space {
	next: number;
	/** As we last wrote it on the disk. */
	reserved: number;
}

/** What `link/durable-counters` asks for. */
export class TechnicianCounters {
	readonly #store: TechnicianStore;
	readonly #spaces: CounterSpaces;
	readonly #send: Space;
	readonly #receive: Space;
	#writing: Promise<void> | undefined;

	/** @throws {StoreFault} */
	static async open(store: TechnicianStore, spaces: CounterSpaces): Promise<TechnicianCounters> {
		const rows = await stored(() => store.counters.bulkGet([spaces.send, spaces.receive]));
		const [send, receive] = rows.map((row) => row?.reserved ?? 0);
		return new TechnicianCounters(store, spaces, send ?? 0, receive ?? 0);
	}

	private constructor(
		store: TechnicianStore,
		spaces: CounterSpaces,
		send: number,
		receive: number,
	) {
		this.#store = store;
		this.#spaces = spaces;
		this.#send = { next: send, reserved: send };
		this.#receive = { next: receive, reserved: receive };
	}

	/** A lower value than there is is not taken: counters only rise. */
	readonly port: CounterPort = {
		read: (name) => this.#space(name).next,
		write: (name, value) => {
			const space = this.#space(name);
			space.next = Math.min(Math.max(space.next, value), MAX_COUNTER + 1);
		},
	};

	/**
	 * Resolves once every value of ours that was given out is reserved on the disk; at once where it is.
	 * @throws {StoreFault} nothing may go on the line. `other-tab`: what was given out is somebody else's
	 */
	async safe(): Promise<void> {
		while (this.#send.next > this.#send.reserved) {
			await (this.#writing ??= this.#alone(COUNTER_BLOCK));
		}
	}

	/**
	 * Puts the meter's counter on the disk: at the end of a conversation. Between, it goes along with our own;
	 * what a crash loses of it lets an old answer of the last few frames look new, nothing of ours repeat.
	 */
	async keep(): Promise<void> {
		await this.safe();
		await this.#writing;
		await (this.#writing = this.#alone(0));
	}

	#alone(block: number): Promise<void> {
		return this.#write(block).finally(() => (this.#writing = undefined));
	}

	#space(name: string): Space {
		if (name === this.#spaces.send) return this.#send;
		if (name === this.#spaces.receive) return this.#receive;
		throw new RangeError('a space of counters that was not opened');
	}

	async #write(block: number): Promise<void> {
		const { counters } = this.#store;
		const received = this.#receive.next;
		const reserved =
			block === 0 ? this.#send.reserved : Math.min(this.#send.next + block, MAX_COUNTER + 1);
		const elsewhere = await stored(() =>
			this.#store.transaction('rw', counters, async () => {
				const [send, receive] = await counters.bulkGet([this.#spaces.send, this.#spaces.receive]);
				const onDisk = send?.reserved ?? 0;
				if (onDisk !== this.#send.reserved) return onDisk;
				const known = Math.max(received, receive?.reserved ?? 0);
				await counters.bulkPut([
					{ space: this.#spaces.send, schema: TECHNICIAN_SCHEMA, reserved },
					{ space: this.#spaces.receive, schema: TECHNICIAN_SCHEMA, reserved: known },
				]);
				return undefined;
			}),
		);
		if (elsewhere === undefined) {
			this.#send.reserved = reserved;
			return;
		}
		Object.assign(this.#send, { next: Math.max(elsewhere, this.#send.next), reserved: elsewhere });
		throw new StoreFault('other-tab');
	}
}
