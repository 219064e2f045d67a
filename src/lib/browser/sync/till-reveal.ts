/**
 * A sealed token shown: its entry in the journal first, then its digits. Sold for ever from the entry on,
 * whatever happens between the two.
 */
import { CompactEncrypt, importJWK } from 'jose';
import { standsHere } from '#lib/browser/store/agent-leave.ts';
import {
	AGENT_ROW_SCHEMA,
	type ReserveHereRow,
	type TillSaleRow,
} from '#lib/browser/store/agent-rows.ts';
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import { SALE_SEAL, type RevealedSale } from '#lib/core/sync/till-journal.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { isOvertaken, type Place, type PlaceHeard } from '#lib/core/vending/key-place.ts';
import Dexie from 'dexie';
import type { OpenedSale, SaleDetails, SaleWish, SealedToken } from './till-desk.ts';
import { appendTillDeed } from './till-journal.ts';
import { countCustomer, readCustomer, sealCustomer } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';
import { isStillTheirs } from './till-people.ts';
import { energyOf, openRow, openRows, openToken, salePlace } from './till-sales.ts';
import { sealSale } from './till-seal.ts';
import { openShiftOf } from './till-standing.ts';

/** Whose token it is, sealed beside it. */
export interface AboutToken {
	readonly drn: string;
	readonly ownerMasked: string | null;
	/** The key that it was made under; absent: an earlier version kept it, and nothing is known. */
	readonly made?: PlaceHeard;
}

export const tokenPlace = (vendId: string): string => `reserve/${vendId}`;

/**
 * The token that is here for just this meter and amount, shown as by `revealToken`; undefined: there is none.
 * @throws {StoreFault}
 */
export async function revealFor(
	parts: TillParts,
	wish: Pick<SaleWish, 'drn' | 'amountMinor' | 'tender' | 'notifyPhone' | 'replaces' | 'meter'>,
): Promise<OpenedSale | undefined> {
	// A sealed token takes no other sale's place, and is for a meter that the office knows.
	if (wish.replaces !== undefined || wish.meter) return undefined;
	const token = await sealedFor(parts, wish.drn, wish.amountMinor);
	return token ? await revealToken(parts, token.vendId, wish) : undefined;
}

/**
 * The token that is here for just this meter and amount, still sealed, and that the meter takes as far as is known
 * here; null: there is none. One whose meter has changed its key stays until its time is over. @throws {StoreFault}
 */
export async function sealedFor(
	parts: TillParts,
	drn: string,
	amountMinor: number,
): Promise<SealedToken | null> {
	const { store, operator, operatorKeys, serverMs } = parts;
	const tag = await operatorKeys.tag(drn);
	const rows = await stored(() => store.reserve.where('state').equals('sealed').toArray());
	const fitting = rows.filter(
		(row) =>
			row.drnTag === tag &&
			row.operatorId === operator.operatorId &&
			row.denominationMinor === amountMinor &&
			row.expiresAtMs > serverMs(),
	);
	if (tag === undefined || fitting.length === 0) return null;
	const heard = await placesHeard(parts, drn, tag);
	for (const { vendId, expiresAtMs, about } of fitting) {
		const opened = (await operatorKeys.open(tokenPlace(vendId), about)) as AboutToken | undefined;
		if (opened && !(opened.made && isOvertaken(opened.made, heard))) return { vendId, expiresAtMs };
	}
	return null;
}

/** So many of a meter's latest sales are looked at: tapped one after another, they may be issued in another order. */
const LATEST_SALES = 5;

/** Where a meter's key was when it was last looked up from here, and when it was last sold to from here. */
async function placesHeard(parts: TillParts, drn: string, tag: string): Promise<PlaceHeard[]> {
	const customer = await readCustomer(parts, drn);
	const rows = await stored(() =>
		parts.store.sales
			.where('[drnTag+atMs]')
			.between([tag, Dexie.minKey], [tag, Dexie.maxKey])
			.reverse()
			.filter(({ answer, state }) => answer !== null && state === 'issued')
			.limit(LATEST_SALES)
			.toArray(),
	);
	const sold = (await openRows(parts, rows)).flatMap(({ answer }) =>
		answer?.state === 'issued' ? [placeHeard(answer.receipt, answer.receipt.issuedAtMs)] : [],
	);
	const { confirmation } = customer ?? {};
	return confirmation ? [...sold, placeHeard(confirmation, confirmation.asOfMs)] : sold;
}

/** @param atMs by the backend's clock */
export const placeHeard = ({ sgc, krn, ti }: Place, atMs: number): PlaceHeard => ({
	...{ place: { sgc, krn, ti }, atMs },
});

