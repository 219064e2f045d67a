/** The virtual meters one can choose from: those of this device at once, those of the service when it answers. */
import type { Api } from '#lib/browser/api/api.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import type { StoredVirtualMeter } from '#lib/browser/store/store.ts';
import type { Problem, VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import { glances, NONE_HERE, type GlancesHere } from '#lib/ui/virtual-meter/glance.ts';
import { LiveOpened } from './live.svelte.ts';

interface Surroundings {
	readonly store: TokenlineStore;
	readonly api: Pick<Api, 'listVirtualMeters'>;
	readonly now: () => number;
}

/** Where the list of the service is. */
export type Asking =
	| { readonly kind: 'asking' }
	| { readonly kind: 'answered' }
	| { readonly kind: 'no-answer' }
	| { readonly kind: 'problem'; readonly problem: Problem };

const REFRESH_MS = 1000;

/** To say how a meter stands takes the whole meter, which is loaded where there is one only. */
async function openMeters(rows: readonly StoredVirtualMeter[]): Promise<GlancesHere> {
	if (rows.length === 0) return NONE_HERE;
	const { glancesHere } = await import('#lib/ui/virtual-meter/standing-glance.ts');
	return glancesHere(rows);
}

export class VirtualMeterList {
	readonly #around: Surroundings;
	readonly #here: LiveOpened<StoredVirtualMeter[], GlancesHere>;
	/** What this device has cannot be opened: the list says no more than the service. */
	#isClosed = $state(false);
	#offered = $state.raw<readonly VirtualMeterSummary[]>([]);
	#nowMs = $state(0);
	asking = $state.raw<Asking>({ kind: 'asking' });

	constructor(around: Surroundings) {
		this.#around = around;
		this.#here = new LiveOpened(
			() => around.store.virtualMeters.orderBy('drn').toArray(),
			openMeters,
			// The meter's code cannot be had, offline and never kept here.
			() => (this.#isClosed = true),
		);
		this.#nowMs = around.now();
	}

	/** Undefined until this device's own meters are known. */
	get meters() {
		const here = this.#here.current ?? (this.#isClosed ? NONE_HERE : undefined);
		return here && glances(here(this.#offered, this.#nowMs), this.#offered);
	}

	/** Asks the service once and lets time pass. Returns what stops it. */
	start(): () => void {
		void this.ask();
		const timer = setInterval(() => (this.#nowMs = this.#around.now()), REFRESH_MS);
		return () => clearInterval(timer);
	}

	async ask(): Promise<void> {
		this.asking = { kind: 'asking' };
		const outcome = await this.#around.api.listVirtualMeters();
		if (outcome.kind === 'answer') {
			this.#offered = outcome.answer.meters;
			this.asking = { kind: 'answered' };
		} else {
			this.asking =
				outcome.kind === 'problem'
					? { kind: 'problem', problem: outcome.problem }
					: { kind: 'no-answer' };
		}
	}
}
