/**
 * The first transaction of a vend that was taken in before: the money or the authority is here, so the
 * price is fixed, the account moved on and the TID reserved, all of it written down before the security
 * module is asked. From then on the vend can be finished by anyone who finds it, and never needs to be begun
 * again.
 */
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import { together } from '../database/together.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { findMeter, type MeterFacts } from '../meter/find-meter.ts';
import { targetOf } from '../meter/target-key.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { orderOf, type IssueOrder } from './issue-order.ts';
import { lockVend } from './lock-vend.ts';
import { begunColumns, commitmentOf, prepareIssue } from './prepare-issue.ts';
import { refuseVend } from './refuse-vend.ts';
import { storedRequest } from './stored-request.ts';

/** What there is to do: an order to carry out, or nothing, or not yet (another vend of the meter is first). */
export type Begun = { order: IssueOrder } | 'final' | 'waits';

export async function beginIssue({ database, clock }: Backend, id: string): Promise<Begun> {
	return await transact(database, async (write): Promise<Begun> => {
		const row = await lockVend(write, id);
		if (row.state === 'issuing') return { order: orderOf(row) };
		if (row.state !== 'paid') return row.state === 'awaiting-payment' ? 'waits' : 'final';
		const nowMs = clock.nowMs();
		const facts = await factsOfVend(write, row, nowMs);
		if (!isRefusal(facts) && facts.isBusy) return 'waits';
		const prepared = isRefusal(facts) ? facts : await prepareIssue(write, row, facts, nowMs);
		if (isRefusal(prepared)) {
			await refuseVend(write, row, prepared.refusal, nowMs);
			return 'final';
		}
		await together(write, [
			write.updateTable('vend').set(begunColumns(prepared)).where('id', '=', id).compile(),
			...commitmentOf(write, row.drn, prepared),
		]);
		return { order: prepared.order };
	});
}

/** The meter as the vend finds it; the target is the vend's own where it names one. */
export async function factsOfVend(
	write: Write,
	row: Pick<VendRow, 'utility_id' | 'drn' | 'request'>,
	nowMs: number,
): Promise<MeterFacts | Refusal> {
	const facts = await findMeter(write, { utilityId: row.utility_id }, row.drn, nowMs);
	if (isRefusal(facts)) return facts;
	const request = storedRequest(row);
	return 'sgc' in request
		? { ...facts, target: await targetOf(write, facts.meter, request) }
		: facts;
}
