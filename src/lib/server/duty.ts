/** What this process has under way, and whether it still takes more: so that it can end without cutting anything off. */
export interface Duty {
	/** From the first sign that the process is to end; `/readyz` says so, so that nobody new is sent here. */
	readonly stopping: boolean;
	stop(): void;
	/** Runs a piece of work as something that the end waits for. */
	during<Result>(work: () => Promise<Result>): Promise<Result>;
	/** Waits until nothing is under way, at most this long; answers whether nothing is. */
	idle(withinMs: number): Promise<boolean>;
}

export function makeDuty(): Duty {
	let stopping = false;
	const underWay = new Set<Promise<unknown>>();
	return {
		get stopping() {
			return stopping;
		},
		stop() {
			stopping = true;
		},
		async during(work) {
			const one = work();
			underWay.add(one);
			try {
				return await one;
			} finally {
				underWay.delete(one);
			}
		},
		async idle(withinMs) {
			let timer: NodeJS.Timeout | undefined;
			const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
			const done = (async () => {
				while (underWay.size > 0) await Promise.allSettled(underWay);
			})();
			await Promise.race([done, late]);
			clearTimeout(timer);
			return underWay.size === 0;
		},
	};
}
