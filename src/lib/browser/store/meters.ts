/** The meters this device knows, the last used first. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { KnownMeter, TokenlineStore } from './store.ts';

/** Keeps what a look-up said; the person's own word for the meter stays. */
export async function rememberMeter(
	store: TokenlineStore,
	confirmation: MeterConfirmation,
	nowMs: number,
): Promise<void> {
	await store.transaction('rw', store.meters, async () => {
		const old = await store.meters.get(confirmation.drn);
		await store.meters.put({
			drn: confirmation.drn,
			nickname: old?.nickname ?? null,
			...(old?.fbeWavedOff !== undefined && { fbeWavedOff: old.fbeWavedOff }),
			confirmation,
			fetchedAtMs: nowMs,
			lastUsedAtMs: nowMs,
		});
	});
}

export async function readMeters(store: TokenlineStore): Promise<KnownMeter[]> {
	return store.meters.orderBy('lastUsedAtMs').reverse().toArray();
}

/** Names a meter, or takes its name away with an empty text. */
export async function nameMeter(
	store: TokenlineStore,
	drn: string,
	nickname: string,
): Promise<void> {
	await store.meters.update(drn, { nickname: nickname.trim().slice(0, 40) || null });
}

/** No word of free electricity any more in a month, `2026-11`. */
export async function waveOffFbe(store: TokenlineStore, drn: string, month: string): Promise<void> {
	await store.meters.update(drn, { fbeWavedOff: month });
}

export async function forgetMeter(store: TokenlineStore, drn: string): Promise<void> {
	await store.meters.delete(drn);
}
