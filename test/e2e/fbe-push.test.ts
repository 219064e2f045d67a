/**
 * Free electricity, told of while the app is closed: the backend's push for a month reaches the service worker,
 * which shows it and hands in the next month's by itself, because nobody may open the app until then. The push is
 * the backend's own, received by a push service of the test and delivered by the browser's own tools; that a month
 * has passed is written into the phone's store and the backend's books.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import type { Reminder } from '#lib/core/sync/reminders.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { Backend } from '../harness/backend.ts';
import { FakePushService } from '../harness/push-service.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { COTTAGE } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { shownOn, subscribeWorker, withPush, workerControl } from './harness/push.ts';
import { readRow, writeRows } from './harness/stored-rows.ts';

const { fbe } = en;
/** As long as the longest month: so long before the 1st of the next one is before the 1st of this one, or on it. */
const MONTH_MS = 31 * 86_400_000;

let service: FakePushService;
let backend: Backend;
let phone: Phone;
let books: DatabaseSync;
let subscribed: Awaited<ReturnType<typeof withPush>>;
/** Of the app's origin, and none of its pages. */
let elsewhere: Page;

beforeAll(async () => {
	service = await FakePushService.open();
	backend = await Backend.prepared();
	books = new DatabaseSync(join(backend.home, 'tokenline.db'));
	books.exec('pragma busy_timeout = 5000');
	books.prepare('update account set fbe_deci_kwh = 500 where drn = ?').run(COTTAGE);
	phone = await Phone.start();
	await phone.context.grantPermissions(['notifications'], { origin: backend.origin });
	subscribed = await withPush(phone, service);
});
afterAll(async () => {
	await phone?.dispose();
	books?.close();
	await backend?.dispose();
	await service?.close();
});

interface Due {
	readonly id: string;
	readonly due_at_ms: number;
}
const withBackend = () =>
	books.prepare('select id, due_at_ms from reminder').all() as unknown as Due[];

/** The phone was in a drawer: its reminder and the backend's are of the month before. */
async function aMonthPasses({ id, due_at_ms: dueAtMs }: Due): Promise<void> {
	const before = dueAtMs - MONTH_MS;
	const handedIn = { dueAtMs: before, endpoint: subscribed.endpoint };
	await writeRows(elsewhere, [
		{ table: 'reminders', over: id, row: { dueAtMs: before, handedIn } },
	]);
	books
		.prepare('update reminder set due_at_ms = ?, next_attempt_at_ms = ? where id = ?')
		.run(before, before, id);
}

describe('a month’s free electricity', () => {
	let next: Due;

	it('is asked to be told of by a tap, and the backend has its 1st', async () => {
		const page = await phone.tab();
		await page.goto(`${backend.origin}/meter/${COTTAGE}/free`);
		await untilInstalled(page);
		await page.locator('[data-remind=monthly]').click();
		await eventually('the backend has it', () => withBackend().length === 1);
		next = withBackend()[0]!;
		expect(next.due_at_ms).toBeGreaterThan(Date.now());
		// Nine in the morning of a 1st, in Nairobi.
		expect(new Date(next.due_at_ms).toISOString()).toMatch(/-01T06:00:00\.000Z$/);
		elsewhere = await phone.tab();
		await elsewhere.goto(`${backend.origin}/healthz`);
		await page.close();
	});

	it('is told of with the app closed, and the next month’s is handed in by the worker', async () => {
		const { deliver } = await workerControl(phone, elsewhere);
		await aMonthPasses(next);
		await eventually('the push is sent', () => service.received.length > 0);
		expect(JSON.parse(service.received[0]?.content ?? '')).toEqual({ reminder: next.id });
		await eventually('and forgotten by the backend', () => withBackend().length === 0);

		await subscribeWorker(phone, subscribed);
		await deliver(service.received[0]?.content ?? '');
		await eventually('it is shown', async () => (await shownOn(elsewhere)).length === 1);
		const title = fbe.remind.noteTitle(groupMeterNumber(COTTAGE));
		expect(await shownOn(elsewhere)).toEqual([
			{ title, body: fbe.remind.noteBody, tag: next.id, lang: 'en' },
		]);
		await eventually('the next month’s is with the backend', () => withBackend().length === 1);
		expect(withBackend()).toEqual([next]);
		await eventually('and the phone knows that it is', async () => {
			const row = await readRow<Reminder>(elsewhere, 'reminders', next.id);
			return row?.handedIn?.dueAtMs === next.due_at_ms && row.notifiedAtMs === null;
		});
		expect(phone.errors).toEqual([]);
	});
});
