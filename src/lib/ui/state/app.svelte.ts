/**
 * The one store, outbox and connection of this page, made when the app starts in a browser. Screens read
 * `app.connection` and live queries, and wish through `browser/sync/wishes`.
 */
import { untrack } from 'svelte';
import { api } from '#lib/browser/api/api.ts';
import { keepStorage, registerApp, type AppUpdate } from '#lib/browser/device/app-update.ts';
import { device } from '#lib/browser/device/device.ts';
import { hasAgentStore } from '#lib/browser/store/agent-presence.ts';
import { readSales } from '#lib/browser/store/sales.ts';
import { stored, StoreFault } from '#lib/browser/store/store-fault.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import { holdTask, readHeld, watchHeld, type Held } from '#lib/browser/sync/held-here.ts';
import { startOutboxRunner, type OutboxRunner } from '#lib/browser/sync/outbox-runner.ts';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import { isFinal } from '#lib/core/sync/outbox.ts';
import { mayUpdate } from '#lib/core/sync/update-gate.ts';
import { keepTrouble } from '#lib/ui/view/keep-trouble.ts';
import { offerOf } from '#lib/ui/view/update-offer.ts';
import { isAtKeypad } from '#lib/ui/view/ways.ts';
import { Live } from './live.svelte.ts';
import { serviceClock } from './service-clock.svelte.ts';

class App {
	readonly store = new TokenlineStore();
	readonly api = api;
	connection = $state<Connection>('unknown');
	sending = $state(false);
	/** Every sale of this device, the newest first. */
	readonly sales = new Live(() => readSales(this.store));
	/** Sales that still need the network, the backend or the person. */
	readonly openSales = $derived(
		(this.sales.current ?? []).filter(({ progress }) => !isFinal(progress.state)),
	);
	/** Why the outbox, and why a person's own last deed, could not be written down; null: it could. */
	#outboxFault = $state<StoreFaultKind | null>(null);
	#ownFault = $state<StoreFaultKind | null>(null);
	readonly #fault = $derived(this.#ownFault ?? this.#outboxFault);
	/** Why this device keeps nothing now, by the name of its sentence; null: it keeps. */
	readonly keepTrouble = $derived(this.#fault && keepTrouble(this.#fault));
	#newVersion = $state(false);
	/** The screen in sight was made with room for the offer of a new version. */
	#hasOfferRoom = $state(false);
	/** What the till of this device, where it is one, has not handed in; null: not known. */
	#tillRows = $state<number | null>(null);
	/** Of this tab, and what all tabs hold on to; null: not known yet. */
	#tasks = $state(0);
	#held = $state<Held | null>(null);
	/** A new version of the app is here, and nothing is on its way in any tab: it may be offered. */
	readonly canUpdate = $derived(
		this.#isIdle(this.sales.current ? this.openSales.length : null, this.#held),
	);
	/** How a new version stands on the screen: nothing of it, its room alone, or the offer. */
	readonly updateOffer = $derived(offerOf(this.#hasOfferRoom, this.canUpdate));
	#runner: OutboxRunner | undefined;
	#update: AppUpdate | null = null;

	/** Starts the outbox; called once by the root layout. Returns what stops it. */
	start(): () => void {
		const { store } = this;
		this.#runner = startOutboxRunner(
			{ store, api, now: device.nowMs, chance: device.chance },
			({ connection, sending, fault }) => {
				this.connection = connection;
				this.sending = sending;
				this.#outboxFault = fault;
			},
			(serviceMs) => serviceClock.hear(serviceMs),
		);
		const onNewVersion = () => this.#onNewVersion();
		const mayLoad = () => this.#mayUpdateNow();
		void registerApp({ onNewVersion, mayLoad }).then((update) => (this.#update = update));
		return () => this.#runner?.stop();
	}

	/** From now on it counts what other tabs and the till have under way, whose code is loaded where there is one only. */
	#onNewVersion(): void {
		if (this.#newVersion) return;
		this.#newVersion = true;
		if (document.hidden) this.makeOfferRoom();
		watchHeld(navigator.locks, (held) => (this.#held = held));
		void this.#watchTill().catch(() => (this.#tillRows = null));
	}

	async #watchTill(): Promise<void> {
		if (!(await hasAgentStore())) {
			this.#tillRows = 0;
			return;
		}
		const { watchTill } = await import('#lib/browser/sync/watch-till.ts');
		await watchTill((rows) => (this.#tillRows = rows));
	}

	/** A sale was stored: the outbox looks at it at once, and the browser is asked to keep it. */
	kick(): void {
		this.#runner?.kick();
		void keepStorage();
	}

	/**
	 * Writes what a person did. Where the device cannot, nothing is half written, and every screen says so until
	 * something can be written again.
	 * @returns what the work came to, or undefined: nothing was kept
	 */
	async keep<T>(work: () => PromiseLike<T>): Promise<{ readonly kept: T } | undefined> {
		try {
			const kept = await stored(work);
			this.#ownFault = null;
			return { kept };
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			this.#ownFault = error.kind;
			return undefined;
		}
	}

	/** Nobody reads what is on the screen: it is another one, or it is out of sight. */
	makeOfferRoom(): void {
		this.#hasOfferRoom = this.#newVersion && !isAtKeypad(location.pathname);
	}

	/** The person agreed to the new version. What any tab is in the middle of is finished first. */
	async takeNewVersion(): Promise<void> {
		if (await this.#mayUpdateNow()) this.#update?.takeOver();
	}

	/** Asked anew of the store and of every tab: what this page shows of them may be a moment old. */
	async #mayUpdateNow(): Promise<boolean> {
		const [sales, held] = await Promise.all([
			readSales(this.store).catch(() => null),
			readHeld(navigator.locks),
		]);
		this.#held = held;
		const open = sales?.filter(({ progress }) => !isFinal(progress.state)).length;
		return this.#isIdle(open ?? null, held);
	}

	#isIdle(openSales: number | null, held: Held | null): boolean {
		if (!this.#newVersion || held === null) return false;
		const tasks = Math.max(this.#tasks, held.tasks);
		return mayUpdate({ openSales, tillRows: this.#tillRows, meters: held.meters, tasks });
	}

	/** No tab is offered a new version until what this returns is called: a person is in the middle of something. */
	beginTask(): () => void {
		untrack(() => (this.#tasks += 1));
		const letGo = holdTask(navigator.locks);
		return () => {
			letGo();
			untrack(() => (this.#tasks -= 1));
		};
	}

	/** A person asks: everything waiting is tried now. */
	async tryNow(): Promise<Connection> {
		return (await this.#runner?.tryNow()) ?? 'unknown';
	}
}

export const app = new App();
