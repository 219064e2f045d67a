/** Devices, jobs and journals against statements typed by hand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import { closeJob } from '#lib/server/job/close-job.ts';
import { revokeDevice } from '#lib/server/field/devices.ts';
import { delivery } from '../../core/sync/journal.ts';
import { handAt, type Hand } from '../harness/by-hand.ts';
import { giveJob, OFFICE, technicianWithDevice, type FieldDevice } from '../harness/field.ts';
import { buy, digitsOf, KITCHEN, mustBeTaken, openShop, type Shop } from '../harness/shop.ts';
import { ON_POSTGRES } from '../harness/test-database.ts';

let shop: Shop;
let device: FieldDevice;
let jobId: string;
let hand: Hand;
beforeEach(async () => {
	shop = await openShop();
	device = await technicianWithDevice(shop.backend);
	const { id, answer } = await buy(shop.backend, KITCHEN, 50_000);
	jobId = (await giveJob(shop.backend, device.technician.operatorId, [{ drn: KITCHEN }])).id;
	const content = delivery('accepted', { vendId: id, sequence: 1, digits: digitsOf(answer) });
	for (const at of [0, 1])
		mustBeTaken(
			await device.handIn(
				device.journal.write('token-delivery', content, { drn: KITCHEN, atMs: at }),
			),
		);
	device.journal.head = EMPTY_JOURNAL;
	await device.handIn(device.journal.write('token-delivery', content));
	hand = handAt(shop.place);
});
afterEach(async () => {
	await hand.close();
	await shop.dispose();
});

/** None of them goes through. */
async function refuses(words: RegExp, ...statements: string[]): Promise<void> {
	for (const statement of statements)
		await expect(hand.type(statement), statement).rejects.toThrow(words);
}

const replacing = (table: string) =>
	ON_POSTGRES
		? [`truncate ${table} cascade`]
		: [`insert or replace into ${table} select * from ${table} limit 1`];

describe('statements typed by hand', () => {
	it.each([
		['journal_entry', `entry = '{}'`],
		['journal_entry', `findings = '[]'`],
		['journal_fork', `sequence = 9`],
	])('cannot change or delete a row of %s (%s)', async (table, change) => {
		await refuses(/append-only/, `update ${table} set ${change}`, `delete from ${table}`);
		await refuses(/append-only/, ...replacing(table));
	});

	it('cannot turn a journal back', async () => {
		await refuses(
			/only rises/,
			'update journal_head set sequence = sequence - 1',
			`update journal_head set hash = 'x'`,
			`update journal_head set device_id = 'x', sequence = sequence + 1`,
			'delete from journal_head',
			...replacing('journal_head'),
		);
	});

	it('cannot give a device other keys or another owner, nor bring a revoked one back', async () => {
		for (const change of [
			...[`signing_key = '{}'`, `sealing_key = '{}'`, `operator_id = 'x'`, `name = 'x'`],
		])
			await refuses(/never changes/, `update field_device set ${change}`);
		mustBeTaken(
			await revokeDevice(shop.backend, { ...OFFICE, roles: ['office-manager'] }, device.id),
		);
		await refuses(
			/never/,
			`update field_device set state = 'active', ended_at_ms = null`,
			'delete from field_device',
			...replacing('field_device'),
		);
	});

	it('cannot ask for something else with a job, nor open one that is over', async () => {
		await refuses(
			/never changes/,
			`update job set request = '{}'`,
			`update job set operator_id = 'x'`,
			`update job set pack_hours = 72`,
		);
		const closed = { state: 'done', note: '' } as const;
		mustBeTaken(await closeJob(shop.backend, device.technician, jobId, closed));
		await refuses(
			/never/,
			`update job set state = 'open' where id = '${jobId}'`,
			`delete from job where id = '${jobId}'`,
		);
	});

	it('cannot take a token out of its meter again', async () => {
		await refuses(
			/never/,
			`update token_delivery set state = 'refused'`,
			`update token_delivery set entry_id = 'x'`,
			`delete from token_delivery`,
			...replacing('token_delivery'),
		);
	});
});
