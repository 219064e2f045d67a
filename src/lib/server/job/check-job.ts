/** Whether a job can be as it is asked for: who is to do it, at which meters, with which tokens. */
import type { JobRequest } from '#lib/core/sync/wire-jobs.ts';
import type { StaffRole } from '#lib/core/sync/wire-people.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/open.ts';
import type { FieldSettings } from '../field/settings.ts';
import { knownMeter } from '../meter/known-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';

/**
 * The request with its meter numbers in their plain form. Order: `body-shape` (no active technician of the
 * utility; longer than the house allows; firmware outside a laboratory), then for each meter those of its
 * number, `meter-unknown`, `body-shape` (twice the same, a vend that is not of it).
 */
export async function checkJob(
	database: Database,
	caller: Caller,
	asked: JobRequest,
	settings: FieldSettings,
): Promise<JobRequest | Refusal> {
	if (!(await isTechnician(database, caller, asked.operatorId)))
		return wrong('/operatorId', 'expected an active technician of this utility');
	const impossible = decideLimits(asked, settings);
	if (impossible !== undefined) return impossible;
	const meters: JobRequest['meters'] = [];
	for (const [at, wanted] of asked.meters.entries()) {
		const meter = await knownMeter(database, caller, wanted.drn);
		if (isRefusal(meter)) return { ...meter, facts: { place: at + 1 } };
		const { drn } = meter;
		if (meters.some((other) => other.drn === drn))
			return wrong(`/meters/${at}/drn`, 'expected each meter once');
		if (!(await areItsVends(database, drn, wanted.tokens)))
			return wrong(`/meters/${at}/tokens/vendIds`, 'expected vends of this meter');
		meters.push({ ...wanted, drn });
	}
	return { ...asked, meters };
}

/** What the house never allows: pure. */
function decideLimits(
	{ packHours, lab, meters }: JobRequest,
	{ packHoursMost }: FieldSettings,
): Refusal | undefined {
	if (packHours !== null && packHours > packHoursMost)
		return wrong('/packHours', `expected at most ${packHoursMost}`);
	const firmware = meters.findIndex(({ work }) => work.includes('firmware'));
	return firmware === -1 || lab
		? undefined
		: wrong(`/meters/${firmware}/work`, 'expected no firmware but in a job of a laboratory');
}

const wrong = (pointer: string, detail: string): Refusal => ({
	refusal: 'body-shape',
	errors: [{ pointer, detail }],
});

async function isTechnician(
	database: Database,
	{ utilityId }: Caller,
	operatorId: string,
): Promise<boolean> {
	const operator = await database
		.selectFrom('operator')
		.select(['roles', 'state'])
		.where('id', '=', operatorId)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	if (operator?.state !== 'active') return false;
	return (JSON.parse(operator.roles) as StaffRole[]).includes('technician');
}

async function areItsVends(
	database: Database,
	drn: string,
	tokens: JobRequest['meters'][number]['tokens'],
): Promise<boolean> {
	if (tokens.which !== 'vends') return true;
	const rows = await database
		.selectFrom('vend')
		.select('id')
		.where('id', 'in', tokens.vendIds)
		.where('drn', '=', drn)
		.execute();
	return rows.length === tokens.vendIds.length;
}
