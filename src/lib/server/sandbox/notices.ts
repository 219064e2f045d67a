/**
 * The signed messages that the sandbox providers owe the shop, in their own book: written with the event
 * itself, sent until the shop has taken them, by whichever process is there.
 */
import { backOffMs } from '#lib/core/units/back-off.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { SandboxNoticeRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';

/** Messages sent in one round. */
const BATCH = 100;
/** Tried this often; the shop finds out by asking in any case. */
const MAX_ATTEMPTS = 12;
const BACK_OFF = { firstMs: 2_000, lastMs: 300_000 };

export interface Notice {
	readonly eventId: string;
	readonly provider: SandboxNoticeRow['provider'];
	readonly reference: string;
	readonly dueAtMs: number;
}

/** In the transaction of what the message tells of. */
export async function oweNotice(write: Write, notice: Notice): Promise<void> {
	await write
		.insertInto('sandbox_notice')
		.values({
			event_id: notice.eventId,
			provider: notice.provider,
			reference: notice.reference,
			due_at_ms: notice.dueAtMs,
			attempts: 0,
		})
		.onConflict((conflict) => conflict.column('event_id').doNothing())
		.execute();
}

/** Hands one message to the shop. Resolves when the shop has taken it. */
export type SendNotice = (notice: SandboxNoticeRow) => Promise<void>;

/** One round. @param reference only the messages about this one */
export async function sendNotices(
	backend: Backend,
	send: SendNotice,
	reference?: string,
): Promise<void> {
	for (const notice of await dueNotices(backend, reference)) {
		if (!(await claim(backend, notice))) continue;
		try {
			await send(notice);
			await settle(backend, notice);
		} catch (error) {
			const { reference: about, attempts } = notice;
			backend.log('warn', 'sandbox-message-lost', { about, attempts, ...describeError(error) });
		}
	}
}

async function dueNotices(
	{ database, clock }: Backend,
	reference: string | undefined,
): Promise<SandboxNoticeRow[]> {
	let due = database
		.selectFrom('sandbox_notice')
		.selectAll()
		.where('taken_at_ms', 'is', null)
		.where('due_at_ms', '<=', clock.nowMs())
		.where('attempts', '<', MAX_ATTEMPTS);
	if (reference !== undefined) due = due.where('reference', '=', reference);
	return await due.orderBy('due_at_ms').orderBy('event_id').limit(BATCH).execute();
}

/** Puts the next attempt off; of several processes one gets it. */
async function claim({ database, clock }: Backend, notice: SandboxNoticeRow): Promise<boolean> {
	const attempts = notice.attempts + 1;
	const pauseMs = backOffMs(attempts, BACK_OFF, Math.random());
	const claimed = await transact(database, (write) =>
		write
			.updateTable('sandbox_notice')
			.set({ attempts, due_at_ms: clock.nowMs() + pauseMs })
			.where('event_id', '=', notice.event_id)
			.where('attempts', '=', notice.attempts)
			.where('taken_at_ms', 'is', null)
			.executeTakeFirst(),
	);
	return claimed.numUpdatedRows > 0n;
}

async function settle({ database, clock }: Backend, notice: SandboxNoticeRow): Promise<void> {
	await transact(database, (write) =>
		write
			.updateTable('sandbox_notice')
			.set({ taken_at_ms: clock.nowMs() })
			.where('event_id', '=', notice.event_id)
			.execute(),
	);
}
