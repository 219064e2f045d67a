/** A till's sales as its operator sees them: rows with what is sealed in them opened. */
import Dexie from 'dexie';
import * as v from 'valibot';
import type { TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { openJwe } from '#lib/browser/vault/operator-keys.ts';
import { SealedVend } from '#lib/core/sync/wire-till.ts';
import { VendAnswer } from '#lib/core/sync/wire.ts';
import type { OpenedSale, SaleDetails } from './till-desk.ts';
import type { TillParts } from './till-ports.ts';

/** Where a sale's details are sealed to. */
export const salePlace = (id: string): string => `sale/${id}`;

export type Opener = Pick<TillParts, 'store' | 'operatorKeys' | 'tillKeys'>;

/** @throws {StoreFault} */
export async function openSale(parts: Opener, id: string): Promise<OpenedSale | undefined> {
	const row = await stored(() => parts.store.sales.get(id));
	return row && openRow(parts, row);
}

/** What was not sold after all. */
const NOT_SOLD: ReadonlySet<TillSaleRow['state']> = new Set(['refused', 'refunded', 'replaced']);

/** When the same was sold since an instant; null: it was not. @throws {StoreFault} */
export async function lastSame(
	parts: Pick<TillParts, 'store' | 'operatorKeys'>,
	{ drn, amountMinor, sinceMs }: { drn: string; amountMinor: number; sinceMs: number },
): Promise<number | null> {
	const tag = await parts.operatorKeys.tag(drn);
	if (tag === undefined) return null;
	const last = await stored(() =>
		parts.store.sales
			.where('[drnTag+atMs]')
			.between([tag, sinceMs], [tag, Dexie.maxKey])
			.reverse()
			.filter((row) => row.amountMinor === amountMinor && !NOT_SOLD.has(row.state))
			.first(),
	);
	return last?.atMs ?? null;
}

export function openRows(parts: Opener, rows: readonly TillSaleRow[]): Promise<OpenedSale[]> {
	return Promise.all(rows.map((row) => openRow(parts, row)));
}

/** A row with all that opens of it. What its tokens carry is noted on the way. */
export async function openRow(parts: Opener, row: TillSaleRow): Promise<OpenedSale> {
	const opened = await parts.operatorKeys.open(salePlace(row.id), row.sealed);
	// Sealed by ourselves, and nobody else could: it is what it was.
	const details = (opened as SaleDetails | undefined) ?? null;
	const answer = details && (await answerOf(parts, row, details));
	return { row: answer ? await noteEnergy(parts, row, answer) : row, details, answer };
}

async function answerOf(
	{ store, operatorKeys, tillKeys }: Opener,
	{ promise, answer }: TillSaleRow,
	{ vendId }: SaleDetails,
): Promise<VendAnswer | null> {
	if (answer !== null) return readVend(await operatorKeys.openAnswer(answer));
	if (promise !== 'reserve' || vendId === undefined) return null;
	// Revealed, and the page died before the token was put to the sale.
	const token = await stored(() => store.reserve.get(vendId));
	const vend = token && (await openToken(tillKeys.agreement.privateKey, token.sealed));
	return vend?.vend ?? null;
}

function readVend(text: string | undefined): VendAnswer | null {
	const read = text === undefined ? undefined : v.safeParse(VendAnswer, parseJson(text));
	return read?.success ? read.output : null;
}

/** A sealed token, opened; undefined: it does not open with this till's key. */
export async function openToken(key: CryptoKey, sealed: string): Promise<SealedVend | undefined> {
	const text = await openJwe(sealed, key);
	const read = text === undefined ? undefined : v.safeParse(SealedVend, parseJson(text));
	return read?.success ? read.output : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** What all tokens of a vend carry together, 0.1 kWh. */
export function energyOf(answer: VendAnswer): number | null {
	if (answer.state !== 'issued') return null;
	return answer.tokens.reduce((sum, { energyDeciKwh }) => sum + energyDeciKwh, 0);
}

async function noteEnergy(
	{ store }: Opener,
	row: TillSaleRow,
	answer: VendAnswer,
): Promise<TillSaleRow> {
	const energyDeciKwh = energyOf(answer);
	if (row.energyHeard || row.state !== 'issued' || energyDeciKwh === null) return row;
	const heard = { energyDeciKwh, energyHeard: true } as const;
	// A live query only reads, and the disk may be full: it is shown all the same, and the next look notes it.
	await stored(() => store.sales.update(row.id, heard)).catch(() => undefined);
	return { ...row, ...heard };
}
