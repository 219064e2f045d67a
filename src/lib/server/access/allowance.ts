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
				.doUpdateSet((is) => ({ full_at_ms: later(is, nowMs, rate) }))
				.where((is) =>
					is.or([
						is('rate_bucket.full_at_ms', '<=', latestMs),
						is('rate_bucket.full_at_ms', '>', impossibleMs(nowMs, rate)),
					]),
				),
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
	if (row === undefined || row.full_at_ms > impossibleMs(nowMs, rate)) return 0;
	return Math.max(0, row.full_at_ms - (rate.atOnce - 1) * rate.everyMs - nowMs);
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
			conflict.column('key').doUpdateSet((is) => ({ full_at_ms: later(is, nowMs, rate) })),
		)
		.execute();
}

/**
 * Later than any allowance is drawn on: written before the clock was set back. It is forgotten, or whoever
 * asked then would be shut out until the clock has caught up.
 */
function impossibleMs(nowMs: number, { atOnce, everyMs }: Rate): number {
	return nowMs + 2 * atOnce * everyMs;
}

/** From now, or from when it would have been full: one more to refill. */
function later(is: ExpressionBuilder<FleetingTables, 'rate_bucket'>, nowMs: number, rate: Rate) {
	const known = is.ref('rate_bucket.full_at_ms');
	const from = is
		.case()
		.when(is.between(known, nowMs, impossibleMs(nowMs, rate)))
		.then(known)
		.else(nowMs)
		.end();
	return is(from, '+', rate.everyMs);
}
