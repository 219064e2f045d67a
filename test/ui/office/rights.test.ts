import { describe, expect, it } from 'vitest';
import type { Person, StaffRole } from '#lib/core/sync/wire-people.ts';
import { CAPABILITIES } from '#lib/server/access/roles.ts';
import { may, RIGHTS, waysFor, type Right } from '#lib/ui/office/rights.ts';

/** The backend's own name of each right. */
const CAPABILITY_OF: Record<Right, string> = {
	readMeters: 'meter.read',
	blockMeters: 'meter.block',
	manageTills: 'terminal.manage',
	readAgents: 'vendor.read',
	payIn: 'float.deposit',
	setTerms: 'offline-terms.set',
	readTerms: 'offline-terms.read',
	setUtility: 'utility.set',
	readUtility: 'utility.read',
	readAlarms: 'journal.alarms',
	importJournals: 'journal.import',
	readReserves: 'reserve.read',
	proposeReturn: 'approval.propose-office',
};
const capabilities: Readonly<Record<string, readonly string[]>> = CAPABILITIES;
const person = (...roles: StaffRole[]): Person => ({
	...{ kind: 'operator', operatorId: 'a', login: 'a', name: 'A', vendorId: null },
	roles,
});

describe('what the office is offered', () => {
	it.each(Object.entries(CAPABILITY_OF))('%s is as the backend has it', (right, capability) => {
		expect([...RIGHTS[right as Right]].sort()).toEqual(
			[...(capabilities[capability] ?? [])].sort(),
		);
	});

	it('is nothing to nobody, and passkeys to everybody', () => {
		expect(waysFor(undefined)).toEqual([]);
		expect(waysFor(null)).toEqual([]);
		expect(waysFor({ kind: 'consumer', phone: '+254700000000' })).toEqual([]);
		expect(waysFor(person('technician'))).toEqual(['approvals']);
	});

	it('follows the roles', () => {
		expect(waysFor(person('office-manager'))).toEqual([
			...['approvals', 'meters', 'tills', 'agents', 'journals'],
		]);
		expect(waysFor(person('office-clerk'))).toEqual(['approvals', 'meters', 'agents', 'journals']);
		expect(may(person('auditor'), 'payIn')).toBe(false);
		expect(may(person('auditor', 'office-clerk'), 'payIn')).toBe(true);
	});
});
