/** Rows of a journal as they came: whether each is an entry of this device, before anything is asked of the database. */
import type { KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { entryHash, entryText } from '#lib/core/sync/journal-chain.ts';
import { SignedTillEntry, TillSale } from '#lib/core/sync/till-journal.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { JournalBatchRow, MissingEntry } from '#lib/core/sync/wire-till.ts';
import { importDeviceKey, isSignedBy } from '../access/device-key.ts';
import type { TillEntryRow, TillHeadRow } from '../database/schema.ts';
import { isText, shapeOf } from '../http/read-body.ts';
import type { Refusal } from '../refusal.ts';
import type { SaleKey } from './sale-key.ts';

/** An entry that its device signed; its place is not known yet. */
export interface ReadEntry {
	readonly what: 'entry';
	readonly entry: SignedTillEntry;
	/** As it was signed, canonical: also what a shape does not name. */
	readonly text: string;
	readonly hash: string;
	/** Of a sale, what its seal holds; undefined: it cannot be read. */
	readonly sale: TillSale | undefined;
}
export interface ReadMissing {
	readonly what: 'missing';
	readonly missing: MissingEntry;
}
export interface ReadRefused {
	readonly what: 'refused';
	/** What the row says itself; null: nothing. */
	readonly sequence: number | null;
	readonly refusal: Refusal;
}
export type ReadRow = ReadEntry | ReadMissing | ReadRefused;

/** In the rows' own order. Refusals of an entry: `body-shape`, `journal-other-till`, `journal-signature`. */
export async function readRows(
	saleKey: SaleKey,
	head: Pick<TillHeadRow, 'device_id' | 'terminal_id' | 'signing_key'>,
	rows: readonly JournalBatchRow[],
): Promise<ReadRow[]> {
	const key = importDeviceKey(JSON.parse(head.signing_key) as DeviceKey);
	const read: ReadRow[] = [];
	for (const row of rows)
		if (row.what === 'missing') read.push({ what: 'missing', missing: row.missing });
		else read.push(await readEntry(saleKey, { head, key }, row.entry));
	return read;
}

interface Device {
	readonly head: Pick<TillHeadRow, 'device_id' | 'terminal_id'>;
	readonly key: KeyObject | undefined;
}

async function readEntry(
	saleKey: SaleKey,
	{ head, key }: Device,
	given: unknown,
): Promise<ReadEntry | ReadRefused> {
	const refused = (refusal: Refusal): ReadRefused => ({
		what: 'refused',
		sequence: sequenceOf(given),
		refusal,
	});
	if (!isText(given)) return refused({ refusal: 'body-shape' });
	const shaped = shapeOf(given, SignedTillEntry);
	if ('refusal' in shaped) return refused(shaped);
	const entry = shaped.value;
	if (entry.deviceId !== head.device_id || entry.terminalId !== head.terminal_id)
		return refused({ refusal: 'journal-other-till' });
	// What was signed is what came: a shape leaves out what it does not know.
	const signed = given as SignedTillEntry;
	const signature = Buffer.from(entry.signature, 'base64url');
	if (key === undefined || !isSignedBy(key, entryText(signed), signature))
		return refused({ refusal: 'journal-signature' });
	const sale = await saleOf(saleKey, entry);
	const text = canonicalize(signed) ?? '';
	return { what: 'entry', entry, text, hash: entryHash(signed), sale };
}

/** An entry as it was taken before. */
export async function readStored(
	saleKey: SaleKey,
	{ entry: text, hash }: Pick<TillEntryRow, 'entry' | 'hash'>,
): Promise<ReadEntry> {
	const entry = v.parse(SignedTillEntry, JSON.parse(text));
	return { what: 'entry', entry, text, hash, sale: await saleOf(saleKey, entry) };
}

const saleOf = async (saleKey: SaleKey, entry: SignedTillEntry): Promise<TillSale | undefined> =>
	entry.kind === 'sale' ? await openSale(saleKey, entry.content.sealed) : undefined;

const Numbered = v.object({ sequence: v.pipe(v.number(), v.safeInteger()) });

function sequenceOf(given: unknown): number | null {
	return v.is(Numbered, given) ? given.sequence : null;
}

/** Undefined: not sealed to this backend, changed, of another shape, or nobody could open the answer to it. */
export async function openSale(saleKey: SaleKey, sealed: string): Promise<TillSale | undefined> {
	const text = await saleKey.unseal(sealed);
	const json = text === undefined ? undefined : parsed(text);
	if (json === undefined || !isText(json)) return undefined;
	const sale = v.safeParse(TillSale, json);
	if (!sale.success || importDeviceKey(sale.output.answerTo) === undefined) return undefined;
	return sale.output;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
