/**
 * When a utility's civil day is over, the end of its chain is signed: a background round. Of several nodes
 * the first one's root stands. A day on which no backend ran has none; the next root covers it.
 */
import { civilDateOf, dayAfter, formatDate, startOfDay } from '#lib/core/units/instant.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { inScope } from '../access/scope.ts';
import type { Caller } from '../access/caller.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { AuditRoot } from '#lib/core/sync/wire-audit.ts';
import { rootShape, type RootSigner } from './root-signature.ts';
import { chainEnd } from './seal.ts';

/** So that what was done in the day's last moments is sealed. */
const SETTLE_MS = 10 * 60_000;

export async function signRoots(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	sign: RootSigner,
): Promise<void> {
	const nowMs = clock.nowMs();
	const utilities = await database.selectFrom('utility').select(['id', 'time_zone']).execute();
	for (const { id, time_zone } of utilities) {
		const today = civilDateOf(nowMs, time_zone);
		if (nowMs < startOfDay(today, time_zone) + SETTLE_MS) continue;
		await signRoot(database, sign, { id, date: formatDate(dayAfter(today, -1)), nowMs });
	}
}

async function signRoot(
	database: Backend['database'],
	sign: RootSigner,
	{ id, date, nowMs }: { id: string; date: string; nowMs: number },
): Promise<void> {
	await transact(database, async (write) => {
		const known = await write
			.selectFrom('audit_root')
			.select('date')
			.where('utility_id', '=', id)
			.where('date', '=', date)
			.executeTakeFirst();
		const end = await chainEnd(write, id);
		if (known !== undefined || end.sequence === 0) return;
		const root = sign({ utilityId: id, date, ...end, signedAtMs: nowMs });
		await write
			.insertInto('audit_root')
			.values({
				utility_id: id,
				date,
				...end,
				signed_at_ms: nowMs,
				public_key: JSON.stringify(root.publicKey),
				signature: root.signature,
			})
			.execute();
	});
}

/** Refusal: `not-found`: the day is not over, or no backend ran in it or the day after. */
export async function readRoot(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	date: string,
): Promise<AuditRoot | Refusal> {
	const row = await database
		.selectFrom('audit_root')
		.selectAll()
		.where('utility_id', '=', caller.utilityId)
		.where('date', '=', date)
		.executeTakeFirst();
	const root = inScope(caller, row);
	return isRefusal(root) ? root : rootShape(root);
}
