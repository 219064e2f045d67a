/**
 * The one store, outbox and connection of this page, made when the app starts in a browser. Screens read
 * `app.connection` and live queries, and wish through `browser/sync/wishes`.
 */
import { api } from '#lib/browser/api/api.ts';
import { device } from '#lib/browser/device/device.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import { startOutboxRunner, type OutboxRunner } from '#lib/browser/sync/outbox-runner.ts';

class App {
	readonly store = new TokenlineStore();
	readonly api = api;
	connection = $state<Connection>('unknown');
	sending = $state(false);
	#runner: OutboxRunner | undefined;

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
		return () => this.#runner?.stop();
	}

	/** A sale was stored: the outbox looks at it at once. */
	kick(): void {
		this.#runner?.kick();
	}

	/** A person asks: everything waiting is tried now. */
	async tryNow(): Promise<Connection> {
		return (await this.#runner?.tryNow()) ?? 'unknown';
	}
}

export const app = new App();
