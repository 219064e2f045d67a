/** One provisional receipt asked about: the last answer to what stands in the fields, and nothing of it kept. */
import { redeemClaim } from '#lib/browser/api/claims.ts';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { ClaimAnswer, ClaimRequest } from '#lib/core/sync/claim.ts';

export type AskForClaim = (request: ClaimRequest) => Promise<ApiOutcome<ClaimAnswer>>;

export class ClaimQuestion {
	asking = $state(false);
	/** Null: not asked yet, or something else stands in the fields since. */
	outcome = $state.raw<ApiOutcome<ClaimAnswer> | null>(null);
	readonly #ask: AskForClaim;
	/** Of the question whose answer is waited for: one that was given up answers nobody. */
	#latest = 0;

	constructor(ask: AskForClaim = redeemClaim) {
		this.#ask = ask;
	}

	/** Does nothing while a question is under way. */
	async ask(request: ClaimRequest): Promise<void> {
		if (this.asking) return;
		const asked = ++this.#latest;
		this.asking = true;
		const outcome = await this.#ask(request);
		if (asked !== this.#latest) return;
		this.asking = false;
		this.outcome = outcome;
	}

	/** The fields say something else now. */
	forget(): void {
		this.#latest += 1;
		this.asking = false;
		this.outcome = null;
	}
}
