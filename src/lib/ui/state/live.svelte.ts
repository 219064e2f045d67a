/** A live query of the store as reactive state: re-read whenever a table it touched changes, in any tab. */
import { liveQuery } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';
import { watchOpened } from '#lib/browser/store/watch-opened.ts';

/** After a failure it is read again, at first soon: the store was closed, or a read was cut short. */
const FIRST_AGAIN_MS = 100;
const LAST_AGAIN_MS = 30_000;

export class Live<T> {
	#value: T | undefined;
	#isFailing = false;
	#subscribe: () => void;
	#restart: () => void = () => undefined;

	/** @param query reads the store; run again on every change of what it read */
	constructor(query: () => Promise<T>) {
		this.#subscribe = createSubscriber((update) => {
			let stop = () => {};
			const start = (afterMs: number) => {
				const subscription = liveQuery(query).subscribe({
					next: (value) => {
						this.#value = value;
						this.#isFailing = false;
						afterMs = FIRST_AGAIN_MS;
						update();
					},
					// A query that failed looks no more by itself, and what it said last would stand for ever.
					error: () => {
						this.#isFailing = true;
						update();
						const timer = setTimeout(() => start(Math.min(2 * afterMs, LAST_AGAIN_MS)), afterMs);
						stop = () => clearTimeout(timer);
					},
				});
				stop = () => subscription.unsubscribe();
			};
			start(FIRST_AGAIN_MS);
			this.#restart = () => {
				stop();
				start(FIRST_AGAIN_MS);
			};
			// What nobody watches may be no longer so when somebody looks again.
			return () => {
				this.#restart = () => undefined;
				stop();
				this.#value = undefined;
				this.#isFailing = false;
			};
		});
	}

	/** Reads anew: what has changed stands in no table. The last answer holds until the next is there. */
	again(): void {
		this.#restart();
	}

	/** The latest answer; undefined until the first one came, and again once nobody watches. */
	get current(): T | undefined {
		this.#subscribe();
		return this.#value;
	}

	/** There is an answer, or the store cannot be read now: who need not wait for it does not. */
	get isRead(): boolean {
		return this.current !== undefined || this.#isFailing;
	}
}

/** The same of rows that are sealed: watched as they are, and opened after. */
export class LiveOpened<Rows, Opened> {
	#value: Opened | undefined;
	#subscribe: () => void;

	/**
	 * @param rows reads the store and does nothing else
	 * @param open what is shown of them @param fail is told what went wrong with either
	 */
	constructor(
		rows: () => Promise<Rows>,
		open: (rows: Rows) => Promise<Opened>,
		fail: (error: unknown) => void,
	) {
		this.#subscribe = createSubscriber((update) =>
			watchOpened(rows, open, {
				show: (opened) => {
					this.#value = opened;
					update();
				},
				fail,
			}),
		);
	}

	/** The latest that was opened; undefined until the first was. */
	get current(): Opened | undefined {
		this.#subscribe();
		return this.#value;
	}
}
