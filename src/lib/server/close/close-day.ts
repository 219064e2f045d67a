/** Closes a civil day of the utility: reconciles it, once, and writes down what was found for good. */
import type { CloseReport } from '#lib/core/sync/wire-office.ts';
import { dayAfter, parseDate, startOfDay } from '#lib/core/units/instant.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockUtility } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { DailyCloseRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { ModuleFacts } from './close-facts.ts';
import { decideClose } from './decide-close.ts';
import { gatherFacts } from './gather-facts.ts';
import { findClose } from './read-close.ts';
import { reportOf } from './stored-closes.ts';

/** What was begun in the day's last moment is committed by then, also by nodes whose clocks are behind. */
const GRACE_MS = 2 * 60_000;

/**
 * A day that was closed keeps its report: asked again, the same answer. Order: `body-shape` (no day),
 * `day-not-over`.
 * @throws {Fault} `security-module-unavailable`, and nothing is closed
 */
export async function closeDay(
	backend: Backend,
	caller: Caller,
	text: string,
): Promise<CloseReport | Refusal> {
	const { database, clock } = backend;
	const date = parseDate(text);
	if (date === undefined)
		return { refusal: 'body-shape', errors: [{ pointer: '', detail: 'expected a day' }] };
	const known = await findClose(database, caller, text);
	if (!isRefusal(known)) return reportOf(known);
	const utility = await database
		.selectFrom('utility')
		.select(['id', 'time_zone', 'currency_code'])
		.where('id', '=', caller.utilityId)
		.executeTakeFirstOrThrow();
	const window = {
		fromMs: startOfDay(date, utility.time_zone),
		toMs: startOfDay(dayAfter(date), utility.time_zone),
	};
	if (clock.nowMs() < window.toMs + GRACE_MS) return { refusal: 'day-not-over' };
	const facts = await gatherFacts(backend, utility, date, window);
	return await store(backend, caller, decideClose(facts), facts.module);
}

/** Of two who close at the same time, one writes; both answer what it wrote. */
async function store(
	{ database }: Backend,
	caller: Caller,
	report: CloseReport,
	{ tells, requests, unfinished }: ModuleFacts,
): Promise<CloseReport> {
	const row: DailyCloseRow = {
		...{ utility_id: caller.utilityId, date: report.date, closed_at_ms: report.asOfMs },
		...{ closed_by: actorOf(caller), report: JSON.stringify(report) },
		...{ requests: tells === 'nothing' ? null : requests, unfinished },
	};
	return await transact(database, async (write) => {
		await lockUtility(write, caller.utilityId);
		const stored = await findClose(write, caller, report.date);
		if (!isRefusal(stored)) return reportOf(stored);
		await write.insertInto('daily_close').values(row).execute();
		await record(write, caller, report);
		return report;
	});
}

async function record(
	write: Write,
	caller: Caller,
	{ date, clean, differences, asOfMs }: CloseReport,
): Promise<void> {
	const facts = { clean, differences: differences.map(({ kind }) => kind).join(' ') };
	const deed = { action: 'day-closed', subject: { kind: 'day', id: date }, facts };
	await recordDeed(write, caller, deed, asOfMs);
}
