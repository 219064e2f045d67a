/** Purchases being fetched again: whose, the code, what came. Nothing is kept before the person says so. */
import { requestFetchCode, fetchPurchases } from '#lib/browser/api/fetch.ts';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { FetchAnswer, FetchCodeAnswer, FetchedPurchase } from '#lib/core/sync/fetch.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

type Language = NonNullable<Parameters<typeof requestFetchCode>[0]['language']>;

/** What the page needs of the world; tests give their own. */
export interface FetchPorts {
	readonly requestCode: (
		request: Parameters<typeof requestFetchCode>[0],
	) => Promise<ApiOutcome<FetchCodeAnswer>>;
	readonly fetch: (
		request: Parameters<typeof fetchPurchases>[0],
	) => Promise<ApiOutcome<FetchAnswer>>;
	/** Keeps them on this device; answers the ids of those that are here now. */
	readonly keep: (purchases: readonly FetchedPurchase[], by: Whose) => Promise<string[]>;
}

export interface Whose {
	readonly drn: string;
	/** E.164. */
	readonly phone: string;
}

/** Why the last tap came to nothing. */
export type FetchTrouble = { readonly problem: Problem } | 'unknown' | 'not-kept';

export class FetchAgain {
	/** Whose purchases; null: not asked yet. */
	whose = $state.raw<Whose | null>(null);
	/** What came; null: the code is still to be typed. */
	found = $state.raw<FetchAnswer | null>(null);
	/** Ids of those that are kept here; null: none was asked to be. */
	kept = $state.raw<readonly string[] | null>(null);
	busy = $state(false);
	trouble = $state.raw<FetchTrouble | null>(null);
	readonly #ports: FetchPorts;
	/** Of the question whose answer is waited for: one that was given up answers nobody. */
	#latest = 0;

	constructor(ports: FetchPorts) {
		this.#ports = ports;
	}

	/** Asks for a code; the answer is the same whether there is anything to fetch. */
	async ask(whose: Whose, language: Language): Promise<void> {
		await this.#during(
			() => this.#ports.requestCode({ ...whose, language }),
			() => (this.whose = whose),
		);
	}

	/** @param code six digits */
	async enter(code: string): Promise<void> {
		const { whose } = this;
		if (whose === null) return;
		await this.#during(
			() => this.#ports.fetch({ ...whose, code }),
			(found) => (this.found = found),
		);
	}

	/** Back to the first step: another number, or another code. */
	again(): void {
		this.#latest += 1;
		this.busy = false;
		this.whose = null;
		this.found = null;
		this.kept = null;
		this.trouble = null;
	}

	async keep(): Promise<void> {
		const { whose, found } = this;
		if (this.busy || whose === null || found === null) return;
		this.busy = true;
		this.trouble = null;
		try {
			this.kept = await this.#ports.keep(found.purchases, whose);
		} catch {
			this.trouble = 'not-kept';
		} finally {
			this.busy = false;
		}
	}

	async #during<T>(ask: () => Promise<ApiOutcome<T>>, take: (answer: T) => void): Promise<void> {
		if (this.busy) return;
		const asked = ++this.#latest;
		this.busy = true;
		this.trouble = null;
		const outcome = await ask();
		if (asked !== this.#latest) return;
		this.busy = false;
		if (outcome.kind === 'answer') take(outcome.answer);
		else this.trouble = outcome.kind === 'problem' ? { problem: outcome.problem } : 'unknown';
	}
}
