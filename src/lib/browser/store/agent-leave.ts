/**
 * Somebody leaves a till, or is shut out of it: what is destroyed here is their vault, the keys in it, and the customers that were
 * sealed under them. The journal stays, and of their sales what stands in clear.
 */
import Dexie from 'dexie';
import { wipeOwner } from '#lib/browser/vault/sealed-rows.ts';
import type { OperatorHereRow } from './agent-rows.ts';
import { pendingRows } from './agent-pending.ts';
import type { AgentStore } from './agent.ts';
import { stored } from './store-fault.ts';

/** Of an operator's vault: sealed tokens whose answer has not come. Asked again under the same ids, they are the same. */
export const RESERVE_WISHES = 'reserve-wishes';

/** Why nobody is signed out, in order of precedence. */
export type LeaveRefusal =
	/** So many rows have not arrived. */
	| { readonly kind: 'rows-wait'; readonly count: number }
	/** So many of their sealed tokens are here, paid from the float and sold to nobody. */
	| { readonly kind: 'tokens-held'; readonly count: number }
	/** They asked for sealed tokens, and no answer has come. */
	| { readonly kind: 'tokens-asked' };

/** Signs an operator out: undefined, or nothing was destroyed and why. @throws {StoreFault} */
export function leaveTill(
	store: AgentStore,
	operatorId: string,
): Promise<LeaveRefusal | undefined> {
	return stored(() =>
		store.transaction('rw', store.tables, async () => {
			const refusal = await leaveRefusal(store, operatorId);
			if (refusal === undefined) await forgetOperator(store, operatorId);
			return refusal;
		}),
	);
}

async function leaveRefusal(
	store: AgentStore,
	operatorId: string,
): Promise<LeaveRefusal | undefined> {
	const count = await pendingRows(store);
	if (count > 0) return { kind: 'rows-wait', count };
	// A till that is stopped sells no token any more, and asks for none.
	if ((await store.till.get('till'))?.stop !== null) return undefined;
	const sealed = store.reserve.where('state').equals('sealed');
	const held = await sealed.filter((token) => token.operatorId === operatorId).count();
	if (held > 0) return { kind: 'tokens-held', count: held };
	const asked = await store.sealed.get([operatorId, RESERVE_WISHES]);
	return asked && { kind: 'tokens-asked' };
}

/**
 * Shuts out those of `here` whom the office does not name any more: no PIN of theirs opens anything. Refused for
 * nothing: what waits of them is sealed to the backend and handed in, and a sealed token ends when its time is over.
 * @param here as they were before the office was asked: whoever signed in since is named by that @throws {StoreFault}
 */
export function shutOut(
	store: AgentStore,
	here: readonly OperatorHereRow[],
	named: ReadonlySet<string>,
): Promise<void> {
	const gone = here.filter(({ operatorId }) => !named.has(operatorId));
	return stored(() =>
		store.transaction('rw', store.tables, async () => {
			for (const operator of gone)
				if (await standsHere(store, operator)) await forgetOperator(store, operator.operatorId);
		}),
	);
}

/** Whether these are still the keys that somebody's rows are sealed to here; may be asked within a transaction. */
export async function standsHere(
	store: AgentStore,
	{ operatorId, inbox }: Pick<OperatorHereRow, 'operatorId' | 'inbox'>,
): Promise<boolean> {
	return (await store.operators.get(operatorId))?.inbox.x === inbox.x;
}

async function forgetOperator(store: AgentStore, operatorId: string): Promise<void> {
	await wipeOwner(store, operatorId);
	await store.operators.delete(operatorId);
	await forgetCustomers(store, operatorId);
}

/** The meters that an operator sold to. */
export async function forgetCustomers(store: AgentStore, operatorId: string): Promise<void> {
	await store.customers
		.where('[operatorId+drnTag]')
		.between([operatorId, Dexie.minKey], [operatorId, Dexie.maxKey])
		.delete();
}
