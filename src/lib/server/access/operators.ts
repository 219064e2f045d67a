/** Operators: made and changed, suspended, listed. What they may be is decided in `staff-roles.ts`. */
import type { OperatorAnswer, OperatorRequest, StaffRole } from '#lib/core/sync/wire-people.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockUtility } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import type { OperatorRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { endAllOf } from './end-sessions.ts';
import { inScope } from './scope.ts';
import { decideStanding, wrongVendor, type Standing } from './staff-roles.ts';

const PAGE = 100;

/**
 * Makes an operator, or makes one so. Roles hold from the next request on; who is suspended is signed out.
 * Order of refusal: `id-reused` (of another utility), those of `decideStanding`, `login-taken`.
 */
export async function putOperator(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	id: string,
	asked: OperatorRequest,
): Promise<OperatorAnswer | Refusal> {
	return await transact(database, async (write) => {
		await lockUtility(write, caller.utilityId);
		const present = await findOperator(write, id);
		if (present !== undefined && present.utility_id !== caller.utilityId)
			return { refusal: 'id-reused' };
		const denied = await decideChange(write, caller, id, present, asked);
		if (denied !== undefined) return denied;
		if (present === undefined || isOther(present, asked))
			await storeOperator(write, caller, id, present, asked, clock.nowMs());
		const stored = await findOperator(write, id);
		if (stored === undefined) throw new Error('an operator that was just stored is not there');
		return await answerOf(write, stored);
	});
}

async function decideChange(
	write: Write,
	caller: Caller,
	id: string,
	present: OperatorRow | undefined,
	asked: OperatorRequest,
): Promise<Refusal | undefined> {
	const denied = decideStanding(caller, id, present && standingOf(present), asked);
	if (denied !== undefined) return denied;
	if (asked.vendorId !== null && !(await isVendor(write, caller, asked.vendorId)))
		return wrongVendor();
	const namesake = await write
		.selectFrom('operator')
		.select('id')
		.where('utility_id', '=', caller.utilityId)
		.where('login', '=', asked.login)
		.where('id', '!=', id)
		.executeTakeFirst();
	return namesake && { refusal: 'login-taken' };
}

async function storeOperator(
	write: Write,
	caller: Caller,
	id: string,
	present: OperatorRow | undefined,
	{ login, name, roles, vendorId, state }: OperatorRequest,
	nowMs: number,
): Promise<void> {
	const row = { login, name, roles: JSON.stringify(roles), vendor_id: vendorId, state };
	if (present === undefined)
		await write
			.insertInto('operator')
			.values({ id, utility_id: caller.utilityId, password_hash: null, ...row })
			.execute();
	else await write.updateTable('operator').set(row).where('id', '=', id).execute();
	const ended = state === 'suspended' ? await endAllOf(write, id, nowMs) : 0;
	const facts = { roles: roles.join(' '), before: rolesOf(present), vendorId, state, ended };
	const action = present === undefined ? 'operator-made' : 'operator-changed';
	await recordDeed(write, caller, { action, subject: { kind: 'operator', id }, facts }, nowMs);
}

/** Refusal: `not-found`. */
export async function readOperator(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	id: string,
): Promise<OperatorAnswer | Refusal> {
	const operator = inScope(caller, await findOperator(database, id));
	return isRefusal(operator) ? operator : await answerOf(database, operator);
}

/** A page of them by login. */
export async function listOperators(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Caller,
	after = '',
): Promise<{ operators: OperatorAnswer[]; next: string | null }> {
	const rows = await database
		.selectFrom('operator')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('login', '>', after)
		.orderBy('login')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const operators: OperatorAnswer[] = [];
	for (const row of page) operators.push(await answerOf(database, row));
	return { operators, next: rows.length > PAGE ? (page.at(-1)?.login ?? null) : null };
}

async function answerOf(database: Database, row: OperatorRow): Promise<OperatorAnswer> {
	const { passkeys } = await database
		.selectFrom('passkey')
		.select(({ fn }) => fn.countAll<number | string>().as('passkeys'))
		.where('operator_id', '=', row.id)
		.executeTakeFirstOrThrow();
	return {
		...{ id: row.id, login: row.login, name: row.name },
		...standingOf(row),
		hasPassword: row.password_hash !== null,
		passkeys: Number(passkeys),
	};
}

export async function findOperator(
	database: Database,
	id: string,
): Promise<OperatorRow | undefined> {
	return await database.selectFrom('operator').selectAll().where('id', '=', id).executeTakeFirst();
}

async function isVendor(write: Write, { utilityId }: Caller, id: string): Promise<boolean> {
	const vendor = await write
		.selectFrom('vendor')
		.select('id')
		.where('id', '=', id)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	return vendor !== undefined;
}

function standingOf(row: OperatorRow): Standing & { roles: StaffRole[] } {
	const { vendor_id: vendorId, state } = row;
	return { roles: JSON.parse(row.roles) as StaffRole[], vendorId, state };
}

const rolesOf = (row: OperatorRow | undefined): string | null =>
	row === undefined ? null : standingOf(row).roles.join(' ');

function isOther(row: OperatorRow, asked: OperatorRequest): boolean {
	return (
		row.login !== asked.login ||
		row.name !== asked.name ||
		row.roles !== JSON.stringify(asked.roles) ||
		row.vendor_id !== asked.vendorId ||
		row.state !== asked.state
	);
}
