/** What has served is forgotten in time; what is money, token or audit never is. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forget, RULES } from '#lib/server/retention/forget.ts';
import { whatIsWrong } from '../harness/books.ts';
import { giveJob, technicianWithDevice } from '../harness/field.ts';
import {
	buy,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	saleOf,
	type Shop,
} from '../harness/shop.ts';

const DAY_MS = 24 * 60 * 60_000;
const SETTINGS = { keepMs: 30 * DAY_MS, keepPhonesMs: 90 * DAY_MS };
const turn = { signal: new AbortController().signal };

let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(() => shop.dispose());

const count = async (table: string): Promise<number> => {
	const { rows } = await sql<{ n: number }>`
		select count(*) as n from ${sql.table(table)}`.execute(shop.backend.database);
	return Number(rows[0]?.n);
};

async function challenges(rows: number): Promise<void> {
	for (let row = 0; row < rows; row += 1)
		await shop.backend.database
			.insertInto('challenge')
			.values({
				id: newId(),
				purpose: 'passkey-assertion',
				operator_id: null,
				challenge: 'x',
				expires_at_ms: shop.clock.nowMs(),
			})
			.execute();
}

async function message(state: 'queued' | 'delivered'): Promise<string> {
	const id = newId();
	const nowMs = shop.clock.nowMs();
	await shop.backend.database
		.insertInto('message')
		.values({
			...{ id, utility_id: 'lakeside', phone: '+254700000001', template: 'token' },
			...{ subject_id: id, facts: '{}', language: 'en', state, state_at_ms: nowMs },
			...{ created_at_ms: nowMs, attempts: 1, next_attempt_at_ms: nowMs },
			provider_reference: null,
		})
		.execute();
	return id;
}

const phoneOf = async (id: string) =>
	(
		await shop.backend.database
			.selectFrom('message')
			.select('phone')
			.where('id', '=', id)
			.executeTakeFirstOrThrow()
	).phone;

describe('retention', () => {
	it('takes away what has expired, however many, and nothing that has not', async () => {
		await challenges(450);
		await forget(shop.backend, SETTINGS, turn);
		expect(await count('challenge')).toBe(450);
		shop.clock.ms += DAY_MS;
		await challenges(1);
		await forget(shop.backend, SETTINGS, turn);
		expect(await count('challenge')).toBe(1);
	});

	it('keeps every fiscal row, for years', async () => {
		await buy(shop.backend, KITCHEN, 50_000);
		const kept = [
			'vend',
			'vend_token',
			'ledger_entry',
			'payment',
			'audit_event',
			'receipt_counter',
		];
		const before = await Promise.all(kept.map(count));
		shop.clock.ms += 4 * 365 * DAY_MS;
		await forget(shop.backend, SETTINGS, turn);
		expect(await Promise.all(kept.map(count))).toEqual(before);
		expect(await whatIsWrong(shop.backend.database)).toEqual([]);
		expect(await count('sandbox_charge')).toBe(0);
		expect(RULES.map(({ table }) => table)).not.toEqual(expect.arrayContaining(kept));
	});

	it('takes away what a pack held some time after it ran out, and keeps what came of it', async () => {
		const device = await technicianWithDevice(shop.backend);
		await giveJob(shop.backend, device.technician.operatorId, [{ drn: KITCHEN }]);
		await device.takePack();
		const pack = { packId: newId(), why: 'expired' } as const;
		mustBeTaken(await device.handIn(device.journal.write('pack-destroyed', pack)));
		shop.clock.ms += 30 * DAY_MS + 12 * 3_600_000;
		await forget(shop.backend, SETTINGS, turn);
		expect(await count('job_pack')).toBe(1);
		shop.clock.ms += 1;
		await forget(shop.backend, SETTINGS, turn);
		expect(await count('job_pack')).toBe(0);
		expect(await count('journal_entry')).toBe(1);
	});

	it('leaves a charge that its payment may still ask about', async () => {
		await order(shop.backend, saleOf(KITCHEN, 50_000));
		shop.clock.ms += 40 * DAY_MS;
		await forget(shop.backend, SETTINGS, turn);
		expect(await count('sandbox_charge')).toBe(1);
	});

	it('forgets whose phone a message went to, and nothing else of it', async () => {
		const delivered = await message('delivered');
		const queued = await message('queued');
		shop.clock.ms += 91 * DAY_MS;
		await forget(shop.backend, SETTINGS, turn);
		expect(await phoneOf(delivered)).toBe(`erased:${delivered}`);
		expect(await phoneOf(queued)).toBe('+254700000001');
		for (const change of [
			`phone = '+254700000002'`,
			`phone = 'erased:x'`,
			`phone = 'erased:' || id, facts = '[]'`,
			`state = 'queued'`,
		])
			await expect(
				sql
					.raw(`update message set ${change} where id = '${delivered}'`)
					.execute(shop.backend.database),
			).rejects.toThrow(/never changes/);
	});
});
