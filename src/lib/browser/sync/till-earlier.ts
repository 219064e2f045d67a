/**
 * The last word on provisional sales of earlier enrolments of this device. Their journals hand in nothing any more:
 * the office imports them, and nobody tells the till what came of it. Each is asked after by its own claim code, as
 * its customer may, so that its token can be handed over, or its money given back. Only who sold it can ask.
 */
import type { TillProgressRow, TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { ClaimAnswer } from '#lib/core/sync/claim.ts';
import { absorbTaken, isFinal } from '#lib/core/sync/till-outbox.ts';
import { saleAfter } from '#lib/core/sync/till-sale-state.ts';
import type { EntryOutcome } from '#lib/core/sync/wire-till.ts';
import type { SaleDetails } from './till-desk.ts';
import type { TillParts } from './till-ports.ts';
import { salePlace } from './till-sales.ts';
import { sealTo } from './till-seal.ts';

type Parts = Pick<TillParts, 'store' | 'api' | 'operator' | 'operatorKeys' | 'tillKeys' | 'nowMs'>;

/** So many at once: claims are counted by the backend, and whoever stands at the till has customers with some. */
const AT_ONCE = 5;
/** One that has not arrived, or waits, is asked after again, but not with every word that is heard. */
const ASK_AGAIN_MS = 60_000;

/**
 * Asks after sales of which nothing final was heard, a few of them each time; one without an answer is asked after
 * later. One that does not open (sealed under earlier keys of the same person, or damaged) tells no code to ask by,
 * and stands in no other's way.
 * @param asked when each was asked after before, by its id; kept by the caller
 * @throws {StoreFault}
 */
export async function hearEarlier(parts: Parts, asked: Map<string, number>): Promise<void> {
	const { api, operatorKeys, nowMs } = parts;
	const due = inTurn(await unheardSales(parts), asked, nowMs());
	for (const sale of due.slice(0, AT_ONCE)) {
		const opened = await operatorKeys.open(salePlace(sale.id), sale.sealed);
		if (opened === undefined) {
			// Locked: asked after when it is open.
			if (await operatorKeys.refusal()) return;
			asked.set(sale.id, nowMs());
			continue;
		}
		const { drn, claimCode } = opened as SaleDetails;
		const outcome = await api.claim({ drn, code: claimCode });
		if (outcome.kind === 'unknown') return;
		asked.set(sale.id, nowMs());
		if (outcome.kind === 'answer') await absorbClaim(parts, sale.id, outcome.answer);
	}
}

/** Never asked after first, then what was asked after longest ago: in the order given where that is the same. */
function inTurn(
	unheard: readonly TillSaleRow[],
	asked: ReadonlyMap<string, number>,
	nowMs: number,
): TillSaleRow[] {
	const askedAtMs = ({ id }: TillSaleRow): number => asked.get(id) ?? 0;
	return unheard
		.filter((sale) => nowMs - askedAtMs(sale) >= ASK_AGAIN_MS)
		.sort((one, other) => askedAtMs(one) - askedAtMs(other));
}

/** The oldest first, and of whoever stands here: nobody else opens the code. */
function unheardSales({ store, operator, tillKeys }: Parts): Promise<TillSaleRow[]> {
	return stored(() =>
		store.transaction('r', store.sales, store.progress, async () => {
			const waiting = await store.sales.where('state').equals('provisional').sortBy('atMs');
			const own = waiting.filter(({ operatorId }) => operatorId === operator.operatorId);
			const rows = await Promise.all(own.map(({ id }) => store.progress.get({ id })));
			return own.filter((_, at) => isEarlier(rows[at], tillKeys.id));
		}),
	);
}

const isEarlier = (row: TillProgressRow | undefined, deviceId: string): row is TillProgressRow =>
	row !== undefined && row.deviceId !== deviceId && !isFinal(row);

/** What a claim's answer is as the entry's own outcome; undefined: not the last word. */
async function outcomeOf(
	{ operator }: Parts,
	answer: ClaimAnswer,
): Promise<EntryOutcome | undefined> {
	if (answer.state === 'refused') return { state: 'refused', code: answer.code, sealed: null };
	if (answer.state !== 'issued') return undefined;
	// As the backend seals an answer: digits lie on the disk only under the operator's keys.
	return { state: 'issued', code: null, sealed: await sealTo(operator.inbox, answer.vend) };
}

async function absorbClaim(parts: Parts, id: string, answer: ClaimAnswer): Promise<void> {
	const { store, tillKeys, nowMs } = parts;
	const outcome = await outcomeOf(parts, answer);
	if (!outcome) return;
	const isGivenBack = answer.state === 'refused' && answer.refundedAtMs !== null;
	const atMs = nowMs();
	await stored(() =>
		store.transaction('rw', store.sales, store.progress, async () => {
			const [sale, row] = [await store.sales.get(id), await store.progress.get({ id })];
			if (sale?.state !== 'provisional' || !isEarlier(row, tillKeys.id)) return;
			const after = saleAfter(sale, outcome);
			await store.progress.put(absorbTaken(row, outcome, atMs));
			await store.sales.put({
				...{ ...sale, ...after, answer: outcome.sealed },
				...(isGivenBack && { state: 'refunded' as const }),
				...(after.state === 'issued' && { handOverMs: atMs }),
			});
		}),
	);
}
