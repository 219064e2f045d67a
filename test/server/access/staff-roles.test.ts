import { describe, expect, test } from 'vitest';
import { STAFF_ROLES } from '#lib/core/sync/wire-people.ts';
import { decideStanding, type Standing } from '#lib/server/access/staff-roles.ts';

const clerk: Standing = { roles: ['office-clerk'], vendorId: null, state: 'active' };
const decide = (asked: Standing, present?: Standing) =>
	decideStanding({ operatorId: 'admin' }, 'other', present, asked)?.refusal;

describe('who may be what', () => {
	test.each(STAFF_ROLES)('%s alone may be', (role) => {
		const vendorId = role === 'agent' || role === 'vendor-manager' ? 'V-1' : null;
		expect(decide({ ...clerk, roles: [role], vendorId })).toBeUndefined();
	});

	test('administrator, auditor, key and tariff officer are nothing else besides', () => {
		for (const role of ['administrator', 'auditor', 'key-officer', 'tariff-officer'] as const)
			for (const other of STAFF_ROLES)
				if (other !== role)
					expect(decide({ ...clerk, roles: [role, other] })).toBe('roles-conflict');
	});

	test('who sells has a vendor, and nobody else has', () => {
		expect(decide({ ...clerk, roles: ['agent'] })).toBe('body-shape');
		expect(decide({ ...clerk, vendorId: 'V-1' })).toBe('body-shape');
	});
});

test('nobody changes their own roles, vendor or state; a name they may', () => {
	const admin: Standing = { roles: ['administrator'], vendorId: null, state: 'active' };
	const own = (asked: Standing) =>
		decideStanding({ operatorId: 'admin' }, 'admin', admin, asked)?.refusal;
	expect(own({ ...admin, roles: ['key-officer'] })).toBe('own-roles');
	expect(own({ ...admin, state: 'suspended' })).toBe('own-roles');
	expect(own(admin)).toBeUndefined();
});
