/** Which of an audience's ways are offered to who is there: all, until a screen that knows the person says less. */
import type { Way } from '#lib/ui/view/ways.ts';

class OfferedWays {
	#only = $state.raw<readonly Way['id'][]>();

	/** @returns puts an end to it: all are offered again */
	offerOnly(ids: readonly Way['id'][]): () => void {
		this.#only = ids;
		return () => (this.#only = undefined);
	}

	has(id: Way['id']): boolean {
		return this.#only?.includes(id) ?? true;
	}
}

export const offeredWays = new OfferedWays();
