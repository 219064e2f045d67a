/**
 * Finishes what a crash, a lost message or a silent security module left behind: a background round
 * (rounds.ts) of every process on the database, from its start on. Nothing here depends on who began the
 * work; what is found done is left alone.
 */
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';
import { lookAfterPayments } from '../payment/payment-round.ts';
import { issueVend } from './issue-vend.ts';
import { lockVend } from './lock-vend.ts';
import { refuseVend } from './refuse-vend.ts';

/** Rows looked at in one round, per kind of work. */
const BATCH = 200;
/** Vends that are finished side by side. */
const AT_ONCE = 16;
/** A sale that nobody ever tried to pay for is given up after this long. */
const UNPAID_LIFE_MS = 24 * 60 * 60_000;

/** One round. `graceMs`: leave alone what moved less long ago, whoever moved it is likely still at it. */
export async function recover(backend: Backend, graceMs: number): Promise<void> {
	await lookAfterPayments(backend, graceMs === 0);
	await finishVends(backend, graceMs);
}

/** The part of a round that asks no payment provider. */
export async function finishVends(backend: Backend, graceMs: number): Promise<void> {
	const ids = await unfinishedVends(backend, graceMs);
	const next = ids.values();
	// Side by side, so that one key whose module does not answer holds up the others as little as may be.
	const worker = async () => {
		for (const id of next) await attempt(backend, id, () => issueVend(backend, id));
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	await giveUpUnpaid(backend);
}

async function attempt({ log }: Backend, id: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		log('error', 'recovery-failed', { vend: id, ...describeError(error) });
	}
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
	const unpaid = await database
		.selectFrom('vend')
		.select('id')
		.where('state', '=', 'awaiting-payment')
		.where('state_at_ms', '<=', nowMs - UNPAID_LIFE_MS)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('payment').select('payment.id').whereRef('payment.vend_id', '=', 'vend.id'),
				),
			),
		)
		.limit(BATCH)
		.execute();
	for (const { id } of unpaid) await transact(database, (write) => giveUp(write, id, nowMs));
}

/** Unless it was paid for or given up in this very moment. */
async function giveUp(write: Write, id: string, nowMs: number): Promise<void> {
	const row = await lockVend(write, id);
	const payment = await write
		.selectFrom('payment')
		.select('id')
		.where('vend_id', '=', id)
		.executeTakeFirst();
	if (row.state !== 'awaiting-payment' || payment !== undefined) return;
	await refuseVend(write, row, 'payment-expired', nowMs);
}
