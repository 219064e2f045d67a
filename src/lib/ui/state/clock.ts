/** The time of this device as reactive state, fine enough for ages: it moves every ten seconds while read. */
import { createSubscriber } from 'svelte/reactivity';
import { device } from '#lib/browser/device/device.ts';

const TICK_MS = 10_000;

class Clock {
	#subscribe = createSubscriber((update) => {
		const timer = setInterval(update, TICK_MS);
		return () => clearInterval(timer);
	});

	/** Epoch milliseconds. */
	get nowMs(): number {
		this.#subscribe();
		return device.nowMs();
	}
}

export const clock = new Clock();
