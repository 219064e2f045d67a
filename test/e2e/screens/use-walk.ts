/** How a meter's electricity goes: nothing known, one purchase, and months of them with all that follows. */
import type { Page } from 'playwright-core';
import type { KnownMeter } from '#lib/browser/store/store.ts';
import { newId } from '../../server/harness/shop.ts';
import { HOUSE_EA07, KITCHEN, WORKSHOP } from '../harness/estate.ts';
import { purchaseRows, readRow, type StoredRow, writeRows } from '../harness/stored-rows.ts';
import { see, type Walk } from './walk.ts';

const ROUTE = '/meter/[drn]/use';
const DAY_MS = 86_400_000;
const NOW = new Date();
/** Noon of the last day of the month before: advice on when to buy is given at a month's end. */
const MONTH_END_MS = Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth(), 0, 12);

/** Needs that the meter with the history was looked up on this phone. */
export async function walkUse(walk: Walk): Promise<void> {
	const { page, origin } = walk;
	await page.goto(`${origin}/meter/${WORKSHOP}/use`);
	await page.locator('[data-missing=nothing-known]').waitFor();
	await see(walk, ROUTE, 'nothing known');
	await page.goto(`${origin}/meter/${KITCHEN}/use`);
	await page.locator('[data-missing]:not([data-missing=nothing-known])').waitFor();
	await see(walk, ROUTE, 'bought once');

	await writeRows(page, await history(walk));
	const then = await tabAt(walk, MONTH_END_MS);
	await then.goto(`${origin}/meter/${HOUSE_EA07}/use`);
	await then.locator('[data-advice=wait]').waitFor();
	await then.getByTestId('last-reading').waitFor();
	await then.locator('[data-remind="3"][aria-pressed=true]').waitFor();
	await then.getByText(walk.words.use.months.table).click();
	await see(walk, ROUTE, 'months of it', then);
	await then.close();
}

/** A tab whose clock stands still, and the backend's with it; the browser's own for tests is one for all tabs. */
async function tabAt({ phone }: Walk, atMs: number): Promise<Page> {
	const tab = await phone.tab();
	await tab.addInitScript((ms) => {
		if (!location.protocol.startsWith('http')) return;
		const date = new Date(ms).toUTCString();
		localStorage.setItem('tokenline-heard-time', JSON.stringify({ serviceMs: ms, deviceMs: ms }));
		const ask = globalThis.fetch;
		globalThis.fetch = async (...of) => {
			const answer = await ask(...of);
			if (of[0] !== '/healthz') return answer;
			const headers = new Headers(answer.headers);
			headers.set('date', date);
			return new Response(answer.body, { status: answer.status, headers });
		};
		globalThis.Date = class extends Date {
			constructor(...of: unknown[]) {
				super(...((of.length === 0 ? [ms] : of) as [number]));
			}
			static override now(): number {
				return ms;
			}
		} as DateConstructor;
	}, atMs);
	return tab;
}

/**
 * Months of purchases, an account in the dear step of its tariff, a reading, and a reminder that is to come: two
 * kWh a day, so that the same money buys more from the cheap step of the month to come.
 */
async function history({ page }: Walk): Promise<StoredRow[]> {
	const meter = await readRow<KnownMeter>(page, 'meters', HOUSE_EA07);
	if (!meter) throw new Error('the meter was never looked up here');
	const account = { ...meter.confirmation.account, boughtDeciKwh: 2_000, fixedChargeDue: false };
	const month = new Date(MONTH_END_MS).toISOString().slice(0, 7);
	const confirmation = {
		...meter.confirmation,
		...{ asOfMs: MONTH_END_MS, account: { ...account, month } },
	};
	const bought = [130, 100, 70, 40, 10].flatMap((daysAgo, at) =>
		purchaseRows({
			...{ drn: HOUSE_EA07, atMs: MONTH_END_MS - daysAgo * DAY_MS },
			...{ kWh: 52 + 4 * at, paidMinor: 60_000 },
		}),
	);
	const reminder = {
		...{ id: REMINDER, kind: 'low-credit', drn: HOUSE_EA07, rule: { by: 'days-left', days: 3 } },
		...{ dueAtMs: MONTH_END_MS + 9 * DAY_MS, said: { title: '', body: '' } },
		...{ path: `/meter/${HOUSE_EA07}`, handedIn: null, notifiedAtMs: null, seenAtMs: null },
		...{ off: false, createdAtMs: MONTH_END_MS },
	};
	const reading = { id: READING, drn: HOUSE_EA07, atMs: MONTH_END_MS, creditWh: 12_400 };
	return [
		{ table: 'meters', over: HOUSE_EA07, row: { confirmation, fetchedAtMs: MONTH_END_MS } },
		...bought,
		{ table: 'readings', row: reading },
		{ table: 'reminders', row: reminder },
	];
}
/** The same in every language. */
const [REMINDER, READING] = [newId(), newId()];
