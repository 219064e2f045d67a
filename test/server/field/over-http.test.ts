/** A technician's day over HTTP, each answer held to the API's description: the office, the device, the proof. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import generic from '#lib/core/dlms/profile/generic.json' with { type: 'json' };
import type { StaffRole } from '#lib/core/sync/wire-people.ts';
import type { FieldDeviceAnswer } from '#lib/core/sync/wire-field-devices.ts';
import type { JobPackAnswer } from '#lib/core/sync/wire-packs.ts';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import { delivery, PROBE } from '../../core/sync/journal.ts';
import { call } from '../harness/call.ts';
import { signedIn, staff, type Sign } from '../harness/callers.ts';
import { FieldDevice } from '../harness/field.ts';
import { employ } from '../harness/people.ts';
import { buy, digitsOf, KITCHEN, newId, openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let device: FieldDevice;
let technician: Sign;
beforeEach(async () => {
	shop = await openShop();
	const person = await employ(shop.backend, { login: 'moraa', roles: ['technician'] });
	device = new FieldDevice(shop.backend, person);
	technician = await signedIn(shop.backend, person);
});
afterEach(() => shop.dispose());

const person = (role: StaffRole) =>
	staff(shop.backend, [role], { utilityId: 'lakeside', vendorId: 'none' });
const ask = async (sign: Sign, method: string, path: string, body?: unknown) => {
	const { status, json } = await call(shop.backend, method, `/api/v1/${path}`, {
		headers: sign(method, path),
		...(body !== undefined && { body }),
	});
	return { status, json: json as Record<string, unknown> };
};

it('from the job to the proof', async () => {
	const [clerk, keys, manager] = [
		await person('office-clerk'),
		await person('key-officer'),
		await person('office-manager'),
	];
	const { id: vendId, answer } = await buy(shop.backend, KITCHEN, 50_000);
	const secrets = { unicastKeyHex: 'a1'.repeat(16), authenticationKeyHex: 'b2'.repeat(16) };
	const set = await ask(keys, 'PUT', `meters/${KITCHEN}/association`, {
		profile: generic,
		secrets,
	});
	expect(set).toMatchObject({ status: 200, json: { generation: 2 } });
	const registered = await ask(technician, 'PUT', `field-devices/${device.id}`, device.request());
	expect((registered.json as unknown as FieldDeviceAnswer).state).toBe('active');
	const jobId = newId();
	const { operatorId } = device.technician;
	const tokens = { which: 'vends', vendIds: [vendId] };
	const job = await ask(clerk, 'PUT', `jobs/${jobId}`, {
		...{ operatorId, reason: 'Worn keypad', note: '', packHours: null, lab: false },
		meters: [{ drn: KITCHEN, tokens, work: ['clock'] }],
	});
	expect(job.status).toBe(200);
	expect(await ask(technician, 'GET', `jobs/${jobId}`)).toMatchObject({ status: 200 });
	expect(await ask(technician, 'GET', 'jobs?state=open')).toMatchObject({
		...{ status: 200, json: { jobs: [{ id: jobId }] } },
	});

	const packed = await ask(technician, 'GET', `packs/job?device=${device.id}`);
	const { pack } = await device.openPack(packed.json as unknown as JobPackAnswer);
	expect(pack.meters).toMatchObject([{ association: { secrets }, tokens: [{ vendId }] }]);
	expect(await ask(keys, 'GET', 'association-rotations')).toMatchObject({
		...{ status: 200, json: { rotations: [{ drn: KITCHEN, generation: 2 }] } },
	});
	expect(await ask(manager, 'GET', `meters/${KITCHEN}/association`)).toMatchObject({
		...{ status: 200, json: { handedOutAtMs: shop.clock.ms } },
	});

	const about = { drn: KITCHEN, jobId, atMs: shop.clock.ms };
	const handed = delivery('accepted', { vendId, sequence: 1, digits: digitsOf(answer) });
	const clock = {
		...{ probe: PROBE, beforeMs: 0, wantedMs: shop.clock.ms, afterMs: null },
		...({ outcome: 'unknown', reason: 'It had stopped' } as const),
	};
	for (const entry of [
		device.journal.write('token-delivery', handed, about),
		device.journal.write('clock-set', clock, about),
	])
		expect(await ask(technician, 'PUT', `deliveries/${entry.id}`, entry)).toMatchObject({
			...{ status: 200, json: { findings: [] } },
		});
	expect(await ask(manager, 'GET', `deliveries?drn=${KITCHEN}`)).toMatchObject({
		...{ status: 200, json: { entries: [{ kind: 'clock-set' }, { kind: 'token-delivery' }] } },
	});
	expect(await ask(clerk, 'GET', `meters/${KITCHEN}/vends`)).toMatchObject({
		...{ status: 200, json: { vends: [{ id: vendId, field: { delivered: 1 } }] } },
	});
	const done = { state: 'done', note: 'Keypad to be changed' };
	expect(await ask(technician, 'POST', `jobs/${jobId}/closings`, done)).toMatchObject({
		...{ status: 200, json: { state: 'done' } },
	});

	device.journal.head = EMPTY_JOURNAL;
	const again = device.journal.write('token-delivery', handed, about);
	expect(await ask(technician, 'PUT', `deliveries/${again.id}`, again)).toMatchObject({
		...{ status: 409, json: { code: 'journal-fork', facts: { sequence: 1 } } },
	});
	expect(await ask(manager, 'GET', 'journal-forks')).toMatchObject({
		...{ status: 200, json: { forks: [{ deviceId: device.id, sequence: 1 }] } },
	});
	expect(await ask(manager, 'GET', 'field-devices')).toMatchObject({
		...{ status: 200, json: { devices: [{ id: device.id, state: 'suspended' }] } },
	});
	expect(await ask(manager, 'POST', `field-devices/${device.id}/revocations`)).toMatchObject({
		...{ status: 200, json: { state: 'revoked' } },
	});
	expect(await ask(technician, 'GET', `packs/job?device=${device.id}`)).toMatchObject({
		...{ status: 403, json: { code: 'field-device-revoked' } },
	});
});
