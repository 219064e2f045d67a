/**
 * How the electricity goes, on a phone: days left from its own history, a reading, advice, all without a
 * network; and a reminder, from the tap to the notification, by way of a push service that holds the backend to
 * the standard.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { GENERAL_REMINDER } from '#lib/core/words/general-reminder.ts';
import { Backend } from '../harness/backend.ts';
import { FakePushService } from '../harness/push-service.ts';
import { objections } from './harness/axe.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { approveOnScreen, askFor, tokenShown } from './harness/consumer.ts';
import { HOUSE_EA07, KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { partFiles, untilKept } from './harness/kept-files.ts';
import { pixelsOver } from './harness/overflow.ts';
import { shownOn, withPush, workerControl } from './harness/push.ts';
import { purchaseRows, type StoredRow, writeRows } from './harness/stored-rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** One moment for all of it: a millisecond more makes another estimate. */
const NOW = Date.now();
const { use } = en;

/** Of a service worker, what is used here. */
interface WorkerScope extends EventTarget {
	readonly clients: { openWindow: (url: string) => Promise<null> };
	readonly registration: ServiceWorkerRegistration;
	readonly NotificationEvent: new (
		type: string,
		init: { readonly notification: Notification },
	) => Event;
}

let backend: Backend;
let service: FakePushService;
let phone: Phone;
let page: Page;
let books: DatabaseSync;
beforeAll(async () => {
	service = await FakePushService.open();
	backend = await Backend.prepared();
	// The backend writes too: whoever finds the other one writing waits.
	books = new DatabaseSync(join(backend.home, 'tokenline.db'), { timeout: 20_000 });
	phone = await Phone.start();
	await phone.context.grantPermissions(['notifications'], { origin: backend.origin });
	await withPush(phone, service);
	page = await phone.tab();
});
afterAll(async () => {
	await phone?.dispose();
	books?.close();
	await backend?.dispose();
	await service?.close();
});

const asked = () => page.evaluate(() => Number(localStorage.getItem('asked')));
const headline = (text: string | RegExp) =>
	page.getByTestId('days-left').filter({ hasText: text }).waitFor();
const reminders = () => books.prepare('select * from reminder').all() as { due_at_ms: number }[];
/** The time of every reminder that the backend has comes now. */
const comeDue = () => books.exec('update reminder set due_at_ms = 1, next_attempt_at_ms = 1');

/** Writes into the phone's store what another version of the app could have written, and opens the page anew. */
async function store(on: Page, rows: readonly StoredRow[]): Promise<void> {
	await writeRows(on, rows);
	await on.reload();
}

/** So many whole days and a half ago. */
const purchase = (drn: string, daysAgo: number, kWh: number, paidMinor: number): StoredRow[] =>
	purchaseRows({ drn, atMs: NOW - (daysAgo + 0.5) * DAY_MS, kWh, paidMinor });

/** 2 kWh a day; 20 kWh of the last 60 are used. */
const HISTORY = [
	...purchase(HOUSE_EA07, 100, 60, 120_000),
	...purchase(HOUSE_EA07, 70, 60, 120_000),
	...purchase(HOUSE_EA07, 40, 60, 120_000),
	...purchase(HOUSE_EA07, 10, 60, 120_000),
];

async function looksRight(where: string): Promise<void> {
	await page.bringToFront();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.evaluate(async () => {
			for (let frame = 0; frame < 12; frame += 1)
				await new Promise((done) => requestAnimationFrame(done));
		});
		expect({ where, colorScheme, found: await objections(page) }).toEqual({
			...{ where, colorScheme, found: [] },
		});
	}
	await page.setViewportSize({ width: 320, height: 640 });
	const overflow = await pixelsOver(page);
	expect({ where, overflow }).toEqual({ where, overflow: 0 });
	await page.setViewportSize({ width: 360, height: 740 });
}

