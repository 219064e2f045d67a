/** One sale of this device, watched in the store, with what this device knows of its meter. */
import { followSale } from '#lib/browser/device/begun.ts';
import { device } from '#lib/browser/device/device.ts';
import { askMoney } from '#lib/browser/sync/ask-money.ts';
import { isMoneyToAsk } from '#lib/ui/view/sale-money.ts';
import { confirmAgain, withdraw } from '#lib/browser/sync/wishes.ts';
import { readSale, type Sale } from '#lib/browser/store/sales.ts';
import { app } from './app.svelte.ts';
import { Live } from './live.svelte.ts';
import { MeterLookUp } from './meter-look-up.svelte.ts';

export class SaleWatch {
	readonly id: string;
	/** A tap is being carried out: others do nothing. */
	busy = $state(false);
	/** The person wished to take it back, and it was too late. */
	tooLate = $state(false);
	/** The backend is being asked about the money. */
	asking = $state(false);
	readonly #sale: Live<Sale | null>;
	readonly #successor: Live<string | null>;

	constructor(id: string) {
		this.id = id;
		this.#sale = new Live(async () => (await readSale(app.store, id)) ?? null);
		this.#successor = new Live(async () => {
			const next = await app.store.outbox.filter(({ supersedes }) => supersedes === id).first();
			return next?.id ?? null;
		});
	}

	/** Undefined until read; null when this device has none under that id. */
	get sale(): Sale | null | undefined {
		return this.#sale.current;
	}

	/** The sale that took this one's place. */
	get successor(): string | null {
		return this.#successor.current ?? null;
	}

	/** A value of its own, so that a sale that moves does not start its meter's look-up anew. */
	readonly #drn = $derived(this.sale?.row.request.drn);

	/** The meter, to be asked for when the sale has to be confirmed. */
	readonly lookUp: MeterLookUp | null = $derived(
		this.#drn === undefined ? null : new MeterLookUp(this.#drn),
	);

	/** Agrees to the price that the backend named. @returns the new sale's id, or null when it could not */
	async agree(): Promise<string | null> {
		if (this.busy || this.lookUp?.outcome !== 'answered') return null;
		this.busy = true;
		try {
			const { confirmation } = this.lookUp;
			const id =
				(await app.keep(() => confirmAgain(app.store, this.id, confirmation)))?.kept ?? null;
			if (id === null) return null;
			followSale(id);
			app.kick();
			return id;
		} finally {
			this.busy = false;
		}
	}

	/** Asks the backend where the money is, unless it was asked a moment ago. @param everyMs not more often */
	async askMoney(everyMs: number): Promise<void> {
		const { sale } = this;
		if (!sale || this.asking || app.connection !== 'online') return;
		if (!isMoneyToAsk(sale.progress, device.nowMs(), everyMs)) return;
		this.asking = true;
		try {
			const { store, api } = app;
			await askMoney({ store, api, now: device.nowMs, keep: (work) => app.keep(work) }, sale);
		} finally {
			this.asking = false;
		}
	}

	async takeBack(): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		let isTaken = false;
		try {
			const taken = await app.keep(() => withdraw(app.store, this.id));
			this.tooLate = taken?.kept === false;
			isTaken = taken?.kept === true;
		} finally {
			// What is shown of it is a moment old: a second tap would be told that it was too late.
			this.busy = isTaken;
		}
	}
}
