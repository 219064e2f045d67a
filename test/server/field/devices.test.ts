/** Field devices: made by who is signed in on them, with keys that they have; seen and ended by the office. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_FIELD, readFieldSettings } from '#lib/server/field/settings.ts';
import { listDevices, revokeDevice } from '#lib/server/field/devices.ts';
import { registerDevice } from '#lib/server/field/register-device.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { FieldDevice, technicianWithDevice } from '../harness/field.ts';
import { deeds, employ } from '../harness/people.ts';
import { GUEST, mustBeTaken, newId, openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(() => shop.dispose());

const manager: Caller = { ...GUEST, roles: ['office-manager'], operatorId: newId() };
const technician = () => employ(shop.backend, { login: newId(), roles: ['technician'] });

describe('a device', () => {
	it('is registered by who is signed in on it, and tells where its journal stands', async () => {
		const device = new FieldDevice(shop.backend, await technician());
		expect(await device.register()).toEqual({
			...{ id: device.id, name: 'Laptop', state: 'active', endedAtMs: null, packUntilMs: null },
			...{ operatorId: device.technician.operatorId, operatorName: 'The technician' },
			...{ registeredAtMs: shop.clock.ms, serverMs: shop.clock.ms },
			journal: { sequence: 0, hash: '0'.repeat(64) },
		});
		expect(await deeds(shop.backend)).toContain('field-device-registered');
	});

	it('asks again when the answer was lost, with another signature, and is the same', async () => {
		const device = new FieldDevice(shop.backend, await technician());
		const first = await device.register();
		expect(await device.register()).toEqual(first);
		expect((await deeds(shop.backend)).filter((one) => one.startsWith('field-'))).toHaveLength(1);
	});

	it('keeps its name and keys: the same id with others is refused', async () => {
		const device = await technicianWithDevice(shop.backend);
		const renamed = device.request('Tablet');
		const ask = (by: Caller) => registerDevice(shop.backend, by, device.id, renamed);
		expect(await ask(device.technician)).toEqual({ refusal: 'id-reused' });
		const thief = await technician();
		const stolen = device.request('Laptop', thief.operatorId);
		expect(await registerDevice(shop.backend, thief, device.id, stolen)).toEqual({
			refusal: 'id-reused',
		});
	});

	it('shows that it has the key it names, for this id and this person', async () => {
		const device = new FieldDevice(shop.backend, await technician());
		const other = new FieldDevice(shop.backend, device.technician);
		const right = device.request();
		for (const wrong of [
			{ ...right, proof: other.request().proof },
			{ ...right, sealingKey: other.request().sealingKey },
			{ ...right, signingKey: other.request().signingKey },
			device.request('Laptop', newId()),
			// No point of the curve.
			{ ...right, sealingKey: { ...right.sealingKey, y: 'A'.repeat(43) } },
			{ ...right, signingKey: { ...right.signingKey, y: 'A'.repeat(43) } },
		])
			expect(await registerDevice(shop.backend, device.technician, device.id, wrong)).toEqual({
				refusal: 'signature-wrong',
			});
		const elsewhere = registerDevice(shop.backend, device.technician, newId(), right);
		expect(await elsewhere).toEqual({ refusal: 'signature-wrong' });
	});

	it('is one of a few: more are refused until one is revoked', async () => {
		const owner = await technician();
		const devices = Array.from({ length: 4 }, () => new FieldDevice(shop.backend, owner));
		for (const device of devices.slice(0, 3)) mustBeTaken(await device.register());
		const exceeded = { refusal: 'field-devices-exceeded', facts: { most: 3 } };
		expect(await devices[3]?.register()).toEqual(exceeded);
		mustBeTaken(await revokeDevice(shop.backend, manager, devices[0]?.id ?? ''));
		expect(await devices[3]?.register()).toMatchObject({ state: 'active' });
	});

	it('is one too many once, however many ask at the same time', async () => {
		const owner = await technician();
		const devices = Array.from({ length: 6 }, () => new FieldDevice(shop.backend, owner));
		const answers = await Promise.all(devices.map((device) => device.register()));
		expect(answers.filter((answer) => 'refusal' in answer)).toHaveLength(3);
	});
});

describe('the office', () => {
	it('sees all of the utility, a technician their own', async () => {
		const one = await technicianWithDevice(shop.backend, 'moraa');
		const other = await technicianWithDevice(shop.backend, 'njeri');
		const idsFor = async (caller: Caller) =>
			(await listDevices(shop.backend, caller, undefined)).devices.map(({ id }) => id);
		expect(await idsFor(manager)).toEqual([one.id, other.id]);
		expect(await idsFor(other.technician)).toEqual([other.id]);
		const after = await listDevices(shop.backend, manager, one.id);
		expect(after.devices.map(({ id }) => id)).toEqual([other.id]);
		expect(await idsFor({ ...manager, utilityId: 'hilltop' })).toEqual([]);
	});

	it('revokes one, once, and nobody else’s', async () => {
		const device = await technicianWithDevice(shop.backend);
		const stranger = { ...manager, utilityId: 'hilltop' };
		const asked = await revokeDevice(shop.backend, stranger, device.id);
		expect(asked).toEqual({ refusal: 'not-found' });
		shop.clock.ms += 1_000;
		const revoked = mustBeTaken(await revokeDevice(shop.backend, manager, device.id));
		expect(revoked).toMatchObject({ state: 'revoked', endedAtMs: shop.clock.ms });
		shop.clock.ms += 1_000;
		const again = mustBeTaken(await revokeDevice(shop.backend, manager, device.id));
		expect(again.endedAtMs).toBe(revoked.endedAtMs);
		expect(await device.askPack()).toEqual({ refusal: 'field-device-revoked' });
		const done = (await deeds(shop.backend)).filter((one) => one === 'field-device-revoked');
		expect(done).toHaveLength(1);
	});
});

describe('what the house allows', () => {
	it('is said by the environment, within bounds', () => {
		expect(readFieldSettings({})).toEqual(DEFAULT_FIELD);
		const said = { TOKENLINE_FIELD_DEVICES: '5', TOKENLINE_PACK_HOURS_MOST: '8' };
		expect(readFieldSettings(said)).toEqual({
			...{ devicesPerOperator: 5, packHours: 8, packHoursMost: 8 },
		});
		for (const [name, text] of [
			['TOKENLINE_PACK_HOURS_MOST', '73'],
			['TOKENLINE_PACK_HOURS', '73'],
			['TOKENLINE_PACK_HOURS', '0'],
			['TOKENLINE_FIELD_DEVICES', '1.5'],
			['TOKENLINE_FIELD_DEVICES', '21'],
		] as const)
			expect(() => readFieldSettings({ [name]: text }), text).toThrow(
				new RegExp(`^${name} must be`),
			);
		const less = { TOKENLINE_PACK_HOURS: '9', TOKENLINE_PACK_HOURS_MOST: '8' };
		expect(() => readFieldSettings(less)).toThrow(/1 to 8/);
	});
});
