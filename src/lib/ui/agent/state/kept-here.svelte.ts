/** Whether this browser keeps what is stored here, as it was last asked. */
import { isKept } from '#lib/browser/device/keeping.ts';
import type { Keeping, TillDesk } from '#lib/browser/sync/till-desk.ts';

type KeepingDesk = Pick<TillDesk, 'keeping' | 'askToKeep'>;

export class KeptHere {
	/** Undefined: not asked yet. */
	current = $state.raw<Keeping>();
	readonly #changed: () => void;

	/** @param changed is told when other caps hold from now on */
	constructor(changed: () => void) {
		this.#changed = changed;
	}

	async look(desk: KeepingDesk): Promise<Keeping> {
		return this.#hear(await desk.keeping());
	}

	/** The browser decides, or asks the person. */
	async ask(desk: KeepingDesk): Promise<Keeping> {
		return this.#hear(await desk.askToKeep());
	}

	#hear(now: Keeping): Keeping {
		const before = this.current;
		this.current = now;
		if (before && isKept(before) !== isKept(now)) this.#changed();
		return now;
	}
}
