/** What the till of this device has not handed in, told whenever it changes, in whatever tab. */
import { liveQuery } from 'dexie';
import { pendingRows } from '#lib/browser/store/agent-pending.ts';
import { openAgentStore, type AgentStore } from '#lib/browser/store/agent.ts';

/**
 * @param tell how many entries are not final @param name the database's; of tests
 * @returns what stops it @throws {StoreFault}
 */
export async function watchTill(tell: (rows: number) => void, name?: string): Promise<() => void> {
	const store = await openAgentStore(name);
	// A store that breaks tells nothing more: what is not known counts as under way.
	const subscription = liveQuery(() => pendingRows(store)).subscribe(tell, () => undefined);
	return () => {
		subscription.unsubscribe();
		store.close();
	};
}

/** Calls back once the office has revoked the till, whoever of this device hears it. @returns what stops it */
export function watchRevoked(store: AgentStore, onRevoked: () => void): () => void {
	const stop = async () => (await store.till.get('till'))?.stop;
	const subscription = liveQuery(stop).subscribe(
		(why) => why === 'revoked' && onRevoked(),
		() => undefined,
	);
	return () => subscription.unsubscribe();
}
