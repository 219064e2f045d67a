import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_TIME_MS, requestVends } from '#lib/server/vend/vend-batch.ts';
import { DEFAULT_ACCESS } from '#lib/server/access/settings.ts';
import { withCheckDigit } from '#lib/server/seed/demo-meter.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, floatSaleOf, openCounter, sell, type Counter } from '../harness/counter.ts';
import { KITCHEN, newId, openShop, STEPS, WORKSHOP, type Shop } from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const sale = (drn: string, amountMinor = 50_000) => ({
	id: newId(),
	request: floatSaleOf(counter, drn, amountMinor),
});
const batch = async (rows: unknown[], elapsedMs = () => 0) =>
	(await requestVends(shop.backend, counter.caller, { rows }, elapsedMs)).rows;
const codes = async (rows: unknown[]) =>
	(await batch(rows)).map(({ status, answer, problem }) => [
		status,
		answer?.state ?? problem?.code,
	]);

describe('a till’s outbox', () => {
	it('is sold row by row, in order, and sold once however often it comes', async () => {
		const rows = [sale(KITCHEN), sale(WORKSHOP), sale(KITCHEN, 60_000)];
		const first = await batch(rows);
		expect(first.map(({ id, status }) => [id, status])).toEqual(rows.map(({ id }) => [id, 200]));
		expect(
			first.map(({ answer }) => answer?.state === 'issued' && answer.receipt.receiptNumber),
		).toEqual(['T-101-000001', 'T-101-000002', 'T-101-000003']);
		expect(await batch(rows)).toEqual(first);
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000 - 160_000);
	});

	it('answers as each row would have been answered by itself', async () => {
		const { id, answer } = await sell(shop.backend, counter, KITCHEN, 50_000);
		const request = floatSaleOf(counter, KITCHEN, 50_000);
		expect(await batch([{ id, request }])).toEqual([{ id, status: 200, answer }]);
	});

	it('sells the good rows among bad ones', async () => {
		const good = [sale(KITCHEN), sale(WORKSHOP), sale(STEPS)];
		const bad: unknown[] = [
			null,
			'text',
			[],
			{},
			{ id: 'x', request: good[0]?.request },
			{ id: newId() },
			{ id: newId(), request: { ...good[0]?.request, drn: 7 } },
			{ id: newId(), request: { ...good[0]?.request, drn: '\ud800' } },
			{ id: newId(), request: good[0]?.request, more: 1 },
			{ id: newId(), request: { ...good[0]?.request, drn: '00000000019' } },
			{ id: good[0]?.id, request: { ...good[0]?.request, amountMinor: 60_000 } },
		];
		expect(await codes([good[0], ...bad.slice(0, 6), good[1], ...bad.slice(6), good[2]])).toEqual([
			[200, 'issued'],
			...[0, 1, 2, 3, 4].map(() => [400, 'id-not-uuid']),
			[422, 'body-shape'],
			[200, 'issued'],
			...[0, 1, 2].map(() => [422, 'body-shape']),
			[422, 'meter-check-digit'],
			[409, 'id-reused'],
			[200, 'issued'],
		]);
		expect(await floatOf(shop.backend, counter)).toBe(850_000);
	});

	it('is no cheap way to try meter numbers', async () => {
		const numbers = Array.from({ length: 40 }, (_, at) =>
			withCheckDigit(`99${String(at).padStart(8, '0')}`),
		);
		const backend = { ...shop.backend, access: DEFAULT_ACCESS };
		const rows = numbers.map((drn) => sale(drn));
		const { rows: answers } = await requestVends(backend, counter.caller, { rows }, () => 0);
		expect(answers[0]?.problem?.code).toBe('meter-unknown');
		expect(answers.at(-1)?.problem?.code).toBe('too-many-requests');
	});

	it('goes on after a row that fails for a reason of ours', async () => {
		const { database } = shop.backend;
		let fails = true;
		const backend = {
			...shop.backend,
			get database() {
				if (!fails) return database;
				fails = false;
				throw new Error('as told');
			},
		};
		const rows = [sale(KITCHEN), sale(WORKSHOP)];
		const answered = await requestVends(backend, counter.caller, { rows }, () => 0);
		expect(answered.rows.map(({ status }) => status)).toEqual([500, 200]);
	});

	it('leaves rows for later that it has no time for, and does nothing of them', async () => {
		const rows = [sale(KITCHEN), sale(WORKSHOP), sale(STEPS)];
		let looks = 0;
		const answered = await batch(rows, () => (looks++ === 0 ? 0 : BATCH_TIME_MS));
		expect(answered.map(({ problem }) => problem?.code)).toEqual([
			undefined,
			'batch-not-reached',
			'batch-not-reached',
		]);
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
		expect((await batch(rows)).map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	it('with a security module that is silent is accepted, and finished later', async () => {
		shop.module.behaviour = 'hangs';
		expect(await codes([sale(KITCHEN), sale(WORKSHOP)])).toEqual([
			[202, 'issuing'],
			[202, 'issuing'],
		]);
	});
});
