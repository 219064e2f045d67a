/**
 * The one store, outbox and connection of this page, made when the app starts in a browser. Screens read
 * `app.connection` and live queries, and wish through `browser/sync/wishes`.
 */
import { api } from '#lib/browser/api/api.ts';
import { keepStorage, registerApp, type AppUpdate } from '#lib/browser/device/app-update.ts';
import { device } from '#lib/browser/device/device.ts';
import { readSales } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import { startOutboxRunner, type OutboxRunner } from '#lib/browser/sync/outbox-runner.ts';
import { isFinal } from '#lib/core/sync/outbox.ts';
import { Live } from './live.svelte.ts';

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
	#newVersion = $state(false);
	/** A new version of the app waits, and no sale is on its way: it may be offered. */
	readonly canUpdate = $derived(this.#newVersion && this.openSales.length === 0);
	#runner: OutboxRunner | undefined;
	#update: AppUpdate | null = null;

	/** Starts the outbox; called once by the root layout. Returns what stops it. */
	start(): () => void {
		const { store } = this;
		this.#runner = startOutboxRunner(
			{ store, api, now: device.nowMs, chance: device.chance },
			({ connection, sending }) => {
				this.connection = connection;
				this.sending = sending;
			},
		);
		void registerApp(() => (this.#newVersion = true)).then((update) => (this.#update = update));
		return () => this.#runner?.stop();
	}

	/** A sale was stored: the outbox looks at it at once, and the browser is asked to keep it. */
	kick(): void {
		this.#runner?.kick();
		void keepStorage();
	}

	/** The person agreed to the new version. */
	takeNewVersion(): void {
		if (this.canUpdate) this.#update?.takeOver();
	}

	/** A person asks: everything waiting is tried now. */
	async tryNow(): Promise<Connection> {
		return (await this.#runner?.tryNow()) ?? 'unknown';
	}
}

export const app = new App();
