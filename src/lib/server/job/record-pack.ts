/**
 * Who got what on which device, written down with the pack: a row for the office, an event of the pack and one
 * of each meter in it. Never digits, never keys.
 */
import type { JobPack } from '#lib/core/sync/wire-packs.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Write } from '../database/open.ts';

export async function recordPack(write: Write, caller: Caller, contents: JobPack): Promise<void> {
	const { packId, deviceId, issuedAtMs, validUntilMs, jobs, meters } = contents;
	const jobIds = jobs.map(({ id }) => id);
	await write
		.insertInto('job_pack')
		.values({
			...{ id: packId, utility_id: caller.utilityId, device_id: deviceId },
			...{ operator_id: contents.operatorId, issued_at_ms: issuedAtMs },
			...{ valid_until_ms: validUntilMs, jobs: JSON.stringify(jobIds) },
			drns: JSON.stringify(meters.map(({ drn }) => drn)),
			vends: JSON.stringify([...new Set(meters.flatMap(vendsIn))]),
		})
		.execute();
	if (jobIds.length > 0)
		await write
			.updateTable('job')
			.set({ packed_at_ms: issuedAtMs })
			.where('id', 'in', jobIds)
			.execute();
	const facts = { pack: packId, jobs: jobIds.join(' '), meters: meters.length, validUntilMs };
	const subject = { kind: 'field-device', id: deviceId };
	await recordDeed(write, caller, { action: 'job-pack-made', subject, facts }, issuedAtMs);
	for (const meter of meters) {
		const { association } = meter;
		const got = {
			...{ pack: packId, device: deviceId, vends: vendsIn(meter).join(' ') },
			secrets: association === null ? null : association.generation,
		};
		const of = { kind: 'meter', id: meter.drn };
		await recordDeed(
			write,
			caller,
			{ action: 'meter-packed', subject: of, facts: got },
			issuedAtMs,
		);
	}
}

const vendsIn = ({ tokens }: JobPack['meters'][number]): string[] => [
	...new Set(tokens.map(({ vendId }) => vendId)),
];
