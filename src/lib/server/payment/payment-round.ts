/**
 * Looks after payments that are not final, whoever asked for them: the provider's message may be lost, and
 * the process that asked may be gone. Each is asked about with a growing pause, until the provider has said
 * its final word.
 */
import { backOffMs } from '#lib/core/units/back-off.ts';
import type { Backend } from '../backend.ts';
import type { PaymentRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';
import { issueVend } from '../vend/issue-vend.ts';
import { settlePayment } from './settle-payment.ts';

/** Payments looked at in one round. */
const BATCH = 200;
const BACK_OFF = { firstMs: 2_000, lastMs: 60_000 };

/** @param all also those whose time has not come: after a start nobody else is known to look */
export async function lookAfterPayments(backend: Backend, all: boolean): Promise<void> {
	for (const row of await duePayments(backend, all))
		try {
			if (!(await claimLook(backend, row))) continue;
			const vendId = await settlePayment(backend, row.id);
			if (vendId !== undefined) await issueVend(backend, vendId);
		} catch (error) {
			backend.log('error', 'recovery-failed', { payment: row.id, ...describeError(error) });
		}
}

type Due = Pick<PaymentRow, 'id' | 'attempts' | 'next_look_at_ms'>;

/** What is put off for longer than any pause was put off before the clock was set back. */
async function duePayments({ database, clock }: Backend, all: boolean): Promise<Due[]> {
	const nowMs = clock.nowMs();
	let due = database
		.selectFrom('payment')
		.select(['id', 'attempts', 'next_look_at_ms'])
		.where('state', 'in', ['created', 'pending', 'unknown']);
	if (!all)
		due = due.where((is) =>
			is.or([
				is('next_look_at_ms', '<=', nowMs),
				is('next_look_at_ms', '>', nowMs + BACK_OFF.lastMs),
			]),
		);
	return await due.orderBy('next_look_at_ms').limit(BATCH).execute();
}

/** Puts off the next look, and is this process's look only if nobody else took it meanwhile. */
async function claimLook({ database, clock }: Backend, row: Due): Promise<boolean> {
	const attempts = row.attempts + 1;
	const pauseMs = backOffMs(attempts, BACK_OFF, Math.random());
	const claimed = await transact(database, (write) =>
		write
			.updateTable('payment')
			.set({ attempts, next_look_at_ms: clock.nowMs() + pauseMs })
			.where('id', '=', row.id)
			.where('attempts', '=', row.attempts)
			.where('state', 'in', ['created', 'pending', 'unknown'])
			.executeTakeFirst(),
	);
	return claimed.numUpdatedRows > 0n;
}