describe('a meter’s use', () => {
	it('says that nothing is known, where nothing is', async () => {
		await page.goto(`${backend.origin}/meter/${HOUSE_EA07}`);
		await untilInstalled(page);
		await page.getByRole('link', { name: use.link }).click();
		await headline(use.left.unknown);
		await page.locator('[data-missing=nothing-known]').waitFor();
		await looksRight('nothing known');
	});

	it('says from the purchases how long the credit lasts, marked as an estimate', async () => {
		await store(page, HISTORY);
		await headline(use.left.about('19'));
		await page.getByText(use.estimate, { exact: true }).waitFor();
		await page.getByText(use.left.others).waitFor();
		await page.getByText(use.months.table).click();
		const table = page.getByRole('table', { name: use.months.title });
		await expect.poll(() => table.getByRole('row').count()).toBe(7);
		await looksRight('history');
	});

	it('goes by what the meter shows, once somebody says so', async () => {
		await untilKept(page, partFiles('use'));
		await phone.setOffline(true);
		await page.reload();
		const field = page.getByRole('textbox', { name: use.reading.field });
		const keep = page.getByRole('button', { name: use.reading.save });
		await keep.click();
		await page.getByText(use.reading.refusals.empty).waitFor();
		await field.fill('12,4,1');
		await keep.click();
		await page.getByText(use.reading.refusals['not-a-number']).waitFor();
		await field.fill('12,4');
		await keep.click();
		await headline(use.left.about('6'));
		await page.getByText(use.left.fromReading).waitFor();
		// Still there, still without a network.
		await page.reload();
		await headline(use.left.about('6'));
		await page.getByRole('button', { name: use.reading.remove }).click();
		await headline(use.left.about('19'));
		await phone.setOffline(false);
	});

	it('reads from right to left, and in no other language', async () => {
		await page.evaluate(() => localStorage.setItem('tokenline-language', 'ar'));
		await page.reload();
		await page.locator('html[dir=rtl]').waitFor();
		await page.getByTestId('days-left').waitFor();
		await looksRight('right to left');
		await page.evaluate(() => localStorage.removeItem('tokenline-language'));
		await page.reload();
		await headline(use.left.about('19'));
	});
});

describe('a reminder', () => {
	it('is asked for by a tap, and nobody is asked for anything before', async () => {
		expect(await asked()).toBe(0);
		await page.locator('[data-remind="3"]').click();
		await page.getByText(use.reminder.push).waitFor();
		const [row] = reminders();
		// Twenty days are left; three before that, in the morning in Nairobi.
		const inDays = ((row?.due_at_ms ?? 0) - Date.now()) / DAY_MS;
		expect(inDays).toBeGreaterThan(15);
		expect(inDays).toBeLessThan(18);
		expect(new Date(row?.due_at_ms ?? 0).toISOString()).toContain('T06:00:00');
		expect(JSON.stringify(reminders())).not.toContain(HOUSE_EA07);
		await looksRight('reminder');
	});

	it('is moved by a purchase', async () => {
		const before = reminders()[0]?.due_at_ms ?? 0;
		await askFor(page, backend.origin, HOUSE_EA07, '900');
		await approveOnScreen(page);
		await tokenShown(page);
		await eventually('the backend hears of it', () => (reminders()[0]?.due_at_ms ?? 0) > before);
		expect(reminders()).toHaveLength(1);
	});

	it('is taken back', async () => {
		await page.goto(`${backend.origin}/purchases`);
		await page.getByRole('link', { name: '0000 0000 034' }).last().click();
		await page.getByRole('button', { name: use.reminder.off }).click();
		await eventually('the backend forgets it', () => reminders().length === 0);
		await eventually('and the browser its subscription', () =>
			page.evaluate(() => localStorage.getItem('subscribed') === null),
		);
	});
});

const shown = () => shownOn(page);

const reminder = (id: string, change: object) => ({
	...{ id, kind: 'fbe', drn: HOUSE_EA07, rule: { by: 'moment', atMs: 0 }, dueAtMs: null },
	...{ said: { title: 'Free units', body: 'They can be had now.' }, path: `/meter/${HOUSE_EA07}` },
	...{ handedIn: null, notifiedAtMs: null, seenAtMs: null, off: false, createdAtMs: Date.now() },
	...change,
});

