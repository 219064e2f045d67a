/** The job pack: everything of the open jobs, for one device, released and written down before it leaves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compactDecrypt } from 'jose';
import { recover } from '#lib/server/vend/recovery.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { closeJob } from '#lib/server/job/close-job.ts';
import { MAX_PACK_METERS } from '#lib/core/sync/wire-packs.ts';
import { whatIsWrong } from '../harness/books.ts';
import { call } from '../harness/call.ts';
import { signedIn } from '../harness/callers.ts';
import { FieldDevice, giveJob, OFFICE, technicianWithDevice } from '../harness/field.ts';
import { employ } from '../harness/people.ts';
import {
	BARN,
	buy,
	COTTAGE,
	digitsOf,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';
import { delivery } from '../../core/sync/journal.ts';

const HOUR_MS = 3_600_000;

let shop: Shop;
let device: FieldDevice;
beforeEach(async () => {
	shop = await openShop();
	device = await technicianWithDevice(shop.backend);
});
afterEach(() => shop.dispose());

const clerk: Caller = { ...OFFICE, operatorId: newId() };
const give = (...drns: string[]) =>
	giveJob(
		shop.backend,
		device.technician.operatorId,
		drns.map((drn) => ({ drn, work: ['reading' as const] })),
	);

/** A credit that is made and that nobody has seen: the security module answered too late for its asker. */
async function unseen(drn: string): Promise<string> {
	shop.module.behaviour = 'hangs';
	const { id } = await buy(shop.backend, drn, 50_000);
	shop.module.behaviour = 'answers';
	await recover(shop.backend, 0);
	return id;
}

const vendRow = (id: string) =>
	shop.backend.database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();

