/**
 * The sale that is being made at the desk: the meter, the amount, the money, and what came of it. The decisions
 * are in `ui/agent/view`; here they are carried out, in the order in which somebody wishes.
 */
import type {
	OpenedSale,
	Priced,
	SealedToken,
	SellOutcome,
	TillDesk,
} from '#lib/browser/sync/till-desk.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import { readScannedText } from '#lib/core/sync/scanned-text.ts';
import type { ScanRefusal } from '#lib/core/vending/scan-refusals.ts';
import { parsePhone } from '#lib/core/vending/phone-number.ts';
import type { TenderMethod } from '#lib/core/sync/wire.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import type { Currency } from '#lib/core/units/money.ts';
import type { Timer } from '#lib/link/transport.ts';
import { decideTypedAmount, typedFrom } from '#lib/ui/view/amount.ts';
import { decideMeterVerdict } from '#lib/ui/view/meter-verdict.ts';
import { quickPicks } from '#lib/ui/view/quick-picks.ts';
import { stepBack, type SellStep } from '../view/sell-step.ts';
import type { NotSold } from '../view/not-sold.ts';
import { viewSight } from '../view/sight-view.ts';
import { decideTender, quickNotes } from '../view/tender.ts';

/** The desk, as far as selling needs it. */
export type SellDesk = Pick<
	TillDesk,
	| 'lookUp'
	| 'price'
	| 'sealedFor'
	| 'recentSame'
	| 'sell'
	| 'payRefund'
	| 'handOver'
	| 'openShift'
	| 'tryNow'
	| 'hold'
>;

export interface SellPorts {
	readonly desk: SellDesk;
	/** Of the utility that the till sells for. */
	readonly currency: Currency;
	readonly timer: Timer;
	/** Puts the sale's paper into the printer's queue, if that is set; selling never waits for it. */
	readonly printAtOnce: (sale: OpenedSale) => void;
	/** The same, because somebody wants it. */
	readonly print: (sale: OpenedSale) => void;
	/** Somebody holds a claim code to the reader instead of a meter. */
	readonly claimed: (claim: { readonly code: string; readonly drn: string | null }) => void;
	/** The edge says what it was; it is not the sale's matter. */
	readonly tell: (error: unknown) => void;
}

/** Quick choices for a meter whose limits are not known, in major units. */
const USUAL_PICKS = [100, 200, 500, 1_000];
/** After the last key: a person types faster than that. */
const PRICE_AFTER_MS = 250;
/** So long a tap waits for a price that is on its way; then it is sold without one. */
const PRICE_WITHIN_MS = 1_500;

/** What came of the last tap; a fault of the device is told as one more reason why nothing was sold. */
export type SellResult =
	| Exclude<SellOutcome, { readonly kind: 'not-sold' }>
	| { readonly kind: 'not-sold'; readonly because: NotSold };

type RefusedSale = Pick<OpenedSale['row'], 'id' | 'method' | 'amountMinor'>;

export class Sell {
	step = $state<SellStep>('meter');
	meterText = $state('');
	/** Enter was pressed: what is missing of the number is then said. */
	meterDone = $state(false);
	scanRefusal = $state<ScanRefusal | null>(null);
	drn = $state<string | null>(null);
	amountText = $state('');
	method = $state<TenderMethod>('cash');
	tenderedText = $state('');
	/** Where the token goes too, as typed. */
	phoneText = $state('');
	/** A tap met a number that is none: what is wrong is then said. */
	phoneAsked = $state(false);
	/** The token that is here, sealed, for just this meter and amount: a tap reveals it. */
	sealed = $state.raw<SealedToken | null>(null);
	/** What the amount buys; undefined: being looked up, or no amount. */
	priced = $state.raw<Priced>();
	pricing = $state(false);
	result = $state.raw<SellResult>();
	/** When the same was sold a moment ago. */
	sameAtMs = $state<number | null>(null);
	/** The money of a refused sale went back. */
	refunded = $state(false);
	busy = $state(false);
	#sight = $state.raw<Awaited<ReturnType<TillDesk['lookUp']>>>();
	#track2 = $state<string | null>(null);
	#replaces: string | null = null;
	#ports: SellPorts;
	/** Counts what was asked, so that a late answer to an earlier question is passed over. */
	#asked = 0;
	#price: Promise<void> = Promise.resolve();
	#cancelPrice: () => void = () => undefined;
	/** What was held to the reader instead of a meter; null: nothing. Kept here, never in an address. */
	claim = $state.raw<Parameters<SellPorts['claimed']>[0] | null>(null);

