import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_REMINDERS } from '#lib/server/reminder/put-reminder.ts';
import { REMINDER_LIFE_MS, sendReminders } from '#lib/server/reminder/send-reminders.ts';
import { FakePushService } from '../../harness/push-service.ts';
import { call } from '../harness/call.ts';
import { newId, openShop, type Shop } from '../harness/shop.ts';

const HOUR_MS = 3_600_000;

let shop: Shop;
let service: FakePushService;
beforeEach(async () => {
	shop = await openShop();
	service = await FakePushService.open();
});
afterEach(async () => {
	await service.close();
	await shop.dispose();
});

const rows = () => shop.backend.database.selectFrom('reminder').selectAll().orderBy('id').execute();
const put = (id: string, dueAtMs: number, subscription = service.subscribe()) =>
	call(shop.backend, 'PUT', `/api/v1/reminders/${id}`, { body: { dueAtMs, subscription } });
const takeBack = (id: string) => call(shop.backend, 'DELETE', `/api/v1/reminders/${id}`);
async function wait(ms: number, backend = shop.backend): Promise<void> {
	shop.clock.ms += ms;
	await sendReminders(backend);
}

describe('a reminder', () => {
	it('is sent at its time, once, and says nothing but its own id', async () => {
		const id = newId();
		const due = shop.clock.ms + 3 * HOUR_MS;
		expect(await put(id, due)).toMatchObject({ status: 200, json: { id, dueAtMs: due } });
		await wait(3 * HOUR_MS - 1);
		expect(service.requests).toBe(0);
		await wait(1);
		expect(service.received.map(({ content }) => JSON.parse(content))).toEqual([{ reminder: id }]);
		await wait(48 * HOUR_MS);
		expect(service.requests).toBe(1);
		expect(await rows()).toEqual([]);
	});

	it('is sent by one of two nodes', async () => {
		await put(newId(), shop.clock.ms);
		const other = shop.reopened();
		await Promise.all([wait(0), sendReminders(other)]);
		expect(service.requests).toBe(1);
	});

	it('that is past is sent at once, and one of a year too far is taken nearer', async () => {
		await put(newId(), 0);
		await wait(0);
		expect(service.received).toHaveLength(1);
		const far = await put(newId(), 8e15);
		expect((far.json as { dueAtMs: number }).dueAtMs).toBe(shop.clock.ms + 400 * 24 * HOUR_MS);
	});

	it('moves with the same id, to another time and subscription', async () => {
		const id = newId();
		await put(id, shop.clock.ms + HOUR_MS);
		const subscription = service.subscribe();
		await put(id, shop.clock.ms + 3 * HOUR_MS, subscription);
		await wait(2 * HOUR_MS);
		expect(service.requests).toBe(0);
		await wait(HOUR_MS);
		expect(service.received).toHaveLength(1);
		// After it was sent it may be asked for again: something was bought.
		await put(id, shop.clock.ms + HOUR_MS, subscription);
		await wait(HOUR_MS);
		expect(service.received).toHaveLength(2);
	});

	it('is taken back, once', async () => {
		const id = newId();
		await put(id, shop.clock.ms + HOUR_MS);
		expect(await takeBack(id)).toMatchObject({ status: 200, json: { id } });
		expect((await takeBack(id)).code).toBe('not-found');
		await wait(HOUR_MS);
		expect(service.requests).toBe(0);
	});

	it('ends with its subscription, and all others of it do', async () => {
		const subscription = service.subscribe();
		await put(newId(), shop.clock.ms, subscription);
		await put(newId(), shop.clock.ms + HOUR_MS, subscription);
		const stays = newId();
		await put(stays, shop.clock.ms + HOUR_MS);
		service.status = 410;
		await wait(0);
		expect((await rows()).map(({ id }) => id)).toEqual([stays]);
	});

	it('is tried again while the push service cannot, for a day', async () => {
		await put(newId(), shop.clock.ms);
		service.status = 503;
		await wait(0);
		await wait(1);
		expect(service.requests).toBe(1);
		await wait(2 * HOUR_MS);
		expect(service.requests).toBe(2);
		service.status = 201;
		await wait(2 * HOUR_MS);
		expect(service.received).toHaveLength(1);
		expect(await rows()).toEqual([]);

		await put(newId(), shop.clock.ms);
		service.status = 503;
		await wait(0);
		await wait(REMINDER_LIFE_MS);
		expect(await rows()).toEqual([]);
	});

	it('that the push service does not take is given up', async () => {
		await put(newId(), shop.clock.ms);
		service.status = 413;
		await wait(0);
		expect(await rows()).toEqual([]);
	});

	it('of which the server hears late, because it was off, is sent all the same', async () => {
		await put(newId(), shop.clock.ms + HOUR_MS);
		await wait(72 * HOUR_MS);
		expect(service.received).toHaveLength(1);
	});
});

describe('what is no reminder', () => {
	it('goes nowhere: an address that is no push service', async () => {
		for (const endpoint of ['https://intranet.example/x', 'http://10.0.0.7/x', 'nonsense']) {
			const refused = await put(newId(), 0, { ...service.subscribe(), endpoint });
			expect(refused).toMatchObject({ status: 422, code: 'push-endpoint' });
		}
		expect(await rows()).toEqual([]);
	});

	it.each([
		{ p256dh: 'A'.repeat(87) },
		{ p256dh: `B${'a'.repeat(85)}` },
		{ auth: 'a'.repeat(21) },
		{ auth: `${'a'.repeat(21)}!` },
		{ endpoint: `https://fcm.googleapis.com/${'a'.repeat(2_000)}` },
		{ more: 1 },
	])('has another shape: %j', async (change) => {
		const subscription = { ...service.subscribe(), ...change };
		expect((await put(newId(), 0, subscription)).code).toBe('body-shape');
	});

	it.each([-1, 1.5, '5', null, Number.MAX_SAFE_INTEGER + 1])(
		'has no such time: %s',
		async (due) => {
			expect((await put(newId(), due as number)).code).toBe('body-shape');
		},
	);

	it('is one more than a device keeps', async () => {
		const subscription = service.subscribe();
		const first = newId();
		await put(first, shop.clock.ms + HOUR_MS, subscription);
		for (let more = 1; more < MOST_REMINDERS; more += 1)
			await put(newId(), shop.clock.ms + HOUR_MS, subscription);
		expect((await put(newId(), 0, subscription)).code).toBe('reminders-exceeded');
		// One that is there may still move.
		expect((await put(first, shop.clock.ms + 2 * HOUR_MS, subscription)).status).toBe(200);
	});

	it('is told to nobody: an id is not shown, and reading is no operation', async () => {
		const key = await call(shop.backend, 'GET', '/api/v1/push-key');
		expect(key.json).toEqual({ publicKey: shop.backend.pushKey.publicKey });
		const { paths } = (await call(shop.backend, 'GET', '/openapi.json')).json as {
			paths: Record<string, object>;
		};
		expect(Object.keys(paths['/api/v1/reminders/{id}'] ?? {}).sort()).toEqual(['delete', 'put']);
	});

	it('leaves no endpoint in the log', async () => {
		const subscription = service.subscribe();
		await put(newId(), shop.clock.ms, subscription);
		service.status = 503;
		await wait(0);
		expect(shop.lines.join()).toContain('reminder-not-sent');
		expect(shop.lines.join()).not.toContain(new URL(subscription.endpoint).pathname);
	});
});
