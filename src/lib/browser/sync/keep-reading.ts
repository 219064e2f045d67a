/** What a person reads off their meter, kept on this device: by the clock that dates the purchases too. */
import { device } from '#lib/browser/device/device.ts';
import { serviceNow } from '#lib/browser/sync/service-clock.ts';
import { addReading } from '#lib/browser/store/use.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';

/**
 * By the device's own clock, what was bought a moment after would lie before it, on a phone that is fast.
 * @throws where the device cannot keep it
 */
export async function keepReading(
	store: TokenlineStore,
	drn: string,
	creditWh: number,
): Promise<void> {
	await addReading(store, { id: device.newId(), drn, atMs: serviceNow().ms, creditWh });
}