	constructor(ports: SellPorts) {
		this.#ports = ports;
	}

	readonly verdict = $derived(decideMeterVerdict(this.meterText, this.meterDone));
	readonly sight = $derived(viewSight(this.#sight, this.#track2 !== null));
	readonly confirmation = $derived(this.sight.kind === 'known' ? this.sight.confirmation : null);
	readonly currency = $derived.by(
		() => this.confirmation?.utility.currency ?? this.#ports.currency,
	);
	readonly amount = $derived.by(() =>
		decideTypedAmount(this.amountText, this.currency, this.confirmation),
	);
	readonly amountMinor = $derived('amountMinor' in this.amount ? this.amount.amountMinor : null);
	readonly picks = $derived.by(() =>
		this.confirmation
			? quickPicks(this.confirmation)
			: USUAL_PICKS.map((pick) => pick * 10 ** this.currency.minorDigits),
	);
	readonly notes = $derived.by(() =>
		this.amountMinor === null ? [] : quickNotes(this.amountMinor, this.currency),
	);
	readonly tender = $derived.by(() =>
		decideTender(this.tenderedText, this.amountMinor ?? 0, this.method, this.currency),
	);
	readonly phone = $derived(parsePhone(this.phoneText));
	/** The backend, or what is known here, says that this amount cannot be sold. */
	readonly priceProblem = $derived(this.priced?.kind === 'problem' ? this.priced.problem : null);
	readonly canPay = $derived(
		this.amountMinor !== null && this.sight.kind !== 'refused' && this.priceProblem === null,
	);

	// The meter

	/** What stands in the field, typed or by a reader that types. */
	submitMeter(): void {
		const decided = decideMeterNumber(this.meterText);
		if ('drn' in decided) return this.takeMeter(decided.drn);
		// A reader may have typed an address or a card into the field.
		const text = latinDigits(this.meterText);
		if (/[^\d\s-]/.test(text) || text.replace(/\D/g, '').length > 13)
			return this.scanned(this.meterText);
		this.meterDone = true;
	}

	/** Whatever a camera or a card reader has read: nothing of it is kept but what is known for a meter. */
	scanned(text: string): void {
		const scanned = readScannedText(text);
		this.meterText = '';
		this.meterDone = false;
		this.scanRefusal = null;
		switch (scanned.kind) {
			case 'meter':
				return this.takeMeter(scanned.drn);
			case 'meter-card':
				return this.takeMeter(scanned.drn, scanned.track2);
			case 'claim':
				this.claim = scanned;
				return this.#ports.claimed(scanned);
			case 'refused':
				this.scanRefusal = scanned.code;
		}
	}

	takeMeter(drn: string, track2: string | null = null): void {
		this.#forget();
		this.drn = drn;
		this.#track2 = track2;
		this.step = 'amount';
		void this.#lookUp(drn);
	}

	async #lookUp(drn: string): Promise<void> {
		const asked = ++this.#asked;
		const sight = await this.#ports.desk.lookUp(drn).catch(this.#tell);
		if (asked !== this.#asked) return;
		this.#sight = sight ?? { kind: 'unheard' };
		// The limits may be others now, and the price surely is known better.
		this.typeAmount(this.amountText);
	}

	// The amount

	typeAmount(text: string): void {
		this.amountText = text;
		this.#cancelPrice();
		this.priced = undefined;
		this.sealed = null;
		this.pricing = this.amountMinor !== null && this.sight.kind !== 'refused';
		if (!this.pricing) return;
		this.#cancelPrice = this.#after(PRICE_AFTER_MS, () => this.#askPrice());
	}

	pick(amountMinor: number): void {
		this.typeAmount(typedFrom(amountMinor, this.currency));
		this.#askPrice();
	}

	#askPrice(): void {
		this.#cancelPrice();
		const [drn, amountMinor] = [this.drn, this.amountMinor];
		if (drn === null || amountMinor === null || this.priced || this.sight.kind === 'refused')
			return;
		this.#price = this.#priceOf(drn, amountMinor);
	}

	async #priceOf(drn: string, amountMinor: number): Promise<void> {
		const sight = this.#sight ?? null;
		const { desk } = this.#ports;
		const [priced, sealed] = await Promise.all([
			desk.price(drn, amountMinor, sight).catch(this.#tell),
			this.#canReveal ? desk.sealedFor(drn, amountMinor).catch(this.#tell) : null,
		]);
		if (
			this.drn !== drn ||
			this.amountMinor !== amountMinor ||
			this.#sight !== (sight ?? undefined)
		)
			return;
		this.priced = priced ?? { kind: 'not-priced' };
		this.sealed = sealed ?? null;
		this.pricing = false;
	}

	/** A sealed token takes no other sale's place, and is for a meter that the office knows. */
	get #canReveal(): boolean {
		return this.#replaces === null && this.#track2 === null;
	}

