import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import generic from '#lib/core/dlms/profile/generic.json' with { type: 'json' };
import { type MeterProfile, parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import virtual from '#lib/core/dlms/profile/virtual.json' with { type: 'json' };
import { MeterProfileShape } from '#lib/core/sync/wire-associations.ts';

/** A field of a profile that the wire does not know would not compile here. */
const FIELDS: Record<keyof MeterProfile, true> & Record<keyof MeterProfileShape, true> = {
	...{ name: true, openings: true, baud: true, device: true, physical: true },
	...{ addressLength: true, publicClient: true, client: true, mechanism: true, suite: true },
	...{ security: true, tokenEncoding: true, tokenStatusBits: true, tokenGateway: true },
	...{ invocationCounter: true, quirks: true, eventCodes: true },
};

describe('a profile on the wire', () => {
	it.each([generic, virtual])('is every profile that we have: $name', (json) => {
		const profile = parseMeterProfile(json);
		expect(v.parse(MeterProfileShape, JSON.parse(JSON.stringify(profile)))).toEqual(profile);
	});

	it('has every field of one', () => {
		expect(Object.keys(MeterProfileShape.entries).sort()).toEqual(Object.keys(FIELDS).sort());
	});

	it.each([
		{ addressLength: 3 },
		{ tokenStatusBits: 'anything' },
		{ eventCodes: { 100000: 'power-up' } },
		{ eventCodes: { '-1': 'power-up' } },
		{ eventCodes: { 1: 'nothing known' } },
	])('refuses %o', (wrong) => {
		expect(v.safeParse(MeterProfileShape, { ...generic, ...wrong }).success).toBe(false);
	});
});
