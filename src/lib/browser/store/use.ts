/** What this device knows of how a meter is used: tokens that came here, and readings that a person told. */
import type { UseFacts } from '#lib/core/vending/use-facts.ts';
import type { KnownMeter, StoredReading, TokenlineStore } from './store.ts';

export interface MeterUse extends UseFacts {
	readonly readings: readonly StoredReading[];
	/** Null: this device has forgotten it, or never asked whose it is. */
	readonly meter: KnownMeter | null;
	/** Free energy that the meter got last, 0.1 kWh; 0: none that is known of. */
	readonly freeDeciKwh: number;
	/** What was last paid for a token, minor units; null: nothing was. */
	readonly lastPaidMinor: number | null;
}

export async function readUse(store: TokenlineStore, drn: string): Promise<MeterUse> {
	const tables = [store.outbox, store.progress, store.readings, store.meters];
	return store.transaction('r', tables, async () => {
		const ids = await store.outbox.where('request.drn').equals(drn).primaryKeys();
		const progress = await store.progress.bulkGet(ids);
		const receipts = progress
			.flatMap((at) => (at?.answer?.state === 'issued' ? [at.answer.receipt] : []))
			.sort((one, other) => one.issuedAtMs - other.issuedAtMs);
		const free = receipts.findLast(({ kind }) => kind === 'fbe');
		const paid = receipts.findLast(({ waterfall }) => waterfall.tenderedMinor > 0);
		return {
			bought: receipts.map(({ issuedAtMs, waterfall, roundingGainDeciKwh }) => ({
				atMs: issuedAtMs,
				// The token carries what its field rounds up to.
				energyDeciKwh: waterfall.energyDeciKwh + roundingGainDeciKwh,
			})),
			readings: await store.readings.where('drn').equals(drn).sortBy('atMs'),
			meter: (await store.meters.get(drn)) ?? null,
			freeDeciKwh: free?.waterfall.energyDeciKwh ?? 0,
			lastPaidMinor: paid?.waterfall.tenderedMinor ?? null,
		};
	});
}

export async function addReading(store: TokenlineStore, reading: StoredReading): Promise<void> {
	await store.readings.add(reading);
}

export async function removeReading(store: TokenlineStore, id: string): Promise<void> {
	await store.readings.delete(id);
}