/**
 * The sale with its token; `dead-letter`: the token does not open, and the money of the sale goes back.
 * Undefined: it has ended or is another's, or the vault is locked. @throws {StoreFault} nothing was written or shown
 */
async function revealToken(
	parts: TillParts,
	vendId: string,
	how: Pick<SaleWish, 'tender' | 'notifyPhone'>,
): Promise<OpenedSale | undefined> {
	const { store, operatorKeys, serverMs } = parts;
	const token = await stored(() => store.reserve.get(vendId));
	if (token?.state !== 'sealed' || token.expiresAtMs <= serverMs()) return undefined;
	const about = await operatorKeys.open(tokenPlace(vendId), token.about);
	if (!about || !(await isStillTheirs(parts))) return undefined;
	const row = await writeReveal(parts, token, about as AboutToken, how);
	return row && (await show(parts, token, row));
}

async function writeReveal(
	parts: TillParts,
	token: ReserveHereRow,
	about: AboutToken,
	{ tender, notifyPhone }: Pick<SaleWish, 'tender' | 'notifyPhone'>,
): Promise<TillSaleRow | undefined> {
	const { store, operator, operatorKeys, journal, newId, nowMs, terminal } = parts;
	const { vendId, denominationMinor, drnTag } = token;
	const { operatorId } = operator;
	const [id, atMs, till] = [newId(), nowMs(), await terminal()];
	const shift = await stored(() => openShiftOf(store));
	if (!shift) throw new StoreFault('other-tab');
	const details: SaleDetails = {
		...{ drn: about.drn, ownerMasked: about.ownerMasked, area: null, waterfall: null },
		...{ tenderedMinor: tender.tenderedMinor, priced: 'backend', claimCode: '' },
		...{ notifyPhone: notifyPhone ?? null, replaces: null, vendId },
	};
	const sealed = await operatorKeys.seal(salePlace(id), details);
	const customer = await sealCustomer(parts, about.drn, null);
	if (!sealed || !customer) return undefined;
	const row: TillSaleRow = {
		...{ id, schema: AGENT_ROW_SCHEMA, operatorId, drnTag, atMs, shiftId: shift.id },
		...{ amountMinor: denominationMinor, method: tender.method, energyDeciKwh: null },
		...{ promise: 'reserve', state: 'issued', code: null, sealed, answer: null, printed: 0 },
	};
	// Asked for again, the backend seals the token to this operator: what does not open here is not lost.
	const phone = notifyPhone !== undefined && { notifyPhone };
	const told: RevealedSale = { tender, ...phone, answerTo: operator.inbox };
	const content = { vendId, batchId: shift.id, sealed: await sealSale(till.saleKey, told) };
	await appendTillDeed(journal, { kind: 'reveal', content, operatorId, id }, async () => {
		const [here, open] = [await store.reserve.get(vendId), await openShiftOf(store)];
		const isOver = here?.state !== 'sealed' || open?.id !== shift.id;
		if (isOver || !(await standsHere(store, operator))) throw new StoreFault('other-tab');
		await store.reserve.put({ ...here, state: 'revealed' });
		await store.sales.add(row);
		await countCustomer(store, operatorId, customer, atMs);
	});
	parts.kick();
	return row;
}

/** Opens it, and puts the token to its sale as an answer that only this operator opens. */
async function show(
	parts: TillParts,
	token: ReserveHereRow,
	row: TillSaleRow,
): Promise<OpenedSale> {
	const { store, tillKeys, operator } = parts;
	const opened = await openToken(tillKeys.agreement.privateKey, token.sealed);
	if (opened?.vend.id !== token.vendId) {
		// The money is here and there are no digits: it is for the refund desk.
		const broken = { state: 'dead-letter', code: 'sale-unreadable' } as const;
		await stored(() => store.sales.update(row.id, broken));
		return await openRow(parts, { ...row, ...broken });
	}
	const answer = await sealAnswer(operator.inbox, opened.vend);
	const shown = { answer, energyDeciKwh: energyOf(opened.vend), energyHeard: true } as const;
	await stored(
		() =>
			store.transaction('rw', store.sales, store.reserve, async () => {
				await store.sales.update(row.id, shown);
				await store.reserve.update(token.vendId, { sealed: '' });
			}),
		// Shown all the same: it opens from the reserve as long as it was not put to its sale.
	).catch(() => undefined);
	return await openRow(parts, { ...row, ...shown });
}

async function sealAnswer(inbox: DeviceKey, answer: VendAnswer): Promise<string> {
	return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(answer)))
		.setProtectedHeader({ ...SALE_SEAL })
		.encrypt(await importJWK({ ...inbox }, SALE_SEAL.alg));
}
