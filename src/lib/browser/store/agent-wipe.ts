/**
 * What a till destroys once the office has revoked it: everything that opens anything. What stays is the
 * journal, how far it is, and the sums of the sales, so that what was not handed in can be exported.
 */
import type { AgentStore } from './agent.ts';
import { stored } from './store-fault.ts';

/** The owner of the till's own keys in `deviceKeys`. */
export const TILL_OWNER = 'till';

/** The same again changes nothing. @throws {StoreFault} */
export function wipeRevokedTill(store: AgentStore, deviceId: string, nowMs: number): Promise<void> {
	const tables = [
		...[store.till, store.vaults, store.sealed, store.gone, store.deviceKeys, store.operators],
		...[store.customers, store.packs, store.reserve, store.sales],
	];
	return stored(() =>
		store.transaction('rw', tables, async () => {
			const till = await store.till.get('till');
			if (till?.deviceId !== deviceId || till.revokedAtMs !== null) return;
			await store.deviceKeys.where('owner').notEqual(TILL_OWNER).delete();
			for (const table of [store.vaults, store.sealed, store.gone, store.operators])
				await table.clear();
			for (const table of [store.customers, store.packs, store.reserve]) await table.clear();
			// Nobody can open them any more; they are not left lying about either.
			const nothing = { iv: new Uint8Array(), octets: new Uint8Array() };
			await store.sales.toCollection().modify((sale, ctx) => {
				const sealed = { ...sale.sealed, ...nothing };
				ctx.value = { ...sale, sealed, drnTag: '', answer: null };
			});
			await store.till.put({ ...till, stop: 'revoked', revokedAtMs: nowMs });
		}),
	);
}
