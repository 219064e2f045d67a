/** A meter's free electricity as this device knows it now, and the tap that asks for it. */
import { wishFbe } from '#lib/browser/sync/wishes.ts';
import { fbeAskedOf, fbeHeardOf } from '#lib/core/sync/fbe.ts';
import { decideFbeStanding, type FbeStanding } from '#lib/core/vending/fbe-reminder.ts';
import { app } from './app.svelte.ts';
import { serviceClock } from './service-clock.svelte.ts';
import { HOME_CURRENCY } from './home-currency.ts';
import type { MeterLookUp } from './meter-look-up.svelte.ts';

export class FbeWatch {
	readonly lookUp: MeterLookUp;
	storing = $state(false);
	/** The tap was made and the device could not keep it. */
	failed = $state(false);

	constructor(lookUp: MeterLookUp) {
		this.lookUp = lookUp;
	}

	/** Without the backend: what is asked for now is fetched later. */
	get offline(): boolean {
		return app.connection === 'offline' || this.lookUp.outcome === 'unreachable';
	}

	/** The backend is being asked; a word of it is worth the moment's wait. */
	get waiting(): boolean {
		return this.lookUp.outcome === 'asking' && app.connection !== 'offline';
	}

	/** The utility gives none by app. */
	get off(): boolean {
		const { confirmation, outcome } = this.lookUp;
		return outcome === 'answered' && confirmation?.fbe === undefined;
	}

	/** Out of reach, and nothing was heard here: not of the meter, or not before a word of this was part of it. */
	get unheard(): boolean {
		const { confirmation, known, outcome } = this.lookUp;
		if (outcome === 'answered' || !this.offline || known === undefined) return false;
		return confirmation?.fbe === undefined;
	}

	/** Only whoever shows that the account's phone is theirs hears more. */
	get isForOwner(): boolean {
		return this.lookUp.confirmation?.fbe?.shown === 'to-owner';
	}

	/** Undefined: nothing was heard of this meter, or there is none by app. */
	readonly standing: FbeStanding | undefined = $derived.by(() => {
		const { confirmation, known, drn } = this.lookUp;
		const sales = app.sales.current;
		if (!confirmation || !sales) return undefined;
		const isStored = known?.confirmation.asOfMs === confirmation.asOfMs;
		const nowMs = serviceClock.now.ms;
		const heard = fbeHeardOf(confirmation, isStored ? known.fetchedAtMs : nowMs);
		return heard && decideFbeStanding(heard, fbeAskedOf(sales, drn), nowMs);
	});

	/** The tap. @returns the id under which it is asked for, or null when it could not be stored */
	async ask(): Promise<string | null> {
		if (this.storing) return null;
		this.storing = true;
		this.failed = false;
		const { confirmation, drn } = this.lookUp;
		try {
			return await wishFbe(app.store, {
				...{ drn, confirmation, offline: this.offline },
				currency: confirmation?.utility.currency ?? HOME_CURRENCY,
				month: this.standing?.kind === 'free' ? this.standing.month : null,
			});
		} catch {
			this.failed = true;
			this.storing = false;
			return null;
		}
	}
}
