/** People of the demo utility, with passwords that cost next to nothing to check. */
import { argon2Sync } from 'node:crypto';
import type { StaffRole } from '#lib/core/sync/wire-people.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import type { Backend } from '#lib/server/backend.ts';
import { GUEST, newId } from './shop.ts';

export const PASSWORD = 'correct horse battery';

/** argon2id with the least work it takes: dated on purpose, so that a sign-in makes it anew. */
const salt = Buffer.alloc(16, 1);
const cost = { memory: 8, passes: 1, parallelism: 1, tagLength: 32 };
const plain = (octets: Buffer) => octets.toString('base64').replaceAll('=', '');
export const CHEAP_HASH = `$argon2id$v=19$m=8,t=1,p=1$${plain(salt)}$${plain(
	argon2Sync('argon2id', { message: PASSWORD, nonce: salt, ...cost }),
)}`;

export interface Somebody {
	readonly login?: string;
	readonly roles?: readonly StaffRole[];
	readonly vendorId?: string | null;
	readonly utilityId?: string;
	readonly passwordHash?: string | null;
}

/** An operator, in the database; answers them as a caller who is signed in. */
export async function employ(
	{ database }: Pick<Backend, 'database'>,
	{
		login = 'amina',
		roles = ['office-clerk'],
		vendorId = null,
		utilityId = 'lakeside',
		passwordHash = CHEAP_HASH,
	}: Somebody = {},
): Promise<Caller & { operatorId: string }> {
	const id = newId();
	await database
		.insertInto('operator')
		.values({
			...{ id, login, utility_id: utilityId, name: `The ${roles[0]}`, vendor_id: vendorId },
			...{ roles: JSON.stringify(roles), state: 'active', password_hash: passwordHash },
		})
		.execute();
	return {
		...{ ...GUEST, utilityId, roles, operatorId: id },
		...(vendorId !== null && { vendorId }),
	};
}

/** What was written into the audit, sorted: events of one instant have no order of their own. */
export async function deeds({ database }: Pick<Backend, 'database'>): Promise<string[]> {
	const rows = await database.selectFrom('audit_event').select('action').execute();
	return rows.map(({ action }) => action).sort();
}
