/**
 * What an office's screen offers to whom: as the backend's table of capabilities says, which decides alone.
 * A test holds the two together.
 */
import type { Person, StaffRole } from '#lib/core/sync/wire-people.ts';
import type { OfficeWay } from '#lib/ui/view/ways.ts';

const MANAGERS: readonly StaffRole[] = ['office-manager', 'administrator'];
const OFFICE: readonly StaffRole[] = ['office-clerk', 'office-manager'];
const READERS: readonly StaffRole[] = [...OFFICE, 'auditor', 'administrator'];

export const RIGHTS = {
	readMeters: [...OFFICE, 'administrator'],
	blockMeters: OFFICE,
	manageTills: MANAGERS,
	readAgents: READERS,
	payIn: OFFICE,
	setTerms: MANAGERS,
	readTerms: READERS,
	setUtility: MANAGERS,
	readUtility: READERS,
	readAlarms: ['office-manager', 'administrator', 'auditor'],
	importJournals: ['office-manager'],
	readReserves: [...OFFICE, 'auditor'],
	proposeReturn: OFFICE,
} as const satisfies Record<string, readonly StaffRole[]>;
export type Right = keyof typeof RIGHTS;

/** @param person null, undefined: nobody, or not known yet */
export function may(person: Person | null | undefined, right: Right): boolean {
	const roles: readonly StaffRole[] = RIGHTS[right];
	return person?.kind === 'operator' && person.roles.some((role) => roles.includes(role));
}

/** Everybody who signs in may see their passkeys, so `/office` is offered to all. */
export function waysFor(person: Person | null | undefined): OfficeWay[] {
	if (person?.kind !== 'operator') return [];
	const ways: [OfficeWay, boolean][] = [
		['approvals', true],
		['meters', may(person, 'readMeters')],
		['tills', may(person, 'manageTills')],
		['agents', may(person, 'readAgents')],
		[
			'journals',
			(['readAlarms', 'importJournals', 'readReserves'] as const).some((right) =>
				may(person, right),
			),
		],
	];
	return ways.filter(([, offered]) => offered).map(([way]) => way);
}
