/**
 * Finishes what a crash, a lost message or a silent security module left behind: a background round
 * (rounds.ts) of every process on the database, from its start on. Nothing here depends on who began the
 * work; what is found done is left alone.
 */
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';
import { settlePayment } from '../payment/settle-payment.ts';
import { issueVend } from './issue-vend.ts';
import { refuseVend } from './refuse-vend.ts';

/** Rows looked at in one round, per kind of work. */
const BATCH = 200;
/** A sale that nobody ever tried to pay for is given up after this long. */
const UNPAID_LIFE_MS = 24 * 60 * 60_000;

/** One round. `graceMs`: leave alone what moved less long ago, whoever moved it is likely still at it. */
export async function recover(backend: Backend, graceMs: number): Promise<void> {
	for (const id of await pendingPayments(backend, graceMs))
		await attempt(backend, 'payment', id, async () => {
			const vendId = await settlePayment(backend, id);
			if (vendId !== undefined) await issueVend(backend, vendId);
		});
	for (const id of await unfinishedVends(backend, graceMs))
		await attempt(backend, 'vend', id, () => issueVend(backend, id));
	await giveUpUnpaid(backend);
}

async function attempt(
	{ log }: Backend,
	kind: string,
	id: string,
	work: () => Promise<void>,
): Promise<void> {
	try {
		await work();
	} catch (error) {
		log('error', 'recovery-failed', { [kind]: id, ...describeError(error) });
	}
}

async function pendingPayments({ database, clock }: Backend, graceMs: number): Promise<string[]> {
	const nowMs = clock.nowMs();
	const rows = await database
		.selectFrom('payment')
		.select('id')
		.where('state', '=', 'pending')
		.where((is) =>
			is.or([is('created_at_ms', '<=', nowMs - graceMs), is('created_at_ms', '>', nowMs)]),
		)
		.orderBy('created_at_ms')
		.limit(BATCH)
		.execute();
	return rows.map(({ id }) => id);
}

/** What moved in the future did so before the clock was set back: it is not left until then. */
async function unfinishedVends({ database, clock }: Backend, graceMs: number): Promise<string[]> {
	const nowMs = clock.nowMs();
	const rows = await database
		.selectFrom('vend')
		.select('id')
		.where('state', 'in', ['paid', 'issuing'])
		.where((is) => is.or([is('state_at_ms', '<=', nowMs - graceMs), is('state_at_ms', '>', nowMs)]))
		.orderBy('state_at_ms')
		.limit(BATCH)
		.execute();
	return rows.map(({ id }) => id);
}

/** A vend whose payment was never asked for; one that was asked for ends with its payment. */
async function giveUpUnpaid({ database, clock }: Backend): Promise<void> {
	const nowMs = clock.nowMs();
	const unpaid = (source: Pick<typeof database, 'selectFrom'>) =>
		source
			.selectFrom('vend')
			.selectAll()
			.where('state', '=', 'awaiting-payment')
			.where('state_at_ms', '<=', nowMs - UNPAID_LIFE_MS)
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('payment').select('payment.id').whereRef('payment.vend_id', '=', 'vend.id'),
					),
				),
			)
			.limit(BATCH);
	if ((await unpaid(database).execute()).length === 0) return;
	await transact(database, async (write) => {
		for (const row of await unpaid(write).execute())
			await refuseVend(write, row, 'payment-expired', nowMs);
	});
}
