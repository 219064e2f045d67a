/**
 * `GET /packs/job`: all that a technician's device takes along, sealed to that device. What is handed out is
 * on the disk before it leaves: vends are released, secrets marked as seen, and the audit says who got what on
 * which device. Asked for again it is another pack with the same contents.
 */
import { v7 as uuidV7 } from 'uuid';
import type { TokensWanted } from '#lib/core/sync/wire-jobs.ts';
import { MAX_PACK_METERS, type JobPack, type JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { lockJob } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { FieldDeviceRow, JobRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { decideOwnDevice, findDevice } from '../field/device-row.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findJob, requestOf } from './job-row.ts';
import { packMeter, type PackedMeter } from './pack-meter.ts';
import { recordPack } from './record-pack.ts';
import { sealPack } from './seal-pack.ts';

const HOUR_MS = 3_600_000;

interface Packed {
	readonly pack: JobPack;
	readonly sealingKey: DeviceKey;
	/** Meters whose secrets do not open. */
	readonly unreadable: readonly string[];
}

/**
 * Order: `field-device-unknown`, `field-device-revoked`, `field-device-suspended`, `not-found` and `job-closed`
 * (the job that is named), `pack-too-large`.
 * @param job one of the technician's; absent: all that are open, perhaps none
 */
export async function makePack(
	backend: Pick<Backend, 'database' | 'clock' | 'field' | 'secretSeal' | 'log'>,
	caller: Caller,
	{ device, job }: { readonly device: string; readonly job?: string | undefined },
): Promise<JobPackAnswer | Refusal> {
	const packed = await transact(backend.database, async (write): Promise<Packed | Refusal> => {
		const row = decideOwnDevice(caller, await findDevice(write, device));
		if (isRefusal(row)) return row;
		const jobs = await openJobs(write, caller, job);
		if (isRefusal(jobs)) return jobs;
		const wanted = wantedAt(jobs);
		if (wanted.size > MAX_PACK_METERS)
			return { refusal: 'pack-too-large', facts: { meters: wanted.size, most: MAX_PACK_METERS } };
		return await pack(write, backend, { caller, device: row, jobs, wanted });
	});
	if (isRefusal(packed)) return packed;
	for (const drn of packed.unreadable) backend.log('error', 'dlms-secrets-unreadable', { drn });
	const { packId, deviceId, issuedAtMs, validUntilMs, jobs, meters } = packed.pack;
	return {
		...{ packId, deviceId, issuedAtMs, validUntilMs, serverMs: backend.clock.nowMs() },
		...{ jobs: jobs.length, meters: meters.length },
		sealed: await sealPack(packed.pack, packed.sealingKey),
	};
}

/** Taken, oldest first, so that none is closed meanwhile. */
async function openJobs(
	write: Write,
	{ operatorId = '', utilityId }: Caller,
	job: string | undefined,
): Promise<JobRow[] | Refusal> {
	const found = await write
		.selectFrom('job')
		.select('id')
		.where('operator_id', '=', operatorId)
		.where('utility_id', '=', utilityId)
		.where((is) => (job === undefined ? is('state', '=', 'open') : is('id', '=', job)))
		.orderBy('id')
		.limit(MAX_PACK_METERS + 1)
		.execute();
	if (job !== undefined && found.length === 0) return { refusal: 'not-found' };
	// Each has a meter at least, most often another one.
	if (found.length > MAX_PACK_METERS) return { refusal: 'pack-too-large' };
	const rows: JobRow[] = [];
	for (const { id } of found) {
		await lockJob(write, id);
		const row = await findJob(write, id);
		if (row?.state === 'open') rows.push(row);
	}
	return job !== undefined && rows.length === 0 ? { refusal: 'job-closed' } : rows;
}

/** Meter → what its jobs want of its tokens; in rising order of numbers, in which they are locked. */
function wantedAt(jobs: readonly JobRow[]): Map<string, TokensWanted[]> {
	const wanted = new Map<string, TokensWanted[]>();
	for (const { drn, tokens } of jobs.flatMap((job) => requestOf(job).meters))
		wanted.set(drn, [...(wanted.get(drn) ?? []), tokens]);
	return new Map([...wanted].sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function pack(
	write: Write,
	{ clock, field, secretSeal }: Pick<Backend, 'clock' | 'field' | 'secretSeal'>,
	from: {
		readonly caller: Caller;
		readonly device: FieldDeviceRow;
		readonly jobs: readonly JobRow[];
		readonly wanted: ReadonlyMap<string, TokensWanted[]>;
	},
): Promise<Packed> {
	const { caller, device, jobs } = from;
	const nowMs = clock.nowMs();
	const hours = Math.min(...jobs.map((job) => job.pack_hours), field.packHoursMost);
	const packed: PackedMeter[] = [];
	for (const [drn, wanted] of from.wanted)
		packed.push(await packMeter(write, secretSeal, { drn, wanted, nowMs }));
	const contents: JobPack = {
		...{ packId: uuidV7({ msecs: nowMs }), deviceId: device.id, operatorId: device.operator_id },
		...{ issuedAtMs: nowMs, validUntilMs: nowMs + hours * HOUR_MS },
		utility: await utilityOf(write, device.utility_id),
		jobs: jobs.map(jobShape),
		meters: packed.map(({ meter }) => meter),
	};
	await recordPack(write, caller, contents);
	return {
		pack: contents,
		sealingKey: JSON.parse(device.sealing_key) as DeviceKey,
		unreadable: packed.filter((one) => one.isUnreadable).map(({ meter }) => meter.drn),
	};
}

function jobShape(row: JobRow): JobPack['jobs'][number] {
	const { reason, note, lab, meters } = requestOf(row);
	return {
		...{ id: row.id, reason, note, lab, madeAtMs: row.made_at_ms },
		meters: meters.map(({ drn, work }) => ({ drn, work })),
	};
}

async function utilityOf(write: Write, id: string): Promise<JobPack['utility']> {
	return await write
		.selectFrom('utility')
		.select(['name', 'time_zone as timeZone', 'help_line as helpLine'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
}
