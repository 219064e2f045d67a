/**
 * Carries a paid vend to its token: first transaction, security module, second transaction. Safe to call
 * again at any time, by any process: what is done is found done. When the module does not answer the vend
 * stays where it is, with its TID, and is asked for again.
 */
import type { Backend } from '../backend.ts';
import type { VendRow } from '../database/schema.ts';
import { Fault } from '../fault.ts';
import { describeError } from '../log.ts';
import { timed } from '../measure/measure.ts';
import { isRefusal } from '../refusal.ts';
import { beginIssue } from './begin-issue.ts';
import { finishIssue, undoIssue, type Digits } from './finish-issue.ts';
import type { IssueOrder } from './issue-order.ts';
import type { VendInTheMaking } from './lock-vend.ts';
import { makeTokens } from './make-tokens.ts';

/** Nobody waits for the digits: they are held back until they are asked for. */
export async function issueVend(backend: Backend, id: string): Promise<void> {
	if (backend.permit.refusal() !== undefined) return;
	const begun = await timed(
		() => beginIssue(backend, id),
		(seconds) => backend.measure.step('begin', seconds),
	);
	if (begun === 'final' || begun === 'waits') return;
	await carryOut(backend, begun.order, 'held-back');
}

/**
 * Then goes on with the vend of the same meter that has waited for this one. The row of the finished vend;
 * undefined: the module did not answer.
 */
export async function carryOut(
	backend: Backend,
	order: IssueOrder,
	digits: Digits,
): Promise<VendRow | undefined> {
	const ended = await makeAndFinish(backend, order, digits);
	if (ended?.next !== undefined) await goOn(backend, ended.next, digits);
	return ended?.row;
}

async function makeAndFinish(
	backend: Backend,
	order: IssueOrder,
	digits: Digits,
): Promise<VendInTheMaking | undefined> {
	try {
		const made = await makeTokens(backend.securityModule, order);
		const ended = await timed(
			() =>
				isRefusal(made)
					? undoIssue(backend, order, made.refusal)
					: finishIssue(backend, order, made, digits),
			(seconds) => backend.measure.step('finish', seconds),
		);
		backend.measure.vend(ended.row.kind, ended.row.state);
		return ended;
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		backend.log('warn', 'issue-waits', { vend: order.vendId, fault: error.kind });
		return undefined;
	}
}

async function goOn(backend: Backend, next: string, digits: Digits): Promise<void> {
	if (digits === 'held-back') return await issueVend(backend, next);
	// Whoever waits behind this one does not make its asker wait; recovery follows if this does not end.
	backend.duty
		.during(() => issueVend(backend, next))
		.catch((error: unknown) => {
			backend.log('error', 'issue-next-failed', describeError(error));
		});
}
