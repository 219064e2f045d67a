/**
 * The service worker goes on when every page is closed, and when it is killed itself: it is woken by the
 * browser's background sync, here by the same message that the browser sends when the network returns.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CDPSession, Page } from 'playwright-core';
import { agentEn } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { AGENT_DATABASE } from '#lib/browser/store/agent-presence.ts';
import { SYNC_TAG, TILL_SYNC_TAG } from '#lib/browser/sync/sync-tag.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { Backend } from '../harness/backend.ts';
import {
	enrol,
	fillFloat,
	officeMakesCode,
	openAgent,
	openShift,
	sell,
	setTerms,
	signInOperator,
	tryNow,
	unlockTill,
} from './harness/agent.ts';
import { readBooks } from './harness/books.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { askFor, tokenShown } from './harness/consumer.ts';
import { HOUSE_EA11, KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate } from './harness/gate.ts';
import { OfficeDesk } from './harness/office-desk.ts';
import { approve } from './harness/payer.ts';
import { workerControl } from './harness/push.ts';
import { goTo, readDevice } from './harness/till-device.ts';
import { readServer } from './harness/till-server.ts';

let gate: Gate;
let backend: Backend;
let phone: Phone;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	phone = await Phone.start();
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
});

/** The browser's own view of our service worker, from a page that is not the app's. */
async function wakeable(): Promise<{
	session: CDPSession;
	elsewhere: Page;
	wake: (tag: string) => Promise<unknown>;
}> {
	const elsewhere = await phone.tab();
	await elsewhere.goto(`${gate.origin}/healthz`);
	const { session, registrationId } = await workerControl(phone, elsewhere);
	const { origin } = gate;
	const wake = (tag: string) =>
		session.send('ServiceWorker.dispatchSyncEvent', {
			...{ origin, registrationId, tag, lastChance: false },
		});
	return { session, elsewhere, wake };
}

// What does not come here is lost, not late.
describe('the service worker', { retry: 0 }, () => {
	it('hands in what was asked for offline, with every page closed, although it is killed in between', async () => {
		gate.backendPort = backend.port;
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);

		// Online once, so that the sale can be priced and agreed to without the backend.
		await page.goto(`${gate.origin}/meter/${HOUSE_EA11}`);
		await page.getByRole('textbox', { name: /amount/i }).waitFor();

		const { session, elsewhere, wake } = await wakeable();
		gate.backendPort = undefined;
		const id = await askFor(page, gate.origin, HOUSE_EA11, '300');
		await page.getByRole('heading', { name: en.purchase.stories.queuedOffline.title }).waitFor();
		await page.close();

		let putVends = 0;
		gate.onAnswer = async ({ method, path }) => {
			if (method !== 'PUT' || !path.startsWith('/api/v1/vends/')) return 'pass';
			putVends += 1;
			if (putVends > 1) return 'pass';
			await session.send('ServiceWorker.stopAllWorkers');
			return 'lose';
		};
		gate.backendPort = backend.port;
		await eventually('the backend has the sale and its payment', async () => {
			await wake(SYNC_TAG);
			return readBooks(backend.home, id).paymentId !== null;
		});
		expect(putVends).toBeGreaterThan(1);

		await approve(gate.origin, readBooks(backend.home, id).paymentId ?? '');
		const again = await phone.tab();
		await again.goto(`${gate.origin}/purchases/${id}`);
		const digits = await tokenShown(again);
		expect(readBooks(backend.home, id)).toMatchObject({
			vends: 1,
			tokens: [digits],
			booked: 1,
			ledgerSum: 0,
		});
		await again.close();
		await elsewhere.close();
	});

	it('hands in what a till sold without the network, with every page closed and no PIN', async () => {
		gate.watchNothing();
		gate.backendPort = backend.port;
		await setTerms(gate);
		await fillFloat(gate, 1_000_000);
		const page = await phone.tab();
		await openAgent(page, gate);
		await enrol(page, await officeMakesCode(gate));
		await signInOperator(page);
		await openShift(page);
		const { elsewhere, wake } = await wakeable();

		gate.backendPort = undefined;
		await tryNow(page);
		const offline = page.getByTestId('glance').getByText(agentEn.agent.glance.states.offline);
		await offline.first().waitFor();
		expect((await sell(page, { drn: KITCHEN, amount: '300' })).kind).toBe('provisional');
		await page.close();

		const journals: string[] = [];
		gate.onRequest = ({ method, path }) => {
			if (path === '/api/v1/journal-batches') journals.push(method);
			return 'pass';
		};
		gate.backendPort = backend.port;
		const till = { terminalId: DEMO_NEW_TILL.id, vendorId: DEMO_NEW_TILL.vendorId };
		const issued = () =>
			readServer(backend.home, till).vends.filter(({ state }) => state === 'issued');
		await eventually('the backend has sold it', async () => {
			// Refused while something is under way: it is tried again, as the browser would.
			await wake(TILL_SYNC_TAG).catch(() => undefined);
			return issued().length > 0;
		});
		expect(journals.length).toBeGreaterThan(0);

		const again = await phone.tab();
		await again.goto(`${gate.origin}/agent`);
		await unlockTill(again);
		// The backend had sold it before the service worker heard so.
		await expect
			.poll(async () => (await readDevice(again)).sales)
			.toMatchObject([{ state: 'issued', amountMinor: 30_000 }]);
		const { sales } = await readDevice(again);
		await goTo(again, `/agent/sales/${sales[0]?.id}`);
		const shown = (await again.getByTestId('token-digits').innerText()).replace(/\D/g, '');
		expect(readServer(backend.home, till).vends).toMatchObject([
			{ id: sales[0]?.id, drn: KITCHEN, tokens: [shown], booked: 1 },
		]);
		await again.close();

		const office = await OfficeDesk.of(gate.origin, 'manager');
		await office.send('POST', `terminals/${DEMO_NEW_TILL.id}/revocations`, {});
		await eventually('nothing that opens anything is here any more', async () => {
			await wake(TILL_SYNC_TAG).catch(() => undefined);
			const rows = await rowsIn(elsewhere, ['vaults', 'sealed', 'operators', 'reserve']);
			return rows.every((count) => count === 0);
		});
		expect(await rowsIn(elsewhere, ['customers', 'packs', 'sales'])).toEqual([0, 0, 1]);
	});
});

/** How many rows are in tables of the till's database, read by a page that is not the app's. */
async function rowsIn(page: Page, tables: readonly string[]): Promise<number[]> {
	return await page.evaluate(
		async ({ name, wanted }) => {
			const database = await new Promise<IDBDatabase>((resolve) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
			});
			const counts = wanted.map(
				(table) =>
					new Promise<number>((resolve) => {
						const counting = database.transaction(table).objectStore(table).count();
						counting.onsuccess = () => resolve(counting.result);
					}),
			);
			const found = await Promise.all(counts);
			database.close();
			return found;
		},
		{ name: AGENT_DATABASE, wanted: [...tables] },
	);
}
