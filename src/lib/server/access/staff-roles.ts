/**
 * Who may hold which roles, and who may give them. A person's roles are all of one line of `DUTIES`: who
 * gives rights, who checks, who keeps keys, who makes prices and who sells are different people. What needs
 * two of them (approvals) can then not be done by one, and an administrator cannot do anything with money
 * or keys but by making a second person, which the audit shows.
 */
import type { StaffRole } from '#lib/core/sync/wire-people.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';

const DUTIES: readonly (readonly StaffRole[])[] = [
	['administrator'],
	['auditor'],
	['key-officer'],
	['tariff-officer'],
	['office-clerk', 'office-manager', 'technician'],
	['agent', 'vendor-manager'],
];
const OF_A_VENDOR: readonly StaffRole[] = ['agent', 'vendor-manager'];

export interface Standing {
	readonly roles: readonly StaffRole[];
	readonly vendorId: string | null;
	readonly state: 'active' | 'suspended';
}

/**
 * Whether an operator may become what is asked. Order: `own-roles` (nobody changes their own roles, vendor
 * or state), `roles-conflict`, `body-shape` (a vendor where none belongs, or none where one does).
 */
export function decideStanding(
	granter: Pick<Caller, 'operatorId'>,
	operatorId: string,
	present: Standing | undefined,
	asked: Standing,
): Refusal | undefined {
	if (granter.operatorId === operatorId && !(present && isSameStanding(present, asked)))
		return { refusal: 'own-roles' };
	if (!DUTIES.some((duty) => asked.roles.every((role) => duty.includes(role))))
		return { refusal: 'roles-conflict' };
	const sells = asked.roles.some((role) => OF_A_VENDOR.includes(role));
	return sells === (asked.vendorId !== null) ? undefined : wrongVendor();
}

/** Also when there is no such vendor. */
export function wrongVendor(): Refusal {
	const detail = 'expected a vendor of this utility for its people, null for others';
	return { refusal: 'body-shape', errors: [{ pointer: '/vendorId', detail }] };
}

function isSameStanding(one: Standing, other: Standing): boolean {
	const sorted = ({ roles }: Standing) => [...roles].sort().join();
	return (
		sorted(one) === sorted(other) && one.vendorId === other.vendorId && one.state === other.state
	);
}
