/** What is wrong with tills' journals: written down for the office, and listed. Never digits, names or what was sealed. */
import { v7 as uuidV7 } from 'uuid';
import type { TillAlarm, TillAlarmList, TillAlarmQuery } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { TillAlarmRow } from '../database/schema.ts';
import type { TillCaller } from './carrying.ts';
import { CLOCK_ALARM_EVERY_MS } from './judge-clock.ts';
import { RATE_OF_MS } from './judge-rate.ts';

export interface Alarm {
	readonly kind: TillAlarm;
	readonly sequence: number;
	/** The entry that it is about; null: there is none. */
	readonly entryId: string | null;
	/** As it came, where it is in no journal; else null. */
	readonly entry: string | null;
	readonly facts: Readonly<Record<string, string | number>>;
}

/** Whose journal it is, and who handed the rows in. */
export interface Alarmed {
	readonly by: Caller;
	readonly till: TillCaller;
	readonly deviceId: string;
}

/** In the transaction that found it. */
export async function raiseAlarm(
	write: Write,
	{ by, till: { utilityId, vendorId, terminalId }, deviceId }: Alarmed,
	{ kind, sequence, entryId, entry, facts }: Alarm,
	nowMs: number,
): Promise<void> {
	const row: TillAlarmRow = {
		...{ id: uuidV7({ msecs: nowMs }), utility_id: utilityId, vendor_id: vendorId },
		...{ terminal_id: terminalId, device_id: deviceId },
		...{ kind, sequence, entry_id: entryId, entry, facts: JSON.stringify(facts), at_ms: nowMs },
	};
	await write.insertInto('till_alarm').values(row).execute();
	const subject = { kind: 'terminal', id: terminalId };
	const told = { ...facts, device: deviceId, sequence, entry: entryId };
	await recordDeed(write, by, { action: `till-alarm-${kind}`, subject, facts: told }, nowMs);
}

/** Whether the office has been told of this device's clock lately. */
export async function isClockTold(write: Write, deviceId: string, nowMs: number): Promise<boolean> {
	const told = await write
		.selectFrom('till_alarm')
		.select('id')
		.where('device_id', '=', deviceId)
		.where('kind', '=', 'clock')
		.where('at_ms', '>', nowMs - CLOCK_ALARM_EVERY_MS)
		.limit(1)
		.executeTakeFirst();
	return told !== undefined;
}

/** Whether the office has been told lately that somebody at this device sells too fast. */
export async function isRateTold(
	write: Write,
	deviceId: string,
	operatorId: string,
	nowMs: number,
): Promise<boolean> {
	const told = await write
		.selectFrom('till_alarm')
		.select('facts')
		.where('device_id', '=', deviceId)
		.where('kind', '=', 'rate')
		.where('at_ms', '>', nowMs - RATE_OF_MS)
		.execute();
	return told.some(
		(row) => (JSON.parse(row.facts) as { operator?: string }).operator === operatorId,
	);
}

const PAGE = 50;

/** A page, the newest first. */
export async function listAlarms(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Caller,
	{ before }: TillAlarmQuery,
): Promise<TillAlarmList> {
	let wanted = database.selectFrom('till_alarm').selectAll().where('utility_id', '=', utilityId);
	if (before !== undefined) wanted = wanted.where('id', '<', before);
	const rows = await wanted
		.orderBy('id', 'desc')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	return {
		alarms: page.map(alarmShape),
		next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
	};
}

function alarmShape(row: TillAlarmRow): TillAlarmList['alarms'][number] {
	return {
		...{ id: row.id, terminalId: row.terminal_id, vendorId: row.vendor_id },
		...{ deviceId: row.device_id, kind: row.kind, sequence: row.sequence },
		...{ entryId: row.entry_id, atMs: row.at_ms },
		facts: JSON.parse(row.facts) as Record<string, string | number>,
	};
}
