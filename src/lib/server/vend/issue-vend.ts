/**
 * Carries a paid vend to its token: first transaction, security module, second transaction. Safe to call
 * again at any time, by any process: what is done is found done. When the module does not answer the vend
 * stays where it is, with its TID, and is asked for again.
 */
import type { Backend } from '../backend.ts';
import { Fault } from '../fault.ts';
import { isRefusal } from '../refusal.ts';
import { beginIssue } from './begin-issue.ts';
import { finishIssue, undoIssue } from './finish-issue.ts';

export async function issueVend(backend: Backend, id: string): Promise<void> {
	const begun = await beginIssue(backend, id);
	if (begun === 'final' || begun === 'waits') return;
	const { order } = begun;
	try {
		const made = await backend.securityModule.issueCredit({
			requestId: order.vendId,
			slot: order.slot,
			drn: order.drn,
			sgc: order.sgc,
			krn: order.krn,
			ti: order.ti,
			ea: order.ea,
			amountDeciKwh: order.waterfall.energyDeciKwh,
			tct: order.tct,
			tid: order.tid,
			nowMs: backend.clock.nowMs(),
		});
		if (isRefusal(made)) await undoIssue(backend, order, made.refusal);
		else await finishIssue(backend, order, made);
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		backend.log('warn', 'issue-waits', { vend: id, fault: error.kind });
		return;
	}
	await issueNext(backend, order.drn);
}

/** The vend of the same meter that has waited for this one. */
async function issueNext(backend: Backend, drn: string): Promise<void> {
	const next = await backend.database
		.selectFrom('vend')
		.select('id')
		.where('drn', '=', drn)
		.where('state', '=', 'paid')
		.orderBy('state_at_ms')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	if (next !== undefined) await issueVend(backend, next.id);
}
