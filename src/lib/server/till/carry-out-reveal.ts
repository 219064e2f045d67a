/**
 * A sealed token was shown: it is sold, for ever, in the shift that showed it. What happened is written down
 * even where it should not have; the office is told of that.
 */
import * as v from 'valibot';
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';
import { RevealedSale } from '#lib/core/sync/till-journal.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockJournal } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { ReserveEndRow, ReserveRow, TillEntryRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { queueMessage } from '../message/queue.ts';
import {
	refusedWith,
	type Carried,
	type CarryOut,
	type EntryOf,
	type TillCaller,
} from './carrying.ts';
import { decideReveal } from './reserve/decide-reveal.ts';
import { keyChangedAtMs } from './reserve/reserve-key.ts';
import { endsOf, findSealedReserve } from './reserve/reserve-rows.ts';
import { sealTo } from './sale-key.ts';

/**
 * Order: `reserve-unknown` (not sealed to this device), `reserve-ended` (by another entry: that one stands). A
 * seal that cannot be read leaves only how it was paid for unknown.
 */
export const carryOutReveal: CarryOut<'reveal'> = async ({ backend, till, entry, row }) => {
	const sale = await openSeal(backend, entry);
	const nowMs = backend.clock.nowMs();
	const decided = await transact(backend.database, (write) =>
		reveal(write, till, { entry, row, sale }, nowMs),
	);
	const alarm = decided.alarm && { alarm: decided.alarm };
	if (decided.code !== null) return { ...refusedWith(decided.code), ...alarm };
	const sealed = await answerFor(backend, entry.content.vendId, sale);
	return { state: 'issued', code: null, sealed, ...alarm };
};

interface Revealing {
	readonly entry: EntryOf<'reveal'>;
	readonly row: TillEntryRow;
	readonly sale: RevealedSale | undefined;
}

async function openSeal(
	{ saleKey }: Backend,
	{ content }: EntryOf<'reveal'>,
): Promise<RevealedSale | undefined> {
	const text = await saleKey.unseal(content.sealed);
	if (text === undefined) return undefined;
	try {
		const shaped = v.safeParse(RevealedSale, JSON.parse(text));
		return shaped.success ? shaped.output : undefined;
	} catch {
		return undefined;
	}
}

async function reveal(
	write: Write,
	till: TillCaller,
	revealing: Revealing,
	nowMs: number,
): Promise<Pick<Carried, 'alarm'> & { readonly code: RefusalCode | null }> {
	const { entry, row } = revealing;
	await lockJournal(write, entry.deviceId);
	const reserve = await findSealedReserve(write, entry.content.vendId, entry.deviceId);
	if (reserve === undefined) return { code: 'reserve-unknown' };
	const ends = await endsOf(write, reserve.vend_id);
	const atMs = Math.min(serverTimeOf(entry), row.taken_at_ms);
	const changedAtMs = await keyChangedAtMs(write, reserve.vend_id);
	const facts = { entryId: entry.id, atMs, reserve, ends, keyChangedAtMs: changedAtMs };
	const decided = decideReveal(facts);
	if (decided.isFirst) await store(write, till, reserve, revealing, nowMs);
	const { code, breach } = decided;
	if (breach === null) return { code };
	const told = { vend: reserve.vend_id, breach, expiresAtMs: reserve.expires_at_ms, atMs };
	return { code, alarm: { kind: 'reserve-broken', facts: told } };
}

async function store(
	write: Write,
	till: TillCaller,
	reserve: ReserveRow,
	{ entry, sale }: Revealing,
	nowMs: number,
): Promise<void> {
	const { vend_id: id, utility_id: utilityId, denomination_minor: amountMinor } = reserve;
	const shift = await shiftOfTill(write, till, entry.content.batchId);
	const end: ReserveEndRow = {
		...{ vend_id: id, state: 'revealed', entry_id: entry.id, shift_batch_id: shift },
		...{ operator_id: entry.operatorId, at_ms: nowMs },
		tender: sale === undefined ? null : JSON.stringify(sale.tender),
	};
	await write.insertInto('reserve_end').values(end).execute();
	if (sale?.notifyPhone !== undefined) {
		const message = { utilityId, phone: sale.notifyPhone, template: 'token', subjectId: id };
		await queueMessage(write, message, nowMs);
	}
	const facts = { entry: entry.id, shift, amountMinor, operator: entry.operatorId };
	const deed = { action: 'reserve-revealed', subject: { kind: 'vend', id }, facts };
	await recordDeed(write, till, deed, nowMs);
}

/** Its id, when it is one; null: what was revealed is counted in no shift. */
async function shiftOfTill(
	write: Write,
	{ terminalId }: TillCaller,
	batchId: string,
): Promise<string | null> {
	const batch = await write
		.selectFrom('batch')
		.select('id')
		.where('id', '=', batchId)
		.where('terminal_id', '=', terminalId)
		.where('kind', '=', 'shift')
		.executeTakeFirst();
	return batch?.id ?? null;
}

/** The device has it already; whoever asks for it once more names what to seal it to. */
async function answerFor(
	{ database }: Backend,
	vendId: string,
	sale: RevealedSale | undefined,
): Promise<string | null> {
	if (sale?.answerTo === undefined) return null;
	const { answer } = await database
		.selectFrom('vend')
		.select('answer')
		.where('id', '=', vendId)
		.executeTakeFirstOrThrow();
	return answer === null ? null : await sealTo(sale.answerTo, answer);
}
