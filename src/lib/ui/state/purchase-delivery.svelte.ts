/**
 * Sending a purchase's tokens to its meter from this device: the ways to it, the connection, what became of
 * each token. The session is the technician's, with what a meter lets its owner do.
 *
 * Always holds: no secret is here to be sent; nothing but the question who it is goes to another meter than
 * the purchase's; one tab at a time works on a meter.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { device } from '#lib/browser/device/device.ts';
import { keepOlderIn, readKeypad, type KeypadFacts } from '#lib/browser/store/keypad.ts';
import { readMeterDelivery } from '#lib/browser/store/meter-deliveries.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { holdMeter } from '#lib/browser/sync/meter-hold.ts';
import { CONSUMER_PROFILE } from '#lib/core/dlms/profile/consumer-profile.ts';
import type { MeterProfile, StatusBits } from '#lib/core/dlms/profile/meter-profile.ts';
import type { DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import type { Delivery } from '#lib/core/field/delivery/delivery.ts';
import { currencyIn, type MeterCurrency } from '#lib/core/field/glance/payment.ts';
import { isVirtual } from '#lib/core/field/identity/told-number.ts';
import type { Connected, ConnectFailure, ConnectStep } from '#lib/link/connect-order.ts';
import { notTheMeter } from '#lib/link/not-the-meter.ts';
import { isRead, readAttributes } from '#lib/link/read-attributes.ts';
import { beginSession, rateAfter } from '#lib/ui/probe/begin-session.ts';
import { openOrder } from '#lib/ui/probe/open-order.ts';
import { PAGE_LOCKS } from '#lib/ui/probe/page-locks.ts';
import { MeterPorts } from '#lib/ui/probe/ports.svelte.ts';
import { type MeterWay, sameWay, takingOver } from '#lib/ui/probe/way.ts';
import { app } from './app.svelte.ts';
import { Live } from './live.svelte.ts';
import { type RunEnd, runPurchase, type RunWish, storedDelivery } from './purchase-delivery-run.ts';

/** What is being done. */
export type SendDoing =
	| { readonly kind: 'connecting'; readonly step: ConnectStep | undefined }
	| { readonly kind: 'sending'; readonly wish: DeliveryWish | undefined };

/** How the last attempt ended. */
export type SendEnd =
	| ConnectFailure
	| RunEnd
	/** Another tab of ours works on this meter. */
	| { readonly ended: 'other-tab' }
	/** The store did not take it: nothing was sent after that. */
	| { readonly ended: 'not-kept' };

export interface SendOptions {
	readonly wish?: RunWish;
	/** Takes the port from another tab of ours. */
	readonly takeOver?: boolean;
}

/** A consumer's device is nobody in particular: no message of it carries this. */
const DEVICE = 'consumer';
const ACCOUNT_CURRENCY = 15;

export class PurchaseDelivery {
	readonly id: string;
	readonly ports = new MeterPorts();
	readonly #facts: Live<KeypadFacts | null>;
	/** Undefined: nothing. */
	doing = $state.raw<SendDoing>();
	end = $state.raw<SendEnd>();
	/** What is known of the tokens; undefined: none was sent from here. */
	delivery = $state.raw<Delivery>();
	/** Of the meter's account, once it is read. */
	currency = $state.raw<Pick<MeterCurrency, 'name' | 'scaler'>>();
	/** What the bits beside a status mean, where the meter has said what it is. */
	bits = $state.raw<StatusBits>();
	/** The way that was taken last. */
	way = $state.raw<MeterWay>();
	/** Whether another tab of ours has the port that is busy. */
	heldByTab = $state(false);
	cancelling = $state(false);
	#attempt: AbortController | undefined;
	#lastBaud: number | undefined;

	constructor(id: string) {
		this.id = id;
		this.#facts = new Live(() => readKeypad(app.store, id));
	}

	/** Undefined until read; null when this device has no token under that purchase. */
	get facts(): KeypadFacts | null | undefined {
		return this.#facts.current;
	}

	/** Ways to the meter of this purchase. */
	get ways(): readonly MeterWay[] {
		const drn = this.facts?.entry.drn;
		return this.ports.ways.filter((way) => way.drn === undefined || way.drn === drn);
	}

	/** Other purchases for the meter are in, by the person's word. */
	async olderAreIn(ids: readonly string[]): Promise<void> {
		const { facts } = this;
		if (facts) await app.keep(() => keepOlderIn(app.store, facts, ids, device.nowMs()));
	}

