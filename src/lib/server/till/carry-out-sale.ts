/** A sale: what was promised without a token is held to the caps; then it is a vend like any other, by the entry's id. */
import type { TillSale } from '#lib/core/sync/till-journal.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { refusalCodeOf } from '#lib/core/vending/refusals.ts';
import type { Database } from '../database/open.ts';
import { isRefusal } from '../refusal.ts';
import { requestVend } from '../vend/request-vend.ts';
import { refusedWith, type Carried, type CarryOut, type TillCaller } from './carrying.ts';
import { judgeQueued } from './judge-queued.ts';
import { amountOf } from './sale-amount.ts';
import { sealTo } from './sale-key.ts';
import { cameToNothing } from './settled-sale.ts';

/**
 * Order: `sale-unreadable`, `not-allowed` (sealed by somebody else than the entry says), those of the caps, those
 * of `requestVend`, where `refund-settled` (its money went back, or into another sale) is told to the office. It goes
 * into the shift that it names, while that is this till's and open; else it is in none, and in nobody else's: the
 * customer's money has been taken, and the closing of its own shift says what was counted.
 */
export const carryOutSale: CarryOut<'sale'> = async ({
	backend,
	till,
	entry,
	row,
	sale,
	digits,
}) => {
	if (sale === undefined) return refusedWith('sale-unreadable');
	const { request, promise } = sale;
	if (request.kind === 'credit' && request.operatorId !== entry.operatorId)
		return refusedWith('not-allowed');
	// A vend that was taken in was judged: the terms of today are no reason to refuse it now.
	if (promise === 'provisional' && !(await isTakenIn(backend.database, entry.id))) {
		const amountMinor = amountOf(sale);
		const code = await judgeQueued(backend.database, { entry, row, amountMinor });
		if (code !== undefined)
			return { ...refusedWith(code), alarm: { kind: 'caps-broken', facts: { code, amountMinor } } };
	}
	const inShift = { named: entry.content.batchId };
	const vend = await requestVend(backend, till, entry.id, request, inShift, digits);
	if (!isRefusal(vend)) {
		const alarm = await alarmOfReplaced(backend.database, till, sale);
		return { ...(await outcomeOf(sale, vend.body)), ...(alarm && { alarm }) };
	}
	const refused = refusedWith(vend.refusal);
	if (vend.refusal !== 'refund-settled') return refused;
	return { ...refused, alarm: { kind: 'settled-sale', facts: { amountMinor: amountOf(sale) } } };
};

/** The sale in whose place this one was made is a vend all the same: it was lost at the till, and found here first. */
async function alarmOfReplaced(
	database: Database,
	{ terminalId }: TillCaller,
	sale: TillSale,
): Promise<Carried['alarm']> {
	const { replaces } = sale;
	if (replaces === null) return undefined;
	const replaced = await database
		.selectFrom('vend')
		.select('state')
		.where('id', '=', replaces)
		.where('terminal_id', '=', terminalId)
		.executeTakeFirst();
	if (replaced === undefined || cameToNothing(replaced.state)) return undefined;
	return { kind: 'settled-sale', facts: { sale: replaces, amountMinor: amountOf(sale) } };
}

async function isTakenIn(database: Database, id: string): Promise<boolean> {
	const vend = await database
		.selectFrom('vend')
		.select('id')
		.where('id', '=', id)
		.executeTakeFirst();
	return vend !== undefined;
}

/** @param body a `VendAnswer` as JSON */
async function outcomeOf({ answerTo }: TillSale, body: string): Promise<Carried> {
	const answer = JSON.parse(body) as VendAnswer;
	if (answer.state === 'refused')
		return {
			...{ state: 'refused', sealed: null },
			code: refusalCodeOf(answer.code),
		};
	const state = answer.state === 'awaiting-payment' ? 'waiting' : answer.state;
	return { state, code: null, sealed: await sealTo(answerTo, body) };
}
