/**
 * The demo's operators: one of each duty and an agent for each vendor, all with one password that the README
 * tells. Its hash is written here ready-made, so that seeding costs no hashing.
 */
import type { StaffRole } from '#lib/core/sync/wire-people.ts';
import type { Database, Write } from '../database/open.ts';
import type { OperatorRow } from '../database/schema.ts';

export const DEMO_PASSWORD = 'lakeside demo';
const DEMO_PASSWORD_HASH =
	'$argon2id$v=19$m=19456,t=2,p=1$VE9LRU5MSU5FLURFTU8tMQ$39G7ibOV82rosiussr3Sw2dLCMiRLrjAVz2578ppJB4';

const OFFICE: readonly (readonly [login: string, name: string, role: StaffRole])[] = [
	['admin', 'Zawadi Kimani', 'administrator'],
	['auditor', 'Omar Sheikh', 'auditor'],
	['clerk', 'Neema Akinyi', 'office-clerk'],
	['keys', 'Peter Njoroge', 'key-officer'],
	['manager', 'Ruth Wambui', 'office-manager'],
	['tariffs', 'Samuel Kiprono', 'tariff-officer'],
	['technician', 'Tabitha Moraa', 'technician'],
];
const AGENTS = ['Abdi Warsame', 'Brenda Atieno', 'Caleb Mutiso', 'Dina Chepkorir'];

/** Ids of the demo's operators begin so, and no others: those carry the time in which they were made. */
const DEMO_ID = '00000000-0000-7000-8000-';

/** @param at place among the people, from 0 */
const idAt = (at: number): string => `${DEMO_ID}${String(at + 1).padStart(12, '0')}`;

/** The office's manager. */
export const DEMO_MANAGER_ID = idAt(OFFICE.findIndex(([login]) => login === 'manager'));

/** After the vendors. */
export async function seedPeople(write: Write, utilityId: string): Promise<void> {
	const vendors = await write
		.selectFrom('vendor')
		.select('id')
		.where('utility_id', '=', utilityId)
		.orderBy('id')
		.execute();
	const agents = vendors.map(({ id }, at) => ({
		...{ login: `agent${at + 1}`, name: AGENTS[at % AGENTS.length] as string },
		...{ role: 'agent' as const, vendorId: id },
	}));
	const office = OFFICE.map(([login, name, role]) => ({ login, name, role, vendorId: null }));
	const people = [...office, ...agents].map(({ login, name, role, vendorId }, at): OperatorRow => ({
		id: idAt(at),
		...{ utility_id: utilityId, login, name, vendor_id: vendorId },
		...{ roles: JSON.stringify([role]), state: 'active', password_hash: DEMO_PASSWORD_HASH },
	}));
	await write.insertInto('operator').values(people).execute();
}

/** @throws {Error} when people whose password everybody knows could sign in */
export async function refuseDemoPeople(database: Database): Promise<void> {
	const somebody = await database
		.selectFrom('operator')
		.select('id')
		.where('id', 'like', `${DEMO_ID}%`)
		.where('state', '=', 'active')
		.limit(1)
		.executeTakeFirst();
	if (somebody !== undefined)
		throw new Error(
			'TOKENLINE_MODE=live with the people of the demo, whose password everybody knows: begin with a new TOKENLINE_HOME and database',
		);
}
