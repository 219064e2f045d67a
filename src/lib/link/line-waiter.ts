/**
 * Waiting at one line: for octets, for its end, for a time, or to be called. A wait that something else
 * ended loses no octets: the next one gets them.
 */
import type { Line, LineSettings } from './line.ts';
import type { Timer } from './transport.ts';

/** What a wait ended with. */
export type Happening =
	| { readonly kind: 'octets'; readonly octets: Uint8Array }
	/** The line ended in good order. */
	| { readonly kind: 'ended' }
	| { readonly kind: 'broken'; readonly error: unknown }
	| { readonly kind: 'time' }
	/** Somebody called. */
	| { readonly kind: 'called' };

const CALLED: Happening = { kind: 'called' };
const TIME: Happening = { kind: 'time' };
const ENDED: Happening = { kind: 'ended' };

export class LineWaiter {
	readonly #line: Line;
	readonly #timer: Timer;
	/** The receive under way, and what it brought that nobody has taken yet. */
	#receiving = false;
	#arrived: Happening | undefined;
	#called = false;
	#settle: ((happening: Happening) => void) | undefined;

	constructor(line: Line, timer: Timer) {
		this.#line = line;
		this.#timer = timer;
	}

	/** The next that happens, at the latest at `wakeAtMs`. One wait at a time. */
	next(wakeAtMs?: number): Promise<Happening> {
		if (this.#called) {
			this.#called = false;
			return Promise.resolve(CALLED);
		}
		const arrived = this.#takeArrived();
		if (arrived) return Promise.resolve(arrived);
		this.#receive();
		return new Promise((resolve) => {
			let callOff: (() => void) | undefined;
			this.#settle = (happening) => {
				this.#settle = undefined;
				callOff?.();
				resolve(happening);
			};
			if (wakeAtMs !== undefined)
				callOff = this.#timer.wakeAt(wakeAtMs, () => this.#settle?.(TIME));
		});
	}

	/** Ends the wait under way, or the next one. */
	call(): void {
		if (this.#settle) this.#settle(CALLED);
		else this.#called = true;
	}

	/** Sets the line anew; octets that came before are gone. @throws {LinkFault} */
	async configure(settings: LineSettings): Promise<void> {
		await this.#line.configure(settings);
		if (this.#arrived?.kind === 'octets') this.#arrived = undefined;
	}

	#takeArrived(): Happening | undefined {
		const arrived = this.#arrived;
		// An end is an end for everybody who comes later too.
		if (arrived?.kind === 'octets') this.#arrived = undefined;
		return arrived;
	}

	#receive(): void {
		if (this.#receiving) return;
		this.#receiving = true;
		this.#line.receive().then(
			(octets) => this.#arrive(octets ? { kind: 'octets', octets } : ENDED),
			(error: unknown) => this.#arrive({ kind: 'broken', error }),
		);
	}

	#arrive(happening: Happening): void {
		this.#receiving = false;
		if (happening.kind !== 'octets' || !this.#settle) this.#arrived = happening;
		this.#settle?.(happening);
	}
}
