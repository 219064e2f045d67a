/**
 * One meter, looked up: what this device knows of it is shown at once, what the backend says replaces it.
 */
import { rememberMeter } from '#lib/browser/store/meters.ts';
import type { KnownMeter } from '#lib/browser/store/store.ts';
import type { MeterConfirmation, Problem } from '#lib/core/sync/wire.ts';
import { canTryAgain, isRefusalCode, type RefusalCode } from '#lib/core/vending/refusals.ts';
import { app } from './app.svelte.ts';
import { Live } from './live.svelte.ts';
import { serviceClock } from './service-clock.svelte.ts';

/** How the last question to the backend ended; `asking` before the first has. */
export type LookUpOutcome = 'asking' | 'answered' | 'refused' | 'unreachable';

/** After this long without an answer a person may go on with what this device knows. */
const PATIENCE_MS = 5_000;

export class MeterLookUp {
	readonly drn: string;
	outcome = $state<LookUpOutcome>('asking');
	/** Why the backend does not sell for it. */
	code = $state<RefusalCode | null>(null);
	#heard = $state.raw<MeterConfirmation | null>(null);
	readonly #known: Live<KnownMeter | null>;
	#before: KnownMeter | null | undefined;
	#asking = false;

	constructor(drn: string) {
		this.drn = drn;
		this.#known = new Live(async () => (await app.store.meters.get(drn)) ?? null);
	}

	/** What this device has stored: undefined until read, null for a meter it has never seen. */
	get known(): KnownMeter | null | undefined {
		return this.#known.current;
	}

	/** What this device has is read, or cannot be. */
	get isRead(): boolean {
		return this.#known.isRead;
	}

	/** What this device knew before the backend's answer, which is stored in its place. */
	get before(): KnownMeter | null | undefined {
		return this.outcome === 'answered' ? this.#before : this.known;
	}

	/** The backend's word, or the stored one while there is none. */
	get confirmation(): MeterConfirmation | null {
		return this.#heard ?? this.known?.confirmation ?? null;
	}

	/** Asks the backend. Does nothing while a question is under way. */
	async ask(): Promise<void> {
		if (this.#asking) return;
		this.#asking = true;
		const patience = setTimeout(() => {
			if (this.outcome === 'asking') this.outcome = 'unreachable';
		}, PATIENCE_MS);
		const outcome = await app.api.confirmMeter(this.drn);
		clearTimeout(patience);
		this.#asking = false;
		switch (outcome.kind) {
			case 'answer':
				this.#before = this.before;
				this.#heard = outcome.answer;
				serviceClock.hear(outcome.answer.asOfMs);
				this.code = null;
				this.outcome = 'answered';
				return this.#remember(outcome.answer);
			case 'problem':
				return this.#refuse(outcome.problem);
			case 'unknown':
				this.outcome = 'unreachable';
		}
	}

	#refuse({ code }: Problem): void {
		// A refusal that passes by itself says nothing about the meter.
		const final = isRefusalCode(code) && !canTryAgain(code);
		this.code = final ? code : null;
		this.outcome = final ? 'refused' : 'unreachable';
	}

	async #remember(confirmation: MeterConfirmation): Promise<void> {
		try {
			await rememberMeter(app.store, confirmation, serviceClock.now.ms);
		} catch {
			// A full or closed storage: this screen has what it needs, and the next visit asks again.
		}
	}
}
