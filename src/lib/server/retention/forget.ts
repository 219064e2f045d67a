/**
 * Forgets what has served: a background round that takes away, a few rows at a time, what is neither money,
 * token nor audit. Vends, receipts, ledger and audit are kept; their time is the tax law's, not ours.
 */
import { sql } from 'kysely';
import { FORGOTTEN_AFTER_MS } from '../access/sign-in-lock.ts';
import type { Backend } from '../backend.ts';
import type { Turn } from '../background.ts';
import type { Database } from '../database/open.ts';
import { FETCH_TEMPLATE } from '../fetch/request-fetch-code.ts';
import { transact } from '../database/transact.ts';

export interface RetentionSettings {
	/** How long ended sessions, what packs held and the sandbox providers' books are kept. */
	readonly keepMs: number;
	/** How long a message says which phone it went to. */
	readonly keepPhonesMs: number;
}

interface Rule {
	readonly table: string;
	readonly key: string;
	/** Instant from which the row has served. */
	readonly servedAt: string;
	/** Kept so long after it; absent: `keepMs`. */
	readonly keepMs?: number;
	/** Only rows of which this is so as well, as SQL over the table's name. */
	readonly onlyIf?: string;
}

const HOUR_MS = 60 * 60_000;

/** Anybody may type any number and ask for a code to it: whose it was is of no use the day after. */
const CODE_TEMPLATES = ['code', FETCH_TEMPLATE];
const KEEP_CODE_PHONES_MS = 24 * HOUR_MS;

/** What nobody can use any more goes soon; what a person might ask about goes after `keepMs`. */
export const RULES: readonly Rule[] = [
	{ table: 'challenge', key: 'id', servedAt: 'expires_at_ms', keepMs: HOUR_MS },
	{ table: 'one_time_code', key: 'id', servedAt: 'expires_at_ms', keepMs: 24 * HOUR_MS },
	{ table: 'fetch_code', key: 'id', servedAt: 'expires_at_ms', keepMs: 24 * HOUR_MS },
	{ table: 'sign_in_attempt', key: 'key', servedAt: 'last_at_ms', keepMs: FORGOTTEN_AFTER_MS },
	{ table: 'login_session', key: 'id', servedAt: 'expires_at_ms' },
	{ table: 'job_pack', key: 'id', servedAt: 'valid_until_ms' },
	{ table: 'sandbox_message', key: 'reference', servedAt: 'sent_at_ms' },
	{ table: 'sandbox_notice', key: 'event_id', servedAt: 'taken_at_ms' },
	{
		table: 'sandbox_charge',
		key: 'reference',
		servedAt: 'expires_at_ms',
		// The provider may still be asked about it.
		onlyIf: `not exists (select 1 from payment where payment.id = sandbox_charge.reference
			and payment.state not in ('paid', 'failed', 'expired'))`,
	},
];

/** Rows of one transaction: no vend waits longer for it than for another vend. */
const BATCH = 200;

/** One run; what is left when the process is to end waits for the next one. */
export async function forget(
	{ database, clock, log }: Pick<Backend, 'database' | 'clock' | 'log'>,
	{ keepMs, keepPhonesMs }: RetentionSettings,
	{ signal }: Pick<Turn, 'signal'>,
): Promise<void> {
	const nowMs = clock.nowMs();
	for (const rule of RULES) {
		const before = nowMs - (rule.keepMs ?? keepMs);
		const rows = await inBatches(signal, () => deleteSome(database, rule, before));
		if (rows > 0) log('info', 'forgotten', { table: rule.table, rows });
	}
	const before = nowMs - keepPhonesMs;
	const ofCodes = nowMs - KEEP_CODE_PHONES_MS;
	const phones = await inBatches(signal, () => erasePhones(database, { before, ofCodes }));
	if (phones > 0) log('info', 'forgotten', { table: 'message', rows: phones });
}

/** Until nothing is left, or the process is to end. */
async function inBatches(signal: AbortSignal, step: () => Promise<number>): Promise<number> {
	let all = 0;
	for (let rows = BATCH; rows === BATCH && !signal.aborted; all += rows) rows = await step();
	return all;
}

async function deleteSome(database: Database, rule: Rule, beforeMs: number): Promise<number> {
	const table = sql.table(rule.table);
	const key = sql.ref(rule.key);
	const also = rule.onlyIf === undefined ? sql`` : sql` and ${sql.raw(rule.onlyIf)}`;
	return await transact(database, async (write) => {
		const { numAffectedRows } = await sql`delete from ${table} where ${key} in (
			select ${key} from ${table} where ${sql.ref(rule.servedAt)} < ${beforeMs}${also}
			limit ${BATCH})`.execute(write);
		return Number(numAffectedRows ?? 0);
	});
}

/** The message stays, with what it told of and when; who got it does not. */
async function erasePhones(
	database: Database,
	{ before, ofCodes }: { readonly before: number; readonly ofCodes: number },
): Promise<number> {
	return await transact(database, async (write) => {
		const rows = await write
			.selectFrom('message')
			.select('id')
			.where('state', 'in', ['delivered', 'failed'])
			.where((is) =>
				is.or([
					is('created_at_ms', '<', before),
					is.and([is('created_at_ms', '<', ofCodes), is('template', 'in', CODE_TEMPLATES)]),
				]),
			)
			.where('phone', 'like', '+%')
			.limit(BATCH)
			.execute();
		for (const { id } of rows)
			await write
				.updateTable('message')
				.set({ phone: `erased:${id}` })
				.where('id', '=', id)
				.execute();
		return rows.length;
	});
}
