/** One vendor at the office's desk: its float, what is paid in, and the terms of its tills. */
import type { OfficeTillsApi } from '#lib/browser/api/office-tills.ts';
import type { OfflineTermsAnswer } from '#lib/core/sync/wire-till.ts';
import type { DepositAnswer, VendorAnswer } from '#lib/core/sync/wire-vendors.ts';
import type { OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import { Asking, type SignedOut } from '../asking.svelte.ts';

interface Surroundings {
	readonly api: OfficeTillsApi;
	readonly newId: () => string;
	readonly signedOut: SignedOut;
}

/** What is paid in: the same id as long as it is unknown whether it was taken, so that it is never twice. */
interface PayIn {
	readonly id: string;
	readonly key: string;
}

export class Agent {
	readonly vendorId: string;
	/** Reading, and the terms. */
	readonly asking: Asking;
	readonly payingIn: Asking;
	readonly #around: Surroundings;
	#unknown: PayIn | undefined;
	vendor = $state.raw<VendorAnswer>();
	terms = $state.raw<OfflineTermsAnswer>();

	constructor(vendorId: string, around: Surroundings) {
		this.vendorId = vendorId;
		this.#around = around;
		this.asking = new Asking(around.signedOut);
		this.payingIn = new Asking(around.signedOut);
	}

	async read(): Promise<void> {
		const { api } = this.#around;
		const vendor = await this.asking.ask(() => api.readVendor(this.vendorId));
		if (!vendor) return;
		this.vendor = vendor;
		this.terms = await this.asking.ask(() => api.readTerms(this.vendorId));
	}

	/** @returns whether they hold now */
	async setTerms(terms: OfflineTerms): Promise<boolean> {
		const { api } = this.#around;
		const wanted = {
			...terms,
			reserve: terms.reserve && {
				...terms.reserve,
				denominationsMinor: [...terms.reserve.denominationsMinor],
			},
		};
		const answer = await this.asking.ask(() => api.putTerms(this.vendorId, wanted));
		if (answer) this.terms = answer;
		return answer !== undefined;
	}

	/** @returns what was taken; undefined: nothing, as far as is known */
	async payIn(amountMinor: number, bankingReference: string): Promise<DepositAnswer | undefined> {
		const { api, newId } = this.#around;
		const { vendor } = this;
		if (!vendor || this.payingIn.busy) return undefined;
		const key = `${amountMinor} ${bankingReference}`;
		const { id } = this.#unknown?.key === key ? this.#unknown : { id: newId() };
		const currency = vendor.currency.code;
		this.#unknown = { id, key };
		const taken = await this.payingIn.ask(() =>
			api.payIn(id, { vendorId: this.vendorId, amountMinor, currency, bankingReference }),
		);
		if (this.payingIn.trouble?.kind !== 'no-answer') this.#unknown = undefined;
		if (taken) await this.#readFloat();
		return taken;
	}

	async #readFloat(): Promise<void> {
		const vendor = await this.payingIn.ask(() => this.#around.api.readVendor(this.vendorId));
		if (vendor) this.vendor = vendor;
	}
}
