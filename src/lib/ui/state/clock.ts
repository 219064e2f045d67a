/** The time of this device as reactive state, which moves while it is read. */
import { createSubscriber } from 'svelte/reactivity';
import { device } from '#lib/browser/device/device.ts';

class Clock {
	readonly #subscribe: () => void;

	constructor(tickMs: number) {
		this.#subscribe = createSubscriber((update) => {
			const timer = setInterval(update, tickMs);
			return () => clearInterval(timer);
		});
	}

	/** Epoch milliseconds. */
	get nowMs(): number {
		this.#subscribe();
		return device.nowMs();
	}
}

/** Fine enough for ages. */
export const clock = new Clock(10_000);

/** For what somebody waits for. */
export const secondClock = new Clock(1_000);
