/** What a till forgets: all of it once the office has revoked it, its people once it sells for somebody else. */
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';

/**
 * Everything that somebody could read goes: vaults, keys, customers, sales, sealed tokens, packs. What was not
 * handed in stays as it is, sealed to the backend, to be exported. The same again changes nothing.
 * @throws {StoreFault}
 */
export async function wipeRevokedTill(store: AgentStore, nowMs: number): Promise<void> {
	await stored(() =>
		store.transaction('rw', store.tables, async () => {
			const till = await store.till.get('till');
			if (!till) return;
			const revokedAtMs = till.revokedAtMs ?? nowMs;
			await store.till.put({ ...till, revokedAtMs, status: null, stop: 'revoked' });
			await forgetPeople(store);
			const { sales, batches, reserve, packs, prints, deviceKeys } = store;
			await deviceKeys.clear();
			for (const table of [sales, batches, reserve, packs, prints]) await table.clear();
			await forgetHandedIn(store);
		}),
	);
}

/** Within a transaction: those who stood here, and all that only they could open. */
export async function forgetPeople(store: AgentStore): Promise<void> {
	const { operators, vaults, sealed, gone, customers, deviceKeys } = store;
	for (const { operatorId } of await operators.toArray()) await deviceKeys.delete(operatorId);
	await operators.clear();
	await Promise.all([vaults.clear(), sealed.clear(), gone.clear(), customers.clear()]);
}

async function forgetHandedIn({ entries, progress }: AgentStore): Promise<void> {
	const arrived = await progress.where('state').anyOf('taken', 'done').toArray();
	const keys = arrived.map(({ deviceId, sequence }): [string, number] => [deviceId, sequence]);
	await entries.bulkDelete(keys);
	await progress.bulkDelete(keys);
}
