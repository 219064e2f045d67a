/**
 * A sale at the tap: looked at, sealed, signed and on the disk before anything is sent; then handed in at once
 * where the backend can be reached. What was written is never unmade: without an answer in time the customer
 * gets a provisional receipt, and the answer finds the sale later.
 */
import type { TerminalHereRow, TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import { AGENT_ROW_SCHEMA } from '#lib/browser/store/agent-rows.ts';
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { CLAIM_CODE_LENGTH, type TillSale } from '#lib/core/sync/till-journal.ts';
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import { isKept } from '#lib/browser/device/keeping.ts';
import { capsOf, decideQueued } from '#lib/core/vending/offline-terms.ts';
import { type Priced, type SaleDetails, type SaleWish, type SellOutcome } from './till-desk.ts';
import { appendTillDeed } from './till-journal.ts';
import { answerTo, outcomeOf } from './till-answer.ts';
import { countCustomer, sealCustomer } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';
import { priceSale } from './till-price.ts';
import { MONEY_IS_HERE } from './till-refund.ts';
import { revealFor } from './till-reveal.ts';
import { salePlace } from './till-sales.ts';
import { sealSale } from './till-seal.ts';
import { openShiftOf, readTerms, readUnsynced } from './till-standing.ts';

type NotSold = Extract<SellOutcome, { kind: 'not-sold' }>;
type Because = NotSold['because'];

/** Where it is sold: nothing of the till itself stands in the way. */
interface Standing {
	readonly till: TerminalHereRow;
	readonly shiftId: string;
}

/** What a sale is made from, once nothing stands in its way. */
interface Making extends Standing {
	readonly wish: SaleWish;
	readonly promise: TillSale['promise'];
	/** What it is priced by in the end. */
	readonly priced: Priced | null;
}

/** @throws {StoreFault} nothing was sold */
export async function sellAtTill(parts: TillParts, wish: SaleWish): Promise<SellOutcome> {
	const stands = await decideStanding(parts);
	if ('because' in stands) return { kind: 'not-sold', because: stands.because };
	// Paid for beforehand: no cap of what waits stands in its way.
	const revealed = await revealFor(parts, wish);
	if (revealed) return outcomeOf(revealed);
	const ready = await promiseOf(parts, wish, stands);
	if ('because' in ready) return { kind: 'not-sold', because: ready.because };
	const row = await write(parts, ready);
	if (row === undefined) return { kind: 'not-sold', because: 'locked' };
	// From here on it is sold: whatever breaks, the customer gets a paper, and the row is handed in.
	return await answerTo(parts, row);
}

/** Order: the till's own stop, `locked`, `shift-needed`. */
async function decideStanding(parts: TillParts): Promise<Standing | { readonly because: Because }> {
	const { store, operatorKeys } = parts;
	const till = await parts.terminal();
	if (till.revokedAtMs !== null) return { because: 'revoked' };
	if (till.stop) return { because: till.stop };
	if (await operatorKeys.refusal()) return { because: 'locked' };
	const shift = await stored(() => openShiftOf(store));
	return shift ? { till, shiftId: shift.id } : { because: 'shift-needed' };
}

/** A token at once by the backend's price; else a provisional one, as far as the caps go. */
async function promiseOf(
	parts: TillParts,
	wish: SaleWish,
	stands: Standing,
): Promise<Making | { readonly because: Because }> {
	const base = { wish, ...stands };
	const priced = await priceAgain(parts, wish);
	if (parts.connection() === 'online' && priced?.kind === 'priced' && priced.by === 'backend')
		return { ...base, promise: 'token', priced };
	const because = await decideOffline(parts, stands.till, wish);
	return because ? { because } : { ...base, promise: 'provisional', priced: wish.priced };
}

/** The network came back between the estimate and the tap: the backend's price is asked for once more. */
async function priceAgain(parts: TillParts, wish: SaleWish): Promise<Priced | null> {
	const { priced, drn, amountMinor, sight } = wish;
	if (priced?.kind === 'priced' && priced.by === 'backend') return priced;
	if (parts.connection() !== 'online') return priced;
	return await priceSale(parts, drn, amountMinor, sight);
}

async function decideOffline(
	parts: TillParts,
	till: TerminalHereRow,
	{ amountMinor }: SaleWish,
): Promise<Because | undefined> {
	const { store, keeping, nowMs } = parts;
	const [terms, unsynced, kept] = await Promise.all([
		stored(() => readTerms(store, till)),
		stored(() => readUnsynced(store, till.deviceId)),
		keeping.read(),
	]);
	const availableMinor = till.status?.availableMinor ?? 0;
	const sale = { amountMinor, atMs: nowMs(), availableMinor };
	return decideQueued(capsOf(terms, isKept(kept)), unsynced, sale);
}

/** Seals, signs and writes it, with all that it changes here. Undefined: locked. */
async function write(parts: TillParts, making: Making): Promise<TillSaleRow | undefined> {
	const { store, operator, operatorKeys, journal, newId, nowMs, random } = parts;
	const { wish, till, shiftId, promise } = making;
	const id = newId();
	const atMs = nowMs();
	const claimCode = makeCode(random(CLAIM_CODE_LENGTH - 1));
	const customer = await sealCustomer(parts, wish.drn, wish.sight);
	const sealed = await operatorKeys.seal(salePlace(id), detailsOf(making, claimCode));
	if (!customer || !sealed) return undefined;
	const replaces = wish.replaces ?? null;
	const request = requestOf(making, operator.operatorId, atMs);
	const sale = { request, promise, claimCode, replaces, answerTo: operator.inbox };
	const row: TillSaleRow = {
		...{ id, schema: AGENT_ROW_SCHEMA, operatorId: operator.operatorId, drnTag: customer.tag },
		...{ atMs, shiftId, amountMinor: wish.amountMinor, method: wish.tender.method, promise },
		energyDeciKwh: making.priced?.kind === 'priced' ? making.priced.agreed.energyDeciKwh : null,
		...{ state: promise === 'token' ? 'asked' : 'provisional', code: null },
		...{ sealed, answer: null, printed: 0 },
	};
	const content = { batchId: shiftId, sealed: await sealSale(till.saleKey, sale) };
	const deed = { kind: 'sale', content, operatorId: operator.operatorId, id } as const;
	await appendTillDeed(journal, deed, async () => {
		if ((await openShiftOf(store))?.id !== shiftId) throw new StoreFault('other-tab');
		if (replaces !== null) await replace(parts, replaces, shiftId);
		await store.sales.add(row);
		await countCustomer(store, operator.operatorId, customer, atMs);
	});
	return row;
}

/** Within the sale's transaction: the money of the refused sale is in this one now. */
async function replace({ store }: TillParts, id: string, settledIn: string): Promise<void> {
	const before = await store.sales.get(id);
	if (!before || !MONEY_IS_HERE.has(before.state)) throw new StoreFault('other-tab');
	await store.sales.put({ ...before, state: 'replaced', settledIn });
}

function requestOf(
	{ wish, till, promise, priced }: Making,
	operatorId: string,
	requestedAtMs: number,
): FloatVendRequest {
	const agreed = priced?.kind === 'priced' ? priced.agreed : null;
	// What the customer was shown was no more than an estimate, or nothing: sold at what it is then.
	const isEstimate = promise === 'provisional' || wish.priced !== priced;
	return {
		...{ kind: 'credit', drn: wish.drn, amountMinor: wish.amountMinor },
		...{ currency: till.utility.currency.code, agreed },
		...(isEstimate && { estimated: true as const }),
		...{ operatorId, tender: wish.tender },
		...(wish.meter && { meter: wish.meter }),
		...(wish.notifyPhone !== undefined && { notifyPhone: wish.notifyPhone }),
		requestedAtMs,
	};
}

function detailsOf({ wish, priced }: Making, claimCode: string): SaleDetails {
	const confirmation = wish.sight?.kind === 'known' ? wish.sight.confirmation : null;
	const known = priced?.kind === 'priced' ? priced : undefined;
	return {
		drn: wish.drn,
		ownerMasked: confirmation?.ownerMasked ?? null,
		area: confirmation?.area ?? null,
		tenderedMinor: wish.tender.tenderedMinor,
		waterfall: known?.waterfall ?? null,
		priced: known?.by ?? 'not',
		claimCode,
		notifyPhone: wish.notifyPhone ?? null,
		replaces: wish.replaces ?? null,
	};
}
