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
	#reader: ((octets: Uint8Array | undefined) => void) | undefined;

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
			reader(octets);
			return;
		}
		this.#waiting.push(octets);
		this.#octets += octets.length;
		if (this.#octets > this.#highWater) this.#setFlowing(false);
	}

	/** No more will come. */
	end(): void {
		this.#ended = true;
		this.#reader?.(undefined);
		this.#reader = undefined;
	}

	/** The next octets, or undefined at the end. @throws {TypeError} slip: somebody waits already */
	take(): Promise<Uint8Array | undefined> {
		const next = this.#waiting.shift();
		if (next) {
			this.#octets -= next.length;
			if (this.#octets <= this.#highWater) this.#setFlowing(true);
			return Promise.resolve(next);
		}
		if (this.#ended) return Promise.resolve(undefined);
		if (this.#reader) throw new TypeError('somebody waits for these octets already');
		return new Promise((resolve) => {
			this.#reader = resolve;
		});
	}
}
