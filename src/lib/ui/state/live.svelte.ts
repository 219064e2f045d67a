/** A live query of the store as reactive state: re-read whenever a table it touched changes, in any tab. */
import { liveQuery } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';

export class Live<T> {
	#value: T | undefined;
	#subscribe: () => void;

	/** @param query reads the store; run again on every change of what it read */
	constructor(query: () => Promise<T>) {
		this.#subscribe = createSubscriber((update) => {
			const subscription = liveQuery(query).subscribe((value) => {
				this.#value = value;
				update();
			});
			return () => subscription.unsubscribe();
		});
	}

	/** The latest answer; undefined until the first one came. */
	get current(): T | undefined {
		this.#subscribe();
		return this.#value;
	}
}
