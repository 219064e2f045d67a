/** Whether this browser keeps what is stored here, as it was last asked: one for the page. */
import type { Keeping, TillDesk } from '#lib/browser/sync/till-desk.ts';

type KeepingDesk = Pick<TillDesk, 'keeping' | 'askToKeep'>;

export class KeptHere {
	/** Undefined: not asked yet. */
	current = $state.raw<Keeping>();

	async look(desk: KeepingDesk): Promise<Keeping> {
		return (this.current = await desk.keeping());
	}

	/** The browser decides, or asks the person. */
	async ask(desk: KeepingDesk): Promise<Keeping> {
		return (this.current = await desk.askToKeep());
	}
}

export const keptHere = new KeptHere();
