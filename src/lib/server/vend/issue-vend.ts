/**
 * Carries a paid vend to its token: first transaction, security module, second transaction. Safe to call
 * again at any time, by any process: what is done is found done. When the module does not answer the vend
 * stays where it is, with its TID, and is asked for again.
 */
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import type { VendRow } from '../database/schema.ts';
import { Fault } from '../fault.ts';
import { timed } from '../measure/measure.ts';
import { isRefusal } from '../refusal.ts';
import { beginIssue } from './begin-issue.ts';
import { finishIssue, undoIssue, type Digits } from './finish-issue.ts';
import type { IssueOrder } from './issue-order.ts';
import { makeTokens } from './make-tokens.ts';

/** Nobody waits for the digits: they are held back until they are asked for. */
export async function issueVend(backend: Backend, id: string): Promise<void> {
	if (backend.permit.refusal() !== undefined) return;
	const begun = await timed(
		() => beginIssue(backend, id),
		(seconds) => backend.measure.step('begin', seconds),
	);
	if (begun === 'final' || begun === 'waits') return;
	const done = await carryOut(backend, begun.order, 'held-back');
	if (done !== undefined) await issueNext(backend, done.drn);
}

/** The row of the finished vend; undefined: the module did not answer. */
export async function carryOut(
	backend: Backend,
	order: IssueOrder,
	digits: Digits,
): Promise<VendRow | undefined> {
	try {
		const made = await makeTokens(backend.securityModule, order);
		const done = await timed(
			() =>
				isRefusal(made)
					? undoIssue(backend, order, made.refusal)
					: finishIssue(backend, order, made, digits),
			(seconds) => backend.measure.step('finish', seconds),
		);
		backend.measure.vend(done.kind, done.state);
		return done;
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		backend.log('warn', 'issue-waits', { vend: order.vendId, fault: error.kind });
		return undefined;
	}
}

/** The vend of the same meter that has waited for this one. */
export async function issueNext(backend: Backend, drn: string): Promise<void> {
	const next = await backend.database
		.selectFrom('vend')
		.select('id')
		.where('drn', '=', drn)
		.where('state', '=', sql.lit('paid'))
		.orderBy('state_at_ms')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	if (next !== undefined) await issueVend(backend, next.id);
}
