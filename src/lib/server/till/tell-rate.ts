/**
 * The office is told of an operator who sells faster than anybody can at a counter: a till in wrong hands, or a
 * program that sells. Told, not refused: the money has been taken. By the devices' own times, so that a day's queue
 * that comes in at once is no alarm; an app that was changed can spread them, no further than its queue may wait.
 */
import type { Write } from '../database/open.ts';
import { isRateTold, raiseAlarm, type Alarmed } from './alarms.ts';
import { RATE_OF_MS, salesUntil } from './judge-rate.ts';
import type { ReadEntry } from './read-rows.ts';

/** What is sold: by a sale, or by a sealed token that is shown. */
const SALES = ['sale', 'reveal'] as const;
type Sold = ReadEntry['entry'];
const isSold = ({ kind }: Sold): boolean => SALES.some((each) => each === kind);

/** @param entries that have just been taken, and are written down @param most of an operator, within `RATE_OF_MS` */
export async function tellRate(
	write: Write,
	alarmed: Alarmed,
	entries: readonly ReadEntry[],
	most: number,
	nowMs: number,
): Promise<void> {
	const sold = entries.map(({ entry }) => entry).filter(isSold);
	for (const operatorId of new Set(sold.map((entry) => entry.operatorId))) {
		const own = sold.filter((entry) => entry.operatorId === operatorId);
		const made = await timesAround(write, operatorId, own, most);
		const first = own.find(({ atMs }) => salesUntil(made, atMs) > most);
		if (!first || (await isRateTold(write, alarmed.deviceId, operatorId, nowMs))) continue;
		const facts = { operator: operatorId, sales: salesUntil(made, first.atMs), most };
		const about = { sequence: first.sequence, entryId: first.id, entry: null };
		await raiseAlarm(write, alarmed, { kind: 'rate', ...about, facts }, nowMs);
	}
}

/** When an operator sold, at whatever till: so many of the last as decide it, however long the queue is. */
async function timesAround(
	write: Write,
	operatorId: string,
	own: readonly Sold[],
	most: number,
): Promise<number[]> {
	const times = own.map(({ atMs }) => atMs);
	const rows = await write
		.selectFrom('till_entry')
		.select('at_ms')
		.where('operator_id', '=', operatorId)
		.where('at_ms', '>', Math.min(...times) - RATE_OF_MS)
		.where('at_ms', '<=', Math.max(...times))
		.where('kind', 'in', SALES)
		.orderBy('at_ms', 'desc')
		.limit(most + own.length)
		.execute();
	return rows.map((row) => row.at_ms);
}
