/** A sale that is being put together: the meter, the amount, what it buys; then the tap, which stores it. */
import { begunSale, followSale, keepBegunSale } from '#lib/browser/device/begun.ts';
import { readMeters } from '#lib/browser/store/meters.ts';
import { stored, StoreFault } from '#lib/browser/store/store-fault.ts';
import { wishSale } from '#lib/browser/sync/wishes.ts';
import type { Currency } from '#lib/core/units/money.ts';
import { parsePhone } from '#lib/core/vending/phone-number.ts';
import { decideTypedAmount } from '#lib/ui/view/amount.ts';
import { priceOffer, type Offer } from '#lib/ui/view/offer.ts';
import { keepTrouble, type KeepTrouble } from '#lib/ui/view/keep-trouble.ts';
import { quickPicks } from '#lib/ui/view/quick-picks.ts';
import { app } from './app.svelte.ts';
import { HOME_CURRENCY } from './home-currency.ts';
import { Live } from './live.svelte.ts';
import type { MeterLookUp } from './meter-look-up.svelte.ts';
import { serviceClock } from './service-clock.svelte.ts';

/** Quick choices for a meter whose limits are not known, in major units. */
const USUAL_PICKS = [100, 200, 500, 1000];

export class SaleDraft {
	readonly lookUp: MeterLookUp;
	#text = $state('');
	/** The phone that the token is to be sent to too, as typed. */
	phoneText = $state('');
	/** The tap has been made: nothing more happens on this screen. */
	storing = $state(false);
	/** Why the device could not keep the sale when the tap was made; null: it could, or there was no tap. */
	fault = $state<KeepTrouble | null>(null);
	readonly #meters = new Live(() => readMeters(app.store));

	constructor(lookUp: MeterLookUp) {
		this.lookUp = lookUp;
		const begun = begunSale();
		if (begun?.drn === lookUp.drn) this.#text = begun.amountText;
	}

	/** The amount as typed: found again by who closes the page before the tap. */
	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text;
		keepBegunSale({ meterText: '', drn: this.lookUp.drn, amountText: text });
	}

	/** Without the backend: what is asked for now is paid later. */
	get offline(): boolean {
		return app.connection === 'offline' || this.lookUp.outcome === 'unreachable';
	}

	/** The backend is being asked whose meter this is; a word of it is worth the moment's wait. */
	get waiting(): boolean {
		return this.lookUp.outcome === 'asking' && app.connection !== 'offline';
	}

	/** Out of reach, and nothing of this meter is known here: only the amount can be said. */
	get unknownHere(): boolean {
		return this.offline && this.lookUp.known === null && this.lookUp.confirmation === null;
	}

	get currency(): Currency {
		const known = this.lookUp.confirmation ?? this.#meters.current?.[0]?.confirmation;
		return known?.utility.currency ?? HOME_CURRENCY;
	}

	get picks(): readonly number[] {
		const { confirmation } = this.lookUp;
		if (confirmation) return quickPicks(confirmation);
		return USUAL_PICKS.map((amount) => amount * 10 ** this.currency.minorDigits);
	}

	readonly amount = $derived.by(() =>
		decideTypedAmount(this.#text, this.currency, this.lookUp.confirmation),
	);

	/** What the amount buys; null without an amount or without a known meter. */
	readonly offer: Offer | null = $derived.by(() => {
		const { confirmation } = this.lookUp;
		if (!confirmation || !('amountMinor' in this.amount)) return null;
		return priceOffer(confirmation, this.amount.amountMinor, serviceClock.now.ms);
	});

	readonly phone = $derived.by(() => parsePhone(this.phoneText));

	/** A phone number was begun and is none: it would be a pity to send the token nowhere. */
	get phoneWrong(): boolean {
		return 'refusal' in this.phone && this.phone.refusal !== 'empty';
	}

	/** Whether the tap would store a sale. */
	get ready(): boolean {
		if (!('amountMinor' in this.amount) || this.phoneWrong) return false;
		return this.lookUp.confirmation ? this.offer !== null && 'waterfall' in this.offer : true;
	}

	/**
	 * The tap: stores the sale, once, before anything is sent.
	 * @returns its id, or null when there is nothing to store or it could not be
	 */
	async store(): Promise<string | null> {
		const { amount, offer } = this;
		if (this.storing || this.waiting || !this.ready || !('amountMinor' in amount)) return null;
		this.storing = true;
		this.fault = null;
		try {
			const id = await stored(() =>
				wishSale(app.store, {
					drn: this.lookUp.drn,
					amountMinor: amount.amountMinor,
					currency: this.currency,
					confirmation: this.lookUp.confirmation,
					waterfall: offer && 'waterfall' in offer ? offer.waterfall : null,
					offline: this.offline,
					notifyPhone: 'phone' in this.phone ? this.phone.phone : null,
				}),
			);
			keepBegunSale(null);
			followSale(id);
			return id;
		} catch (error) {
			this.fault = keepTrouble(error instanceof StoreFault ? error.kind : 'failed');
			this.storing = false;
			return null;
		}
	}
}