	/** Looks what is kept, and what there is to connect by: a store that cannot be read hides no cable. */
	async look(): Promise<void> {
		try {
			const stored = storedDelivery(await readMeterDelivery(app.store, this.id));
			if (stored && 'refused' in stored) this.end = { ended: 'stored-damaged', because: stored };
			else if (!this.doing) this.delivery = stored;
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			this.end = { ended: 'not-kept' };
		}
		await this.ports.look();
	}

	/** Connects and sends; a second time while one is under way does nothing. Rejects for slips only. */
	async send(way: MeterWay, { wish, takeOver = false }: SendOptions = {}): Promise<void> {
		const { facts } = this;
		if (!facts || this.doing) return;
		this.doing = { kind: 'connecting', step: undefined };
		if (this.way?.id !== way.id) this.#lastBaud = undefined;
		this.way = way;
		this.#attempt = new AbortController();
		let letGo: (() => void) | undefined;
		try {
			letGo = await holdMeter(PAGE_LOCKS, facts.entry.drn);
			this.end = letGo
				? await this.#session(facts, takeOver ? takingOver(way) : way, wish)
				: { ended: 'other-tab' };
			this.heldByTab = (await way.isHeldByTab?.().catch(() => false)) ?? false;
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			this.end = { ended: 'not-kept' };
		} finally {
			letGo?.();
			this.doing = undefined;
			this.cancelling = false;
			this.#attempt = undefined;
		}
	}

	/** The same way again, where it is still there. */
	async again(options: SendOptions = {}): Promise<void> {
		await this.ports.look();
		const way = this.way && (sameWay(this.ways, this.way.id) ?? this.way);
		if (way) await this.send(way, options);
	}

	/** Ends it between two steps; a token on the line is waited for. */
	cancel(): void {
		this.cancelling = true;
		this.#attempt?.abort();
	}

	/** Another way is chosen: how the last one ended is no longer of interest. */
	forgetWay(): void {
		if (this.doing) return;
		this.way = undefined;
		this.end = undefined;
	}

	async #session(facts: KeypadFacts, way: MeterWay, wish: RunWish | undefined): Promise<SendEnd> {
		const { signal } = this.#attempt as AbortController;
		const { drn } = facts.entry;
		const connected = await beginSession({
			...{ way, signal, expected: { serialNumber: drn }, lastBaud: this.#lastBaud },
			order: openOrder(CONSUMER_PROFILE, DEVICE, 0),
			progress: (step) => (this.doing = { kind: 'connecting', step }),
		});
		if (connected.kind === 'failed') return connected;
		const { conversation, identity } = connected;
		try {
			// Asked once more: a number may stand in either of the meter's names.
			const other = notTheMeter(identity, drn);
			if (other) return other;
			this.ports.opened(way);
			return await this.#run(facts, connected, wish);
		} finally {
			await conversation.end();
			this.#lastBaud = rateAfter(identity, await conversation.ended);
		}
	}

	async #run(
		{ issued }: KeypadFacts,
		{ conversation, identity }: Connected,
		wish: RunWish | undefined,
	): Promise<RunEnd> {
		const { signal } = this.#attempt as AbortController;
		const profile: MeterProfile = isVirtual(identity)
			? { ...CONSUMER_PROFILE, tokenStatusBits: 'result-register' }
			: CONSUMER_PROFILE;
		this.bits = profile.tokenStatusBits;
		this.doing = { kind: 'sending', wish: undefined };
		const { receipt, tokens } = issued;
		const ended = await runPurchase({
			...{ store: app.store, timer: HOST_TIMER, profile, conversation, wish, signal },
			purchase: { id: this.id, drn: receipt.drn, issuedAtMs: receipt.issuedAtMs, tokens },
			tell: (delivery, doing) => {
				this.delivery = delivery;
				if (doing) this.doing = { kind: 'sending', wish: doing };
			},
		});
		if ('delivery' in ended) {
			this.delivery = ended.delivery;
			await this.#readCurrency(conversation, ended.delivery);
		}
		return ended;
	}

	/** In what the meter counts: without it no amount is shown. */
	async #readCurrency(conversation: Connected['conversation'], { place }: Delivery): Promise<void> {
		const target = { classId: 111, logicalName: place.account, attribute: ACCOUNT_CURRENCY };
		const read = await readAttributes(conversation, [target]);
		const [first] = isRead(read) ? read : [];
		this.currency =
			(first && 'data' in first ? currencyIn(first.data) : undefined) ?? this.currency;
	}
}