	// The money

	toPay(): void {
		if (!this.canPay || this.drn === null || this.amountMinor === null) return;
		if (this.pricing) this.#askPrice();
		this.tenderedText = '';
		this.step = 'pay';
	}

	async payExact(): Promise<void> {
		this.tenderedText = '';
		await this.pay();
	}

	async payWith(tenderedMinor: number): Promise<void> {
		this.tenderedText = typedFrom(tenderedMinor, this.currency);
		await this.pay();
	}

	/**
	 * The tap; a second one does nothing. Asks when the same was sold a moment ago: looked up at the tap, because
	 * another tab may have sold it since, or a tap before this one whose end was never heard.
	 */
	async pay(): Promise<void> {
		if (this.step !== 'pay') return;
		if (!this.canPay) {
			// It was said meanwhile that this cannot be sold: why stands with the amount.
			this.step = 'amount';
			return;
		}
		const [drn, amountMinor] = [this.drn, this.amountMinor];
		if ('refusal' in this.tender || drn === null || amountMinor === null) return;
		this.phoneAsked = 'refusal' in this.phone && this.phone.refusal !== 'empty';
		if (this.phoneAsked) return;
		this.step = 'selling';
		const sameAtMs = await this.#ports.desk.recentSame(drn, amountMinor).catch(() => null);
		if (sameAtMs !== null) {
			this.sameAtMs = sameAtMs;
			this.step = 'again';
			return;
		}
		await this.#sell();
	}

	async sellAgain(): Promise<void> {
		if (this.step !== 'again') return;
		this.step = 'selling';
		await this.#sell();
	}

