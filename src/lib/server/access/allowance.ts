/**
 * Allowances that refill by themselves, counted in the fleeting tables so that all nodes agree: one row a
 * key, which says when the allowance is whole again (the generic cell rate algorithm). Being refused takes
 * nothing: whoever waits as long as they are told is taken.
 */
import type { ExpressionBuilder } from 'kysely';
import type { FleetingTables } from '../database/fleeting-tables.ts';
import type { Fleeting } from '../database/fleeting.ts';
import type { Rate } from './settings.ts';

/** Takes one of the allowance, if there is one left. Answers how long to wait for it, ms; 0: taken. */
export async function takeOne(
	fleeting: Fleeting,
	key: string,
	rate: Rate,
	nowMs: number,
): Promise<number> {
	const latestMs = nowMs + (rate.atOnce - 1) * rate.everyMs;
	const taken = await fleeting
		.insertInto('rate_bucket')
		.values({ key, full_at_ms: nowMs + rate.everyMs })
		.onConflict((conflict) =>
			conflict
				.column('key')
				.doUpdateSet((is) => ({ full_at_ms: later(is, nowMs, rate.everyMs) }))
				.where('rate_bucket.full_at_ms', '<=', latestMs),
		)
		.returning('full_at_ms')
		.executeTakeFirst();
	return taken === undefined ? await waitForOne(fleeting, key, rate, nowMs) : 0;
}

/** How long until there is one to take, ms; 0: there is. Takes nothing. */
export async function waitForOne(
	fleeting: Fleeting,
	key: string,
	rate: Rate,
	nowMs: number,
): Promise<number> {
	const row = await fleeting
		.selectFrom('rate_bucket')
		.select('full_at_ms')
		.where('key', '=', key)
		.executeTakeFirst();
	return Math.max(0, (row?.full_at_ms ?? 0) - (rate.atOnce - 1) * rate.everyMs - nowMs);
}

/** Takes one, whether it is there or not: what was overdrawn must refill first. */
export async function chargeOne(
	fleeting: Fleeting,
	key: string,
	rate: Rate,
	nowMs: number,
): Promise<void> {
	await fleeting
		.insertInto('rate_bucket')
		.values({ key, full_at_ms: nowMs + rate.everyMs })
		.onConflict((conflict) =>
			conflict.column('key').doUpdateSet((is) => ({ full_at_ms: later(is, nowMs, rate.everyMs) })),
		)
		.execute();
}

/** From now, or from when it would have been full: one more to refill. */
function later(
	is: ExpressionBuilder<FleetingTables, 'rate_bucket'>,
	nowMs: number,
	everyMs: number,
) {
	const known = is.ref('rate_bucket.full_at_ms');
	const from = is.case().when(known, '>', nowMs).then(known).else(nowMs).end();
	return is(from, '+', everyMs);
}
