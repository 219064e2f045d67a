/** The meters this device knows, the last used first. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { decideNickname, type NicknameRefusal } from '#lib/core/vending/nickname.ts';
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

/**
 * Names a meter, or takes its name away with an empty text. Read and written in one transaction, so that two
 * tabs never give two meters one name.
 * @returns why it is not named; undefined: it is, or this device no longer knows the meter
 */
export async function nameMeter(
	store: TokenlineStore,
	drn: string,
	text: string,
): Promise<NicknameRefusal | undefined> {
	return store.transaction('rw', store.meters, async () => {
		const others = (await store.meters.toArray()).filter((meter) => meter.drn !== drn);
		const decided = decideNickname(text, nicknamesOf(others));
		if ('refusal' in decided) return decided.refusal;
		await store.meters.update(drn, { nickname: decided.nickname });
		return undefined;
	});
}

/** The nicknames among meters, as `decideNickname` is given them. */
export const nicknamesOf = (meters: readonly KnownMeter[]): string[] =>
	meters.flatMap(({ nickname }) => nickname ?? []);
/** No word of free electricity any more in a month, `2026-11`. */
export async function waveOffFbe(store: TokenlineStore, drn: string, month: string): Promise<void> {
	await store.meters.update(drn, { fbeWavedOff: month });
}

export async function forgetMeter(store: TokenlineStore, drn: string): Promise<void> {
	await store.meters.delete(drn);
}
