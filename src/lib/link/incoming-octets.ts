/**
 * A queue between a stream that pushes and a reader that pulls. Tells the stream to hold back while more
 * than `highWater` octets wait.
 */

export class IncomingOctets {
	readonly #highWater: number;
	readonly #setFlowing: (flowing: boolean) => void;
	readonly #waiting: Uint8Array[] = [];
	#octets = 0;
	#ended = false;
	#fault: Error | undefined;
	#reader: PromiseWithResolvers<Uint8Array | undefined> | undefined;

	constructor(highWater: number, setFlowing: (flowing: boolean) => void = () => undefined) {
		this.#highWater = highWater;
		this.#setFlowing = setFlowing;
	}

	/** Octets that came. Nothing is taken after the end. */
	push(octets: Uint8Array): void {
		if (this.#ended || octets.length === 0) return;
		const reader = this.#reader;
		if (reader) {
			this.#reader = undefined;
			reader.resolve(octets);
			return;
		}
		this.#waiting.push(octets);
		this.#octets += octets.length;
		if (this.#octets > this.#highWater) this.#setFlowing(false);
	}

	/** No more will come; what waits can still be taken. */
	end(): void {
		this.#ended = true;
		this.#fault = undefined;
		this.#reader?.resolve(undefined);
		this.#reader = undefined;
	}

	/** No more will come, because of `fault`: told once, after what came before it. */
	fail(fault: Error): void {
		if (this.#ended) return;
		this.#ended = true;
		if (this.#reader) this.#reader.reject(fault);
		else this.#fault = fault;
		this.#reader = undefined;
	}

	/** Forgets what waits. Whoever waits for octets goes on waiting. */
	drop(): void {
		this.#waiting.length = 0;
		this.#octets = 0;
		this.#setFlowing(true);
	}

	/** The next octets, or undefined at the end. @throws {TypeError} slip: somebody waits already */
	take(): Promise<Uint8Array | undefined> {
		const next = this.#waiting.shift();
		if (next) {
			this.#octets -= next.length;
			if (this.#octets <= this.#highWater) this.#setFlowing(true);
			return Promise.resolve(next);
		}
		const fault = this.#fault;
		this.#fault = undefined;
		if (fault) return Promise.reject(fault);
		if (this.#ended) return Promise.resolve(undefined);
		if (this.#reader) throw new TypeError('somebody waits for these octets already');
		this.#reader = Promise.withResolvers();
		return this.#reader.promise;
	}
}