describe('a pack', () => {
	it('holds all of the open jobs: meters, masked, with how to reach them and their tokens', async () => {
		const sold = await buy(shop.backend, KITCHEN, 50_000);
		const job = await give(KITCHEN, COTTAGE);
		const answer = mustBeTaken(await device.askPack());
		expect(answer).toMatchObject({
			...{ deviceId: device.id, jobs: 1, meters: 2, serverMs: shop.clock.ms },
			...{ issuedAtMs: shop.clock.ms, validUntilMs: shop.clock.ms + 12 * HOUR_MS },
		});
		const { header, pack } = await device.openPack(answer);
		expect(header).toEqual({
			...{ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', typ: 'tokenline-job-pack' },
			...{ packId: answer.packId, deviceId: device.id, validUntilMs: answer.validUntilMs },
		});
		expect(pack).toMatchObject({
			...{ packId: answer.packId, deviceId: device.id, validUntilMs: answer.validUntilMs },
			operatorId: device.technician.operatorId,
			utility: { name: 'Lakeside Power & Light', timeZone: 'Africa/Nairobi' },
			jobs: [{ id: job.id, meters: [{ drn: KITCHEN, work: ['reading'] }, { drn: COTTAGE }] }],
		});
		const [kitchen, cottage] = pack.meters;
		expect(kitchen).toMatchObject({
			...{ drn: KITCHEN, ownerMasked: 'T**** E****', virtual: true, ea: 7, keyWanted: null },
			key: { krn: 1, baseYear: 2014 },
			tokens: [
				{
					...{ position: 1, vendId: sold.id, sequence: 1, of: 1, kind: 'credit', test: true },
					...{ digits: digitsOf(sold.answer), krn: 1, baseYear: 2014, delivery: null },
				},
			],
		});
		expect(kitchen?.tokens[0]?.tid).toBeGreaterThan(0);
		expect(cottage).toMatchObject({ key: { krn: 1, baseYear: 1993 }, tokens: [] });
		expect(cottage?.keyWanted).toMatchObject({ krn: 2 });
	});

	it('opens for nobody but its device, and not at all when a bit of it is changed', async () => {
		await give(KITCHEN);
		const other = new FieldDevice(shop.backend, device.technician);
		const { sealed } = mustBeTaken(await device.askPack());
		await expect(compactDecrypt(sealed, other.sealing.privateKey)).rejects.toThrow();
		const parts = sealed.split('.');
		expect(parts).toHaveLength(5);
		for (const at of parts.keys()) {
			const changed = [...parts];
			changed[at] = `${changed[at]?.startsWith('A') ? 'B' : 'A'}${changed[at]?.slice(1)}`;
			await expect(
				compactDecrypt(changed.join('.'), device.sealing.privateKey),
				`part ${at}`,
			).rejects.toThrow();
		}
	});

	it('holds the set of a key change whole, oldest first, the credit under the new key after it', async () => {
		mustBeTaken(
			await requestVend(shop.backend, clerk, newId(), {
				...{ kind: 'key-change', drn: BARN, requestedAtMs: shop.clock.ms },
			}),
		);
		shop.clock.ms += 60_000;
		await buy(shop.backend, BARN, 50_000);
		await give(BARN);
		const [meter] = (await device.takePack()).meters;
		const kinds = meter?.tokens.map(({ kind, position }) => `${position} ${kind}`);
		expect(kinds).toEqual(['1 key-change', '2 key-change', '3 credit']);
		expect(meter?.tokens.map(({ tid }) => tid === null)).toEqual([true, true, false]);
		// The books have moved on; the meter has not.
		expect(meter).toMatchObject({ key: { krn: 2, baseYear: 2014 }, keyWanted: null });
	});

	it('releases what it carries before it leaves: from then on nothing takes it back', async () => {
		const id = await unseen(KITCHEN);
		expect((await vendRow(id)).released_at_ms).toBeNull();
		await give(KITCHEN);
		shop.clock.ms += 1_000;
		const [meter] = (await device.takePack()).meters;
		expect(meter?.tokens).toMatchObject([{ vendId: id }]);
		expect((await vendRow(id)).released_at_ms).toBe(shop.clock.ms);
		const taken = await reverseVend(shop.backend, { ...clerk, roles: ['office-manager'] }, id);
		expect(taken).toEqual({ refusal: 'token-released' });
		expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	});

	it('carries nothing of a vend that was taken back before', async () => {
		const id = await unseen(KITCHEN);
		await give(KITCHEN);
		mustBeTaken(await reverseVend(shop.backend, { ...clerk, roles: ['office-manager'] }, id));
		expect((await device.takePack()).meters[0]?.tokens).toEqual([]);
	});

	it('releases nothing of a meter of which no token is wanted', async () => {
		const id = await unseen(KITCHEN);
		const operatorId = device.technician.operatorId;
		await giveJob(shop.backend, operatorId, [{ drn: KITCHEN, tokens: { which: 'none' } }]);
		expect((await device.takePack()).meters[0]?.tokens).toEqual([]);
		expect((await vendRow(id)).released_at_ms).toBeNull();
	});

	it('no longer carries what the meter has taken', async () => {
		const sold = await buy(shop.backend, KITCHEN, 50_000);
		await give(KITCHEN);
		const [token] = (await device.takePack()).meters[0]?.tokens ?? [];
		const of = { vendId: sold.id, sequence: 1, digits: token?.digits ?? '' };
		const tell = (verdict: 'accepted' | 'unknown') =>
			device.handIn(
				device.journal.write('token-delivery', delivery(verdict, of), { drn: KITCHEN }),
			);
		mustBeTaken(await tell('unknown'));
		expect((await device.takePack()).meters[0]?.tokens).toMatchObject([{ delivery: 'unknown' }]);
		mustBeTaken(await tell('accepted'));
		expect((await device.takePack()).meters[0]?.tokens).toEqual([]);
	});

	it('asked for again is another one with the same contents', async () => {
		await buy(shop.backend, KITCHEN, 50_000);
		await give(KITCHEN);
		const { packId: one, ...first } = await device.takePack();
		const { packId: other, ...second } = await device.takePack();
		expect(other).not.toBe(one);
		expect(second).toEqual(first);
	});

	it('has no more to carry when nothing is open, and is empty then', async () => {
		const { id } = await give(KITCHEN);
		mustBeTaken(await closeJob(shop.backend, device.technician, id, { state: 'done', note: '' }));
		expect(await device.takePack()).toMatchObject({ jobs: [], meters: [] });
		expect(await device.askPack(id)).toEqual({ refusal: 'job-closed' });
	});

	it('may be of one job alone, and lives as long as the shortest of its jobs', async () => {
		const operatorId = device.technician.operatorId;
		const long = await giveJob(shop.backend, operatorId, [{ drn: KITCHEN }], { packHours: 72 });
		await giveJob(shop.backend, operatorId, [{ drn: WORKSHOP }], { packHours: 2 });
		const validMs = async (job?: string) => {
			const { validUntilMs, issuedAtMs } = mustBeTaken(await device.askPack(job));
			return validUntilMs - issuedAtMs;
		};
		expect(await validMs()).toBe(2 * HOUR_MS);
		expect(await validMs(long.id)).toBe(72 * HOUR_MS);
		expect((await device.takePack(long.id)).meters.map(({ drn }) => drn)).toEqual([KITCHEN]);
		const other = await employ(shop.backend, { login: 'njeri', roles: ['technician'] });
		const theirs = await giveJob(shop.backend, other.operatorId, [{ drn: KITCHEN }]);
		expect(await device.askPack(theirs.id)).toEqual({ refusal: 'not-found' });
	});

	it('holds no more meters than its bound', async () => {
		const rows = await shop.backend.database
			.selectFrom('meter')
			.select('drn')
			.orderBy('drn')
			.limit(MAX_PACK_METERS + 1)
			.execute();
		const drns = rows.map(({ drn }) => drn);
		const first = await give(...drns.slice(0, 40));
		await give(...drns.slice(40));
		expect(await device.askPack()).toEqual({
			...{ refusal: 'pack-too-large', facts: { meters: 61, most: 60 } },
		});
		expect((await device.takePack(first.id)).meters).toHaveLength(40);
	});
});

describe('who gets one', () => {
	it('is the technician whose device it is, while it is active', async () => {
		await give(KITCHEN);
		const thief = await technicianWithDevice(shop.backend, 'njeri');
		const stolen = new FieldDevice(shop.backend, thief.technician);
		expect(await stolen.askPack()).toEqual({ refusal: 'field-device-unknown' });
		Object.defineProperty(stolen, 'id', { value: device.id });
		expect(await stolen.askPack()).toEqual({ refusal: 'field-device-unknown' });
	});

	it('is written down: which device, meters, vends and secrets; no digits, no keys', async () => {
		const sold = await buy(shop.backend, KITCHEN, 50_000);
		const { id } = await give(KITCHEN);
		const { packId } = await device.takePack();
		const events = await shop.backend.database
			.selectFrom('audit_event')
			.selectAll()
			.where('action', 'in', ['job-pack-made', 'meter-packed'])
			.orderBy('action')
			.execute();
		const actor = `operator:${device.technician.operatorId}`;
		expect(
			events.map(({ facts, ...event }) => ({ ...event, facts: JSON.parse(facts) as unknown })),
		).toMatchObject([
			{
				...{ action: 'job-pack-made', actor, subject_id: device.id },
				facts: { pack: packId, jobs: id, meters: 1 },
			},
			{
				...{ action: 'meter-packed', actor, subject_id: KITCHEN },
				facts: { pack: packId, device: device.id, vends: sold.id, secrets: 1 },
			},
		]);
		const text = JSON.stringify(events) + shop.lines.join();
		expect(text).not.toContain(digitsOf(sold.answer));
		expect(text).not.toContain('00010203');
		const row = await shop.backend.database
			.selectFrom('job_pack')
			.selectAll()
			.executeTakeFirstOrThrow();
		expect(row).toMatchObject({ id: packId, drns: `["${KITCHEN}"]`, vends: `["${sold.id}"]` });
	});

	it('may ask a few times an hour only', async () => {
		const strict = {
			...shop.backend,
			access: {
				...shop.backend.access,
				rates: { ...shop.backend.access.rates, pack: { atOnce: 2, everyMs: 60_000 } },
			},
		};
		const { operatorId } = device.technician;
		const sign = await signedIn(shop.backend, { utilityId: 'lakeside', operatorId });
		const path = `/api/v1/packs/job?device=${device.id}`;
		const ask = () => call(strict, 'GET', path, { headers: sign('GET', path) });
		expect((await ask()).status).toBe(200);
		expect((await ask()).status).toBe(200);
		const third = await ask();
		expect(third).toMatchObject({ status: 429, code: 'too-many-requests' });
		expect(third.headers.get('retry-after')).toBe('60');
		shop.clock.ms += 60_000;
		expect((await ask()).status).toBe(200);
	});
});
