/** What the office knows of what a journal's entry names, of that utility only. */
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import type { Write } from '../database/open.ts';
import type { JobRow, MeterRow, VendTokenRow } from '../database/schema.ts';
import type { EntryFacts } from './judge-entry.ts';

export async function gatherFacts(
	write: Write,
	utilityId: string,
	entry: SignedEntry,
	known: Pick<EntryFacts, 'revokedAtMs' | 'nowMs'>,
): Promise<EntryFacts> {
	return {
		job: await jobOf(write, utilityId, entry),
		meter: await meterOf(write, utilityId, entry),
		token: entry.kind === 'token-delivery' ? await tokenOf(write, utilityId, entry) : undefined,
		...known,
	};
}

async function jobOf(
	write: Write,
	utilityId: string,
	{ jobId, operatorId }: SignedEntry,
): Promise<JobRow | undefined> {
	if (jobId === null) return undefined;
	return await write
		.selectFrom('job')
		.selectAll()
		.where('id', '=', jobId)
		.where('utility_id', '=', utilityId)
		.where('operator_id', '=', operatorId)
		.executeTakeFirst();
}

async function meterOf(
	write: Write,
	utilityId: string,
	{ drn }: SignedEntry,
): Promise<MeterRow | undefined> {
	if (drn === null) return undefined;
	return await write
		.selectFrom('meter')
		.selectAll()
		.where('drn', '=', drn)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
}

/** By its vend and place where they are told, else by its digits: a meter never has the same twice. */
async function tokenOf(
	write: Write,
	utilityId: string,
	{ drn, content }: Extract<SignedEntry, { kind: 'token-delivery' }>,
): Promise<VendTokenRow | undefined> {
	if (drn === null) return undefined;
	const { vendId, sequence, digits } = content;
	const ofMeter = write
		.selectFrom('vend_token')
		.innerJoin('vend', 'vend.id', 'vend_token.vend_id')
		.selectAll('vend_token')
		.where('vend_token.drn', '=', drn)
		.where('vend.utility_id', '=', utilityId);
	if (vendId === null)
		return await ofMeter.where('vend_token.digits', '=', digits).executeTakeFirst();
	return await ofMeter
		.where('vend_token.vend_id', '=', vendId)
		.where('vend_token.sequence', '=', sequence ?? 1)
		.executeTakeFirst();
}
