/** What the office sets for its utility: it holds at once, it is in the audit, and it is no other utility's. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideAuthority } from '#lib/server/access/roles.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { putUtilitySettings, readUtilitySettings } from '#lib/server/utility/settings.ts';
import { deeds, employ } from '../harness/people.ts';
import { openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let manager: Caller;
beforeEach(async () => {
	shop = await openShop();
	manager = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(async () => {
	await shop.dispose();
});

const read = () => readUtilitySettings(shop.backend, manager);

describe('the settings of a utility', () => {
	it('are read, set, and set anew, each change a deed and a repetition none', async () => {
		expect(await read()).toEqual({ fbeByApp: 'owner' });
		const off = { fbeByApp: 'off' } as const;
		expect(await putUtilitySettings(shop.backend, manager, off)).toEqual(off);
		expect(await putUtilitySettings(shop.backend, manager, off)).toEqual(off);
		expect(await read()).toEqual(off);
		await putUtilitySettings(shop.backend, manager, { fbeByApp: 'anyone' });
		expect(await read()).toEqual({ fbeByApp: 'anyone' });
		expect(await deeds(shop.backend)).toEqual(['utility-settings-set', 'utility-settings-set']);
	});

	it('set by two at once to the same are one deed', async () => {
		const off = { fbeByApp: 'off' } as const;
		await Promise.all([1, 2].map(() => putUtilitySettings(shop.backend, manager, off)));
		expect(await read()).toEqual(off);
		expect(await deeds(shop.backend)).toEqual(['utility-settings-set']);
	});

	it('of another utility stay as they are', async () => {
		const stranger = { ...manager, utilityId: 'elsewhere' };
		await putUtilitySettings(shop.backend, stranger, { fbeByApp: 'off' });
		expect(await read()).toEqual({ fbeByApp: 'owner' });
		expect(await deeds(shop.backend)).toEqual([]);
	});

	it('are set by managers, read by the office and the auditor, and by nobody else', async () => {
		const who = (capability: 'utility.set' | 'utility.read', role: Caller['roles'][number]) =>
			decideAuthority({ ...manager, roles: [role] }, capability);
		for (const role of ['office-manager', 'administrator'] as const)
			expect(who('utility.set', role)).toBeUndefined();
		for (const role of ['office-clerk', 'auditor', 'agent', 'technician'] as const)
			expect(who('utility.set', role)).toEqual({ refusal: 'not-allowed' });
		expect(who('utility.set', 'guest')).toEqual({ refusal: 'sign-in-needed' });
		expect(who('utility.read', 'office-clerk')).toBeUndefined();
		expect(who('utility.read', 'agent')).toEqual({ refusal: 'not-allowed' });
	});
});
