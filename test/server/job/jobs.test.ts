/** Jobs: made by the office for a technician, read by whom they are for, ended once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobRequest } from '#lib/core/sync/wire-jobs.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { closeJob } from '#lib/server/job/close-job.ts';
import { putJob } from '#lib/server/job/put-job.ts';
import { listJobs, readJob } from '#lib/server/job/read-jobs.ts';
import { giveJob, OFFICE, type Person } from '../harness/field.ts';
import { deeds, employ } from '../harness/people.ts';
import {
	buy,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let technician: Person;
beforeEach(async () => {
	shop = await openShop();
	technician = await employ(shop.backend, { login: 'moraa', roles: ['technician'] });
});
afterEach(() => shop.dispose());

const clerk: Caller = { ...OFFICE, operatorId: newId() };
const put = (change: Partial<JobRequest> = {}, id = newId(), by = clerk) =>
	putJob(shop.backend, by, id, {
		...{ operatorId: technician.operatorId, reason: 'Worn keypad', note: '' },
		...{ packHours: null, lab: false },
		meters: [{ drn: KITCHEN, tokens: { which: 'undelivered' }, work: ['clock'] }],
		...change,
	});
const wrong = (pointer: string) => ({ refusal: 'body-shape', errors: [{ pointer }] });

describe('a job', () => {
	it('is made once, and says what it asks for', async () => {
		const id = newId();
		const made = await put({}, id);
		expect(made).toMatchObject({
			...{ id, state: 'open', operatorName: 'The technician', packHours: 12, packedAtMs: null },
			meters: [{ drn: KITCHEN, area: 'Public-test estate', work: ['clock'] }],
			closing: null,
		});
		expect(await put({}, id)).toEqual(made);
		expect(await put({ reason: 'Another' }, id)).toEqual({ refusal: 'id-reused' });
		const stranger = { ...clerk, utilityId: 'hilltop' };
		expect(await put({}, id, stranger)).toEqual({ refusal: 'id-reused' });
		expect((await deeds(shop.backend)).filter((one) => one === 'job-made')).toHaveLength(1);
	});

	it('takes a meter’s number as people write it', async () => {
		const meters: JobRequest['meters'] = [
			{ drn: '0000 0000 018', tokens: { which: 'none' }, work: [] },
		];
		expect(await put({ meters })).toMatchObject({ meters: [{ drn: KITCHEN }] });
	});

	it('is for an active technician of the utility', async () => {
		const agent = await employ(shop.backend, { login: 'clerk2', roles: ['office-clerk'] });
		const far = await employ(shop.backend, {
			...{ login: 'far', roles: ['technician'], utilityId: 'lakeside' },
		});
		await shop.backend.database
			.updateTable('operator')
			.set({ state: 'suspended' })
			.where('id', '=', far.operatorId)
			.execute();
		for (const operatorId of [agent.operatorId, far.operatorId, newId()])
			expect(await put({ operatorId })).toMatchObject(wrong('/operatorId'));
		expect(await put({}, newId(), { ...clerk, utilityId: 'hilltop' })).toMatchObject(
			wrong('/operatorId'),
		);
	});

	it('names meters that there are, each once', async () => {
		const at = (...drns: string[]) =>
			put({ meters: drns.map((drn) => ({ drn, tokens: { which: 'none' }, work: [] })) });
		expect(await at(KITCHEN, '04111111110')).toEqual({
			...{ refusal: 'meter-unknown', facts: { place: 2 } },
		});
		expect(await at('00000000019')).toMatchObject({ refusal: 'meter-check-digit' });
		expect(await at(KITCHEN, WORKSHOP, KITCHEN)).toMatchObject(wrong('/meters/2/drn'));
	});

	it('names vends that are of their meter', async () => {
		const { id } = await buy(shop.backend, KITCHEN, 50_000);
		const named = (drn: string, ...vendIds: string[]) =>
			put({ meters: [{ drn, tokens: { which: 'vends', vendIds }, work: [] }] });
		expect(await named(KITCHEN, id)).toMatchObject({ state: 'open' });
		expect(await named(WORKSHOP, id)).toMatchObject(wrong('/meters/0/tokens/vendIds'));
		expect(await named(KITCHEN, id, newId())).toMatchObject(wrong('/meters/0/tokens/vendIds'));
	});

	it('allows firmware in a laboratory only, and a pack for no longer than the house does', async () => {
		const meters: JobRequest['meters'] = [
			{ drn: KITCHEN, tokens: { which: 'none' }, work: ['reading'] },
			{ drn: WORKSHOP, tokens: { which: 'none' }, work: ['firmware'] },
		];
		expect(await put({ meters })).toMatchObject(wrong('/meters/1/work'));
		expect(await put({ meters, lab: true })).toMatchObject({ lab: true });
		expect(await put({ packHours: 72 })).toMatchObject({ packHours: 72 });
		const strict = { ...shop.backend, field: { ...shop.backend.field, packHoursMost: 8 } };
		const request: JobRequest = {
			...{ operatorId: technician.operatorId, reason: 'x y z', note: '', packHours: 9 },
			...{ lab: false, meters: [] },
		};
		expect(await putJob(strict, clerk, newId(), request)).toMatchObject(wrong('/packHours'));
	});
});

describe('those who may see it', () => {
	it('are its technician and the office', async () => {
		const other = await employ(shop.backend, { login: 'njeri', roles: ['technician'] });
		const mine = await giveJob(shop.backend, technician.operatorId, [{ drn: KITCHEN }]);
		const theirs = await giveJob(shop.backend, other.operatorId, [{ drn: KITCHEN }]);
		expect(await readJob(shop.backend, technician, mine.id)).toEqual(mine);
		expect(await readJob(shop.backend, technician, theirs.id)).toEqual({ refusal: 'not-found' });
		expect(await readJob(shop.backend, clerk, theirs.id)).toEqual(theirs);
		const stranger = { ...clerk, utilityId: 'hilltop' };
		expect(await readJob(shop.backend, stranger, mine.id)).toEqual({ refusal: 'not-found' });
		const idsFor = async (by: Caller, query = {}) =>
			(await listJobs(shop.backend, by, query)).jobs.map(({ id }) => id);
		expect(await idsFor(technician)).toEqual([mine.id]);
		// The demo's own two are older by their ids.
		expect((await idsFor(clerk)).slice(0, 2)).toEqual([theirs.id, mine.id]);
		expect(await idsFor(clerk, { before: theirs.id, state: 'open' })).toContain(mine.id);
		expect(await idsFor(clerk, { state: 'done' })).toEqual([]);
		expect(await idsFor(stranger)).toEqual([]);
	});

	it('read it a page at a time', async () => {
		const made = [];
		for (let at = 0; at < 51; at += 1)
			made.push((await giveJob(shop.backend, technician.operatorId, [{ drn: KITCHEN }])).id);
		const first = await listJobs(shop.backend, technician, {});
		expect(first.jobs).toHaveLength(50);
		expect(first.next).toBe(made[1]);
		const rest = await listJobs(shop.backend, technician, { before: first.next ?? '' });
		expect(rest).toMatchObject({ jobs: [{ id: made[0] }], next: null });
	});
});

describe('its end', () => {
	const close = (id: string, state: 'done' | 'cancelled', by: Caller) =>
		closeJob(shop.backend, by, id, { state, note: 'as found' });

	it('comes once: what was said first stands', async () => {
		const { id } = mustBeTaken(await put());
		shop.clock.ms += 1_000;
		const done = mustBeTaken(await close(id, 'done', technician));
		expect(done).toMatchObject({
			state: 'done',
			closing: { atMs: shop.clock.ms, note: 'as found' },
		});
		shop.clock.ms += 1_000;
		expect(await close(id, 'done', clerk)).toEqual(done);
		expect(await close(id, 'cancelled', clerk)).toEqual({ refusal: 'job-closed' });
		const said = (await deeds(shop.backend)).filter((one) => /^job-(done|cancelled)/.test(one));
		expect(said).toEqual(['job-done']);
	});

	it('is the office’s to say where the job is taken back, and nobody else’s of another technician', async () => {
		const { id } = mustBeTaken(await put());
		const other = await employ(shop.backend, { login: 'njeri', roles: ['technician'] });
		expect(await close(id, 'done', other)).toEqual({ refusal: 'not-found' });
		expect(await close(id, 'cancelled', technician)).toEqual({ refusal: 'not-allowed' });
		expect(await close(id, 'cancelled', clerk)).toMatchObject({ state: 'cancelled' });
	});
});
