/** A till's journal by HTTP, as the till signs it: a large request, one that is sent again, and what the office sees. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalBatchAnswer, TillAlarmList } from '#lib/core/sync/wire-till.ts';
import { staff, type Sign } from '../harness/callers.ts';
import { openCounter, type Counter } from '../harness/counter.ts';
import { inShort, JournalTill } from '../harness/journal-till.ts';
import { ORIGIN, send } from '../harness/rim.ts';
import { KITCHEN, openShop, type Shop } from '../harness/shop.ts';
import { enrolledTill, type Till } from '../harness/till.ts';

let shop: Shop;
let counter: Counter;
let till: JournalTill;
let signing: Till;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
	till = await new JournalTill(shop, counter).enrol();
	const { vendorId, terminalId } = counter.caller;
	signing = await enrolledTill(shop.backend, terminalId, { id: vendorId });
});
afterEach(() => shop.dispose());

const BATCHES = `${ORIGIN}/api/v1/journal-batches`;
const post = async (body: unknown, options = {}) =>
	await send(shop.backend, signing.request('POST', BATCHES, body, options));
const office = async (sign: Sign, method: string, path: string, body?: unknown) => {
	const url = `${ORIGIN}${path}`;
	const text = body === undefined ? '' : JSON.stringify(body);
	const headers = { 'content-type': 'application/json', ...sign(method, url, text) };
	return await send(
		shop.backend,
		new Request(url, { method, headers, ...(text !== '' && { body: text }) }),
	);
};
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('a journal by HTTP', () => {
	it('may be far larger than other requests, and is refused above its own limit', async () => {
		const sealed = 'x'.repeat(8_192);
		const entries = Array.from({ length: 200 }, () =>
			till.write('sale', { batchId: till.shiftId, sealed }),
		);
		const response = await post({ rows: entries.map((entry) => ({ what: 'entry', entry })) });
		expect(response.status).toBe(200);
		const { rows } = (await response.json()) as JournalBatchAnswer;
		expect(new Set(rows.map(inShort))).toEqual(new Set(['refused sale-unreadable']));
		expect(rows).toHaveLength(200);
		const more = [...entries, ...entries].map((entry) => ({ what: 'entry', entry }));
		expect(await codeOf(await post({ rows: more }))).toBe('body-too-large');
		const many = Array.from({ length: 201 }, () => ({ what: 'entry', entry: null }));
		expect(await codeOf(await post({ rows: many }))).toBe('body-shape');
	});

	it('is handed in by no request that was taken before', async () => {
		const body = { rows: [{ what: 'entry', entry: await till.sale(KITCHEN, 50_000) }] };
		const nonce = 'a-nonce-of-the-test-000';
		expect((await post(body, { nonce })).status).toBe(200);
		expect(await codeOf(await post(body, { nonce }))).toBe('signature-repeated');
		const { rows } = (await (await post(body)).json()) as JournalBatchAnswer;
		expect(rows.map(inShort)).toEqual(['issued']);
	});

	it('that was refused is the office’s to see, and to import', async () => {
		const place = { utilityId: 'lakeside', vendorId: counter.caller.vendorId };
		const manager = await staff(shop.backend, ['office-manager'], place);
		const refused = await till.provisional(KITCHEN, 50_000);
		await post({ rows: [{ what: 'entry', entry: refused }] });
		const seen = await office(manager, 'GET', '/api/v1/till-alarms');
		expect(((await seen.json()) as TillAlarmList).alarms).toMatchObject([
			{ kind: 'caps-broken', entryId: refused.id, facts: { code: 'offline-not-allowed' } },
		]);
		const next = await till.sale(KITCHEN, 60_000);
		const imported = await office(manager, 'POST', '/api/v1/journal-imports', {
			deviceId: till.deviceId,
			rows: [{ what: 'entry', entry: next }],
		});
		expect(await imported.json()).toMatchObject({
			rows: [{ taken: true, outcome: { state: 'issued', sealed: null } }],
			journal: till.head,
		});
	});

	it('has its alarms a page at a time', async () => {
		const place = { utilityId: 'lakeside', vendorId: counter.caller.vendorId };
		const auditor = await staff(shop.backend, ['auditor'], place);
		const entries = [];
		for (let at = 0; at < 51; at += 1) entries.push(await till.provisional(KITCHEN, 50_000));
		await till.handIn(entries);
		const page = async (query: string) =>
			(await (await office(auditor, 'GET', `/api/v1/till-alarms${query}`)).json()) as TillAlarmList;
		const first = await page('');
		expect(first.alarms).toHaveLength(50);
		const second = await page(`?before=${first.next}`);
		expect(second).toMatchObject({ next: null });
		const ids = [...first.alarms, ...second.alarms].map(({ entryId }) => entryId);
		expect(new Set(ids)).toEqual(new Set(entries.map(({ id }) => id)));
	});
});
