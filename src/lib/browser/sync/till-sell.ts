/**
 * A sale at the tap: looked at, sealed, signed and on the disk before anything is sent; then handed in at once
 * where the backend can be reached. What was written is never unmade: without an answer in time the customer
 * gets a provisional receipt, and the answer finds the sale later.
 */
import { standsHere } from '#lib/browser/store/agent-leave.ts';
import type { TerminalHereRow, TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import { AGENT_ROW_SCHEMA } from '#lib/browser/store/agent-rows.ts';
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { CLAIM_CODE_LENGTH, type TillSale } from '#lib/core/sync/till-journal.ts';
import type { FloatVendRequest, Problem } from '#lib/core/sync/wire.ts';
import { canTryAgain, isRefusalCode } from '#lib/core/vending/refusals.ts';
import { isKept } from '#lib/browser/device/keeping.ts';
import {
	capsOf,
	decideCounted,
	decideQueued,
	type OfflineCaps,
	type OfflineRefusal,
} from '#lib/core/vending/offline-terms.ts';
import { type Priced, type SaleDetails, type SaleWish, type SellOutcome } from './till-desk.ts';
import { appendTillDeed } from './till-journal.ts';
import { answerTo, outcomeOf } from './till-answer.ts';
import { countCustomer, sealCustomer } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';
import { priceSale } from './till-price.ts';
import { isStillTheirs } from './till-people.ts';
import { mayGoBack } from '#lib/browser/store/agent-sales.ts';
import { revealFor } from './till-reveal.ts';
import { salePlace } from './till-sales.ts';
import { sealSale } from './till-seal.ts';
import { openShiftOf, readTerms, sumUp, unsyncedSales, type WaitingSale } from './till-standing.ts';

type NotSold = Extract<SellOutcome, { kind: 'not-sold' }>;
type Because = NotSold['because'];

interface Refused {
	readonly because: Because;
}

/** Where something may be sold. */
interface Place {
	readonly till: TerminalHereRow;
	readonly shiftId: string;
}

interface Promised {
	readonly promise: TillSale['promise'];
	/** What it is priced by in the end. */
	readonly priced: Priced | null;
	/** Those that it kept to when it was looked at; undefined: nobody waited, and none were asked. */
	readonly caps?: OfflineCaps | null;
}

/** What a sale is made from, once nothing stands in its way. */
interface Making extends Place, Promised {
	readonly wish: SaleWish;
}

/** @throws {StoreFault} nothing was sold */
export async function sellAtTill(parts: TillParts, wish: SaleWish): Promise<SellOutcome> {
	const place = await decidePlace(parts);
	if ('because' in place) return { kind: 'not-sold', ...place };
	// Paid for beforehand: no cap of what waits holds for it.
	const revealed = await revealFor(parts, wish);
	if (revealed) return outcomeOf(revealed);
	const written = await writeAsPromised(parts, place, wish);
	if ('because' in written) return { kind: 'not-sold', ...written };
	// From here on it is sold: whatever breaks, the customer gets a paper, and the row is handed in.
	return await answerTo(parts, written);
}

/** Decided anew as often as another tab sold in between and the caps do not hold for both. @throws {StoreFault} */
async function writeAsPromised(
	parts: TillParts,
	place: Place,
	wish: SaleWish,
): Promise<TillSaleRow | Refused> {
	for (;;) {
		const promised = await decidePromise(parts, place.till, wish);
		if ('because' in promised) return promised;
		const row = await write(parts, { wish, ...place, ...promised });
		if (row !== 'overtaken') return row ?? { because: 'locked' };
	}
}

/** Order: the till's own stop, `locked`, `shift-needed`. @throws {StoreFault} `other-tab`: it was enrolled anew */
async function decidePlace(parts: TillParts): Promise<Place | Refused> {
	const { store, operatorKeys, tillKeys } = parts;
	const till = await parts.terminal();
	if (till.deviceId !== tillKeys.id) throw new StoreFault('other-tab');
	if (till.revokedAtMs !== null) return { because: 'revoked' };
	if (till.stop) return { because: till.stop };
	if ((await operatorKeys.refusal()) || !(await isStillTheirs(parts))) return { because: 'locked' };
	const shift = await stored(() => openShiftOf(store));
	return shift ? { till, shiftId: shift.id } : { because: 'shift-needed' };
}

/**
 * A token where the backend has just priced it, else a provisional receipt, as far as the caps go. They hold as
 * soon as a customer has gone without a token, whatever was promised: a backend that prices but takes nothing in
 * is no better than none. Against a token that the float covers, one who waits for the float does not count.
 */
async function decidePromise(
	parts: TillParts,
	till: TerminalHereRow,
	wish: SaleWish,
): Promise<Promised | Refused> {
	const priced = await priceAgain(parts, wish);
	// The backend has just said no for good: a promise would be a false hope.
	if (priced?.kind === 'problem' && isFinalNo(priced.problem)) return { because: 'refused-now' };
	const isHeard = priced?.kind === 'priced' && priced.by === 'backend';
	const promised: Promised =
		parts.connection() === 'online' && isHeard
			? { promise: 'token', priced }
			: { promise: 'provisional', priced: wish.priced };
	const { store, keeping, nowMs } = parts;
	const waiting = await stored(() => unsyncedSales(store, till.deviceId));
	const here = (await stored(() => store.till.get('till'))) ?? till;
	const counted = countedFor(promised, waiting, here, wish);
	if (!isHeldToCaps(promised, counted)) return promised;
	const caps = capsOf(await stored(() => readTerms(store, here)), isKept(await keeping.read()));
	const because = decideCaps(caps, counted, here, { ...wish, atMs: nowMs() });
	return because ? { because } : { ...promised, caps };
}

/** Of what waits, what stands in the caps of this sale. */
function countedFor(
	{ promise }: Pick<Promised, 'promise'>,
	waiting: readonly WaitingSale[],
	here: Pick<TerminalHereRow, 'status'>,
	{ amountMinor }: Pick<TillSaleRow, 'amountMinor'>,
): readonly WaitingSale[] {
	if (promise === 'provisional') return waiting;
	return decideCounted(waiting, { amountMinor, availableMinor: availableOf(here) });
}

/** A token where nobody went without one is held to the float alone, by the backend. */
function isHeldToCaps(
	{ promise }: Pick<Promised, 'promise'>,
	counted: readonly WaitingSale[],
): boolean {
	return promise === 'provisional' || counted.some(({ state }) => state === 'provisional');
}

function decideCaps(
	caps: OfflineCaps | null,
	counted: readonly WaitingSale[],
	here: Pick<TerminalHereRow, 'status'>,
	{ amountMinor, atMs }: Pick<TillSaleRow, 'amountMinor' | 'atMs'>,
): OfflineRefusal | undefined {
	const availableMinor = availableOf(here);
	return decideQueued(caps, sumUp(counted), { amountMinor, atMs, availableMinor });
}

/** Of the float, as last heard. */
const availableOf = ({ status }: Pick<TerminalHereRow, 'status'>): number =>
	status?.availableMinor ?? 0;

const isFinalNo = ({ code }: Problem): boolean => isRefusalCode(code) && !canTryAgain(code);

/** The network came back between the estimate and the tap: the backend's price is asked for once more. */
async function priceAgain(parts: TillParts, wish: SaleWish): Promise<Priced | null> {
	const { priced, drn, amountMinor, sight } = wish;
	if (priced?.kind === 'priced' && priced.by === 'backend') return priced;
	if (parts.connection() !== 'online') return priced;
	return await priceSale(parts, drn, amountMinor, sight);
}

/**
 * Seals, signs and writes it, with all that it changes here. Undefined: locked. `overtaken`: nothing was written,
 * because since it was decided so much was sold in another tab that the caps do not hold for this one any more.
 */
async function write(
	parts: TillParts,
	making: Making,
): Promise<TillSaleRow | 'overtaken' | undefined> {
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
	let isOvertaken = false;
	try {
		await appendTillDeed(journal, deed, async () => {
			const [here, open] = [await store.till.get('till'), await openShiftOf(store)];
			const isOver = here?.stop || open?.id !== shiftId || !(await standsHere(store, operator));
			if (isOver) throw new StoreFault('other-tab');
			const waiting = await unsyncedSales(store, till.deviceId);
			isOvertaken = !stillHolds(making, waiting, here ?? till, row);
			if (isOvertaken) throw new StoreFault('other-tab');
			if (replaces !== null) await replace(parts, replaces, shiftId);
			await store.sales.add(row);
			await countCustomer(store, operator.operatorId, customer, atMs);
		});
	} catch (cause) {
		if (isOvertaken) return 'overtaken';
		throw cause;
	}
	return row;
}

/** Whether what was decided before the journal was ours to write is still so, by what waits now. */
function stillHolds(
	{ promise, caps }: Promised,
	waiting: readonly WaitingSale[],
	here: TerminalHereRow,
	row: TillSaleRow,
): boolean {
	const counted = countedFor({ promise }, waiting, here, row);
	if (!isHeldToCaps({ promise }, counted)) return true;
	return caps !== undefined && decideCaps(caps, counted, here, row) === undefined;
}

/** Within the sale's transaction: the money of the refused sale is in this one now. */
async function replace({ store }: TillParts, id: string, settledIn: string): Promise<void> {
	const before = await store.sales.get(id);
	if (!before || !(await mayGoBack(store, before))) throw new StoreFault('other-tab');
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