describe('a push', () => {
	const ID = '01930000-0000-7000-8000-00000000abcd';

	it('comes at its time, sealed, and says in the phone’s own words what it is about', async () => {
		const atMs = Date.now() + HOUR_MS;
		await store(page, [
			{ table: 'reminders', row: reminder(ID, { rule: { by: 'moment', atMs }, dueAtMs: atMs }) },
		]);
		await eventually('the backend has it', () => reminders().length === 1);
		expect(service.received).toEqual([]);
		comeDue();
		await eventually('the push is sent', () => service.received.length > 0);
		const [push] = service.received;
		expect(JSON.parse(push?.content ?? '')).toEqual({ reminder: ID });
		const key = await page.evaluate(async () => {
			const answer = await fetch('/api/v1/push-key');
			return ((await answer.json()) as { publicKey: string }).publicKey;
		});
		expect(push?.claims).toMatchObject({ aud: service.origin, key });
		const { deliver } = await workerControl(phone, page);
		await deliver(push?.content ?? '');
		await eventually('the notification is shown', async () => (await shown()).length === 1);
		expect(await shown()).toEqual([
			{ title: 'Free units', body: 'They can be had now.', tag: ID, lang: 'en' },
		]);
		// Sent twice, shown once.
		await deliver(push?.content ?? '');
		// Of which nothing is known here, and what is no message of ours.
		await deliver(JSON.stringify({ reminder: '01930000-0000-7000-8000-00000000ffff' }));
		await deliver('nonsense');
		await eventually('a general sentence', async () => (await shown()).length === 2);
		expect((await shown()).map(({ title }) => title).sort()).toEqual(
			[GENERAL_REMINDER.en.title, 'Free units'].sort(),
		);
	});

	it('leads to where the meter is topped up', async () => {
		const [worker] = phone.context.serviceWorkers();
		if (!worker) throw new Error('no service worker');
		const opened = await worker.evaluate(async () => {
			const scope = globalThis as unknown as WorkerScope;
			const paths: string[] = [];
			// Only a finger may open a window.
			scope.clients.openWindow = (url: string) => {
				paths.push(url);
				return Promise.resolve(null);
			};
			const all = await scope.registration.getNotifications();
			for (const notification of all) {
				const event = new scope.NotificationEvent('notificationclick', { notification });
				scope.dispatchEvent(event);
			}
			for (let turn = 0; turn < 400 && paths.length < all.length; turn += 1)
				await new Promise((resolve) => setTimeout(resolve, 50));
			return paths;
		});
		expect(opened.sort()).toEqual(['/', `/meter/${HOUSE_EA07}`]);
		await eventually('it is gone', async () => (await shown()).length === 0);
	});

	it('to a subscription that has ended is the last', async () => {
		service.status = 410;
		const atMs = Date.now() + HOUR_MS;
		const id = '01930000-0000-7000-8000-00000000abce';
		await store(page, [
			{ table: 'reminders', row: reminder(ID, { off: true }) },
			{ table: 'reminders', row: reminder(id, { rule: { by: 'moment', atMs }, dueAtMs: atMs }) },
		]);
		await eventually('the backend has it', () => reminders().length === 1);
		comeDue();
		await eventually('and forgets it', () => reminders().length === 0);
		service.status = 201;
	});
});

describe('where notifications are refused', () => {
	it('the app itself reminds, until it is put away', async () => {
		const other = await Phone.start();
		try {
			const tab = await other.tab();
			await tab.goto(`${backend.origin}/meter/${KITCHEN}`);
			await tab.getByRole('link', { name: use.link }).click();
			await tab.locator('[data-remind="7"]').click();
			await tab.getByText(use.reminder.blocked).waitFor();
			await tab.getByText(use.reminder.noTime).waitFor();
			expect(reminders()).toEqual([]);

			const id = '01930000-0000-7000-8000-00000000abcf';
			const due = { drn: KITCHEN, rule: { by: 'moment', atMs: 1 }, dueAtMs: 1 };
			await tab.goto(backend.origin);
			await store(tab, [{ table: 'reminders', row: reminder(id, due) }]);
			const notice = tab.getByTestId('due-reminder');
			await notice.getByText('They can be had now.').waitFor();
			await notice.getByRole('button', { name: use.reminder.putAway }).click();
			await notice.waitFor({ state: 'detached' });
			await tab.reload();
			await tab
				.getByRole('link', { name: /0000 0000/ })
				.first()
				.waitFor();
			expect(await notice.count()).toBe(0);
			expect(other.errors).toEqual([]);
		} finally {
			await other.dispose();
		}
	});
});

it('nothing went wrong in a page', () => {
	expect(phone.errors).toEqual([]);
});
