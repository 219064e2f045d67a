/**
 * Where opened secrets lie in memory: here and nowhere else. Who needs them borrows them, and gives them back
 * when they are called for; then they are overwritten with zeros, as far as a browser can: it may have copied
 * them where no script reaches.
 *
 * Always holds: what is on loan is not overwritten under the hands of whoever ciphers with it, unless it is
 * not given back in time.
 */
import type { Timer } from '#lib/link/transport.ts';

/** How long whoever has secrets on loan may take to let a meter go in good order. */
export const RECALL_GRACE_MS = 5_000;

export interface Loan<Secrets> {
	readonly secrets: Secrets;
	/** Aborted when they are to be given back: the vault was locked, or their time is over. */
	readonly recalled: AbortSignal;
	/** A second time does nothing. */
	giveBack(): void;
}

interface Kept<Secrets> {
	readonly secrets: Secrets;
	/** All octets to overwrite. */
	readonly octets: readonly Uint8Array[];
	readonly expiresAtMs: number | null;
	readonly recall: AbortController;
	loans: number;
}

export class Strongbox<Secrets> {
	readonly #timer: Timer;
	readonly #kept = new Map<string, Kept<Secrets>>();

	constructor(timer: Timer) {
		this.#timer = timer;
	}

	/** Takes secrets in under a name; what was there under it is dropped. */
	keep(
		name: string,
		secrets: Secrets,
		octets: readonly Uint8Array[],
		expiresAtMs: number | null,
	): void {
		this.drop(name);
		const recall = new AbortController();
		this.#kept.set(name, { secrets, octets, expiresAtMs, recall, loans: 0 });
	}

	/** Undefined: there are none under that name, or no more. */
	lend(name: string): Loan<Secrets> | undefined {
		const kept = this.#kept.get(name);
		if (!kept) return undefined;
		kept.loans += 1;
		let back = false;
		return {
			secrets: kept.secrets,
			recalled: kept.recall.signal,
			giveBack: () => {
				if (back) return;
				back = true;
				kept.loans -= 1;
				if (kept.loans === 0 && kept.recall.signal.aborted) overwrite(kept);
			},
		};
	}

	/** Calls secrets back, and overwrites them once nobody has them. */
	drop(name: string): void {
		const kept = this.#kept.get(name);
		if (!kept) return;
		this.#kept.delete(name);
		kept.recall.abort();
		if (kept.loans === 0) return overwrite(kept);
		this.#timer.wakeAt(this.#timer.nowMs() + RECALL_GRACE_MS, () => overwrite(kept));
	}

	/** Drops what has expired. @param nowMs seen time */
	dropExpired(nowMs: number): void {
		for (const [name, { expiresAtMs }] of this.#kept)
			if (expiresAtMs !== null && expiresAtMs <= nowMs) this.drop(name);
	}

	empty(): void {
		for (const name of [...this.#kept.keys()]) this.drop(name);
	}

	/** What somebody has on loan and was not called back. */
	lent(): string[] {
		return [...this.#kept].flatMap(([name, { loans }]) => (loans > 0 ? [name] : []));
	}

	/** What is in it, and not called back. */
	names(): string[] {
		return [...this.#kept.keys()];
	}
}

function overwrite({ octets }: Kept<unknown>): void {
	for (const each of octets) each.fill(0);
}
