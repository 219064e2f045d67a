/**
 * The tariff pack of a till: fetched when there is none or another, kept when it is this till's. It also says who
 * may stand here.
 */
import { shutOut } from '#lib/browser/store/agent-leave.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { PackHereRow, TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import { decidePack, type TariffPackRefusal } from '#lib/core/vending/till-refusals.ts';
import { readOperators } from './till-people.ts';
import type { TillParts } from './till-ports.ts';

type Parts = Pick<TillParts, 'store' | 'api' | 'terminal' | 'serverMs' | 'nowMs'>;

export type PackOutcome =
	| { readonly kind: 'kept' | 'present' | 'unknown' }
	/** Nothing of it was kept; the one before stays. */
	| { readonly kind: 'refused'; readonly because: TariffPackRefusal };

/** Fetches it once the office has another than is here, or this one has run out. @throws {StoreFault} */
export async function freshenPack(parts: Parts): Promise<PackOutcome> {
	const { store, api, serverMs, nowMs } = parts;
	const till = await parts.terminal();
	const here = await stored(() => store.packs.get('tariff'));
	if (here && isCurrent(here, till, serverMs())) return { kind: 'present' };
	const people = await readOperators(store);
	const outcome = await api.fetchPack();
	if (outcome.kind !== 'answer') return { kind: 'unknown' };
	const pack = outcome.answer;
	const because = decidePack(pack, till, serverMs());
	if (because) return { kind: 'refused', because };
	await stored(() =>
		store.transaction('rw', store.packs, store.till, async () => {
			await store.packs.put({ key: 'tariff', pack, fetchedAtMs: nowMs() });
			// The backend's key and the utility's name may be new: sales are sealed and printed with them.
			const { saleKey, utility } = pack;
			await store.till.update('till', { saleKey, utility });
		}),
	);
	await shutOut(store, people, new Set(pack.operators.map(({ id }) => id)));
	return { kind: 'kept' };
}

function isCurrent(
	{ pack }: PackHereRow,
	{ status, utilityId, terminalId }: TerminalHereRow,
	nowMs: number,
): boolean {
	if (pack.utilityId !== utilityId || pack.terminalId !== terminalId) return false;
	const isNewest = status === null || status.packVersion === pack.version;
	return isNewest && pack.validUntilMs > nowMs;
}
