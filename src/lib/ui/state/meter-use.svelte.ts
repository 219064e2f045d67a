/** How one meter's electricity goes, as this device knows it: live, so that a purchase in another tab counts. */
import { readUse, removeReading, type MeterUse } from '#lib/browser/store/use.ts';
import { keepReading } from '#lib/browser/sync/keep-reading.ts';
import type { BlockAdvice } from '#lib/core/vending/block-advice.ts';
import { boughtByMonth, type MonthBought } from '#lib/core/vending/bought-by-month.ts';
import { decideCreditLeft } from '#lib/core/vending/days-left.ts';
import { adviceFor } from '#lib/ui/view/advice.ts';
import { app } from './app.svelte.ts';
import { Live } from './live.svelte.ts';
import { serviceClock } from './service-clock.svelte.ts';

const MONTHS = 6;

export class MeterUseWatch {
	readonly drn: string;
	readonly #use: Live<MeterUse>;

	constructor(drn: string) {
		this.drn = drn;
		this.#use = new Live(() => readUse(app.store, drn));
	}

	/** Undefined until it was read. */
	get use(): MeterUse | undefined {
		return this.#use.current;
	}

	readonly left = $derived.by(() =>
		this.use ? decideCreditLeft(this.use, serviceClock.now.ms) : null,
	);

	/** The utility's zone; the device's own where the meter is not known here. */
	readonly timeZone = $derived.by(
		() =>
			this.use?.meter?.confirmation.utility.timeZone ??
			Intl.DateTimeFormat().resolvedOptions().timeZone,
	);

	readonly months: readonly MonthBought[] = $derived.by(() =>
		boughtByMonth(this.use?.bought ?? [], serviceClock.now.ms, this.timeZone, MONTHS),
	);

	/** For the amount that was paid last. */
	readonly advice: BlockAdvice | null = $derived.by(() => {
		const confirmation = this.use?.meter?.confirmation;
		if (!this.use || !confirmation) return null;
		return adviceFor(confirmation, this.use, this.use.lastPaidMinor ?? 0, serviceClock.now.ms);
	});

	/** @throws where the device cannot keep it */
	async keepReading(creditWh: number): Promise<void> {
		await keepReading(app.store, this.drn, creditWh);
	}

	/** Where the device cannot, every screen says so. */
	async takeBack(id: string): Promise<void> {
		await app.keep(() => removeReading(app.store, id));
	}
}
