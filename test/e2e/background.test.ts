/**
 * The service worker goes on when every page is closed, and when it is killed itself: it is woken by the
 * browser's background sync, here by the same message that the browser sends when the network returns.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CDPSession } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { readBooks } from './harness/books.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { askFor, tokenShown } from './harness/consumer.ts';
import { HOUSE_EA11 } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate } from './harness/gate.ts';
import { approve } from './harness/payer.ts';

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

/** The browser's own view of our service worker, from a page that is not ours. */
async function workerControl(): Promise<{ session: CDPSession; registrationId: string }> {
	const elsewhere = await phone.tab();
	await elsewhere.goto(`${gate.origin}/healthz`);
	const session = await phone.context.newCDPSession(elsewhere);
	const found = new Promise<string>((resolve) => {
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(gate.origin));
			if (ours) resolve(ours.registrationId);
		});
	});
	await session.send('ServiceWorker.enable');
	return { session, registrationId: await found };
}

describe('the service worker', () => {
	it('hands in what was asked for offline, with every page closed, although it is killed in between', async () => {
		gate.backendPort = backend.port;
		const page = await phone.tab();
		await page.goto(gate.origin);
		await untilInstalled(page);

		// Online once, so that the sale can be priced and agreed to without the backend.
		await page.goto(`${gate.origin}/meter/${HOUSE_EA11}`);
		await page.getByRole('textbox', { name: /amount/i }).waitFor();

		const { session, registrationId } = await workerControl();
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
		const wake = () =>
			session.send('ServiceWorker.dispatchSyncEvent', {
				origin: gate.origin,
				registrationId,
				tag: 'tokenline-outbox',
				lastChance: false,
			});
		await eventually('the backend has the sale and its payment', async () => {
			await wake();
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
	});
});
