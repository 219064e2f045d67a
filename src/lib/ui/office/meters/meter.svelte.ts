/** One meter at the office's desk: whether it is sold to, and what was just decided about that. */
import type { OfficeMetersApi } from '#lib/browser/api/office-meters.ts';
import type { MeterBlock } from '#lib/core/sync/wire-blocks.ts';
import type { BlockWish } from '#lib/core/vending/block-meter.ts';
import { Asking, type SignedOut } from '../asking.svelte.ts';
import type { BlockDeed } from './block-form.ts';

type Api = Omit<OfficeMetersApi, 'listBlocked'>;

export class Meter {
	readonly drn: string;
	readonly asking: Asking;
	/** Of the sheet in which it is decided. */
	readonly deciding: Asking;
	readonly #api: Api;
	/** Undefined until it is known. */
	block = $state.raw<MeterBlock>();
	/** What was done here last; what is only proposed waits, which the meter itself says. */
	done = $state<BlockWish['deed']>();

	constructor(drn: string, api: Api, signedOut: SignedOut) {
		this.drn = drn;
		this.#api = api;
		this.asking = new Asking(signedOut);
		this.deciding = new Asking(signedOut);
	}

	async read(): Promise<void> {
		this.block = (await this.asking.ask(() => this.#api.readBlock(this.drn))) ?? this.block;
	}

	/**
	 * @param id one for each decision: after a lost answer the same is the same
	 * @returns whether it was done, or proposed
	 */
	async decide(id: string, deed: BlockDeed, wish: BlockWish): Promise<boolean> {
		const answer = await this.deciding.ask<object>(() => this.#send(id, deed, wish));
		if (answer === undefined) return false;
		// First what the meter is now: it is not said to be unblocked beside a meter that stands there as blocked.
		await this.read();
		this.done = deed === 'propose' ? undefined : deed;
		return true;
	}

	/** Nothing of what went before stands in a new sheet, or beside it. */
	begin(): void {
		this.deciding.trouble = undefined;
		this.done = undefined;
	}

	#send(id: string, deed: BlockDeed, wish: BlockWish) {
		return deed === 'propose' && wish.deed === 'unblock'
			? this.#api.proposeUnblock(id, this.drn, wish.reason, wish.note)
			: this.#api.decide(id, this.drn, wish);
	}
}