	async #sell(): Promise<void> {
		const [drn, amountMinor, tender] = [this.drn, this.amountMinor, this.tender];
		if (drn === null || amountMinor === null || 'refusal' in tender) return;
		const release = this.#ports.desk.hold();
		try {
			await this.#priceOrPatience();
			// A quick hand is ahead of the backend's no: nothing is taken for what cannot be sold.
			if (!this.canPay) {
				this.step = 'amount';
				return;
			}
			this.#ended(
				await this.#ports.desk.sell({
					...{ drn, amountMinor, sight: this.#sight ?? null, priced: this.priced ?? null },
					tender: { method: this.method, tenderedMinor: tender.tenderedMinor },
					...('phone' in this.phone && { notifyPhone: this.phone.phone }),
					...(this.#track2 !== null && { meter: { from: 'card', track2: this.#track2 } }),
					...(this.#replaces !== null && { replaces: this.#replaces }),
				}),
			);
		} catch (error) {
			// First: who is told may throw it on, and the sale would be under way for ever.
			this.#ended({ kind: 'not-sold', because: 'failed' });
			this.#tell(error);
		} finally {
			release();
		}
	}

	async #priceOrPatience(): Promise<void> {
		if (!this.pricing) return;
		let cancel: () => void = () => undefined;
		const patience = new Promise<void>((resolve) => {
			cancel = this.#after(PRICE_WITHIN_MS, resolve);
		});
		await Promise.race([this.#price, patience]);
		cancel();
	}

	#ended(result: SellResult): void {
		this.result = result;
		this.refunded = false;
		this.step = 'done';
		if (result.kind === 'issued' || result.kind === 'provisional')
			this.#ports.printAtOnce(result.sale);
	}

	// What came of it

	/** The sale as it is now: what was provisional may have its token while the customer still stands here. */
	heard(sale: OpenedSale): void {
		const { result } = this;
		if (result?.kind === 'issued' && result.sale.row.id === sale.row.id)
			this.result = { kind: 'issued', sale };
		if (result?.kind !== 'provisional' || result.sale.row.id !== sale.row.id) return;
		if (sale.row.state === 'issued') this.#ended({ kind: 'issued', sale });
		else if (sale.row.state === 'refused' || sale.row.state === 'dead-letter')
			this.#ended({ kind: 'refused', sale, code: sale.row.code ?? 'internal-error' });
	}

	/** The paper once more; of a sale that was not refused. */
	printAgain(): void {
		const { result } = this;
		if (result?.kind === 'issued' || result?.kind === 'provisional') this.#ports.print(result.sale);
	}

	/** Its token came late, and the customer still stood here: nothing of it is due any more. */
	async handOver(): Promise<void> {
		const { result } = this;
		if (result?.kind !== 'issued') return;
		await this.#during(() => this.#ports.desk.handOver(result.sale.row.id));
	}

	/** The money of a refused sale goes back over the counter. */
	async giveBack(): Promise<void> {
		const { result } = this;
		if (result?.kind !== 'refused' || this.refunded) return;
		await this.#during(async () => {
			await this.#ports.desk.payRefund(result.sale.row.id);
			this.refunded = true;
		});
	}

	/** Another sale for the same meter, in the place of the refused one: its money stays here. */
	sellInstead(): void {
		const { result, drn } = this;
		if (result?.kind !== 'refused' || drn === null) return;
		this.#takeInstead(result.sale.row, drn, this.#track2);
	}

	/** The same from the refund desk: the meter and the amount stand there, and the price is looked up anew. */
	startInstead(refused: RefusedSale, drn: string): void {
		this.#takeInstead(refused, drn);
		this.typeAmount(typedFrom(refused.amountMinor, this.currency));
	}

	/** Its money is here as it was given: a slip does not become notes in the drawer. */
	#takeInstead({ id, method }: RefusedSale, drn: string, track2: string | null = null): void {
		this.takeMeter(drn, track2);
		this.#replaces = id;
		if (method !== 'none') this.method = method;
	}

	/** Back to the amount after nothing was sold, with all that was typed. */
	changeAmount(): void {
		this.result = undefined;
		this.step = 'amount';
	}

	/** The same tap once more: nothing was sold by the one before. */
	async tryAgain(): Promise<void> {
		if (this.result?.kind !== 'not-sold') return;
		this.result = undefined;
		this.step = 'pay';
		await this.pay();
	}

	async openShiftAndSell(): Promise<void> {
		await this.#during(async () => {
			await this.#ports.desk.openShift();
			await this.tryAgain();
		});
	}

	async tryNow(): Promise<void> {
		await this.#during(() => this.#ports.desk.tryNow());
	}

	/** The next customer: one tap. */
	next(): void {
		this.#forget();
		this.step = 'meter';
	}

	/** The vault was locked: nothing of the customer stays here. What is being stored goes on, and is told. */
	putAway(): void {
		if (this.step !== 'selling') this.next();
	}

	back(): void {
		// Nothing was sold: what is behind it is the amount.
		if (this.step === 'done' && this.result?.kind === 'not-sold') return this.changeAmount();
		const to = stepBack(this.step);
		if (to === 'meter' && this.step !== 'meter') return this.next();
		this.step = to;
	}

	#forget(): void {
		this.#asked += 1;
		this.#cancelPrice();
		this.#sight = undefined;
		this.#track2 = this.#replaces = null;
		this.drn = this.scanRefusal = this.sameAtMs = this.claim = null;
		this.meterText = this.amountText = this.tenderedText = this.phoneText = '';
		this.meterDone = this.pricing = this.refunded = this.phoneAsked = false;
		this.sealed = null;
		this.method = 'cash';
		this.priced = this.result = undefined;
	}

	async #during(act: () => Promise<unknown>): Promise<void> {
		this.busy = true;
		try {
			await act();
		} catch (error) {
			this.#tell(error);
		} finally {
			this.busy = false;
		}
	}

	#after(afterMs: number, act: () => void): () => void {
		const { timer } = this.#ports;
		return timer.wakeAt(timer.nowMs() + afterMs, act);
	}

	#tell = (error: unknown): undefined => {
		this.#ports.tell(error);
		return undefined;
	};
}
