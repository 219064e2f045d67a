/** What runs inside the bench's page: a till's store with many past sales, and how long it takes to find some. */
import { CompactEncrypt, importJWK } from 'jose';
import { v7 as uuidV7 } from 'uuid';
import { latestSales, salesOfMeter } from '#lib/browser/store/agent-sales.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import {
	AGENT_ROW_SCHEMA,
	type TillProgressRow,
	type TillSaleRow,
} from '#lib/browser/store/agent-rows.ts';
import { openRows, salePlace } from '#lib/browser/sync/till-sales.ts';
import { readGlance } from '#lib/browser/sync/till-standing.ts';
import { ensureDeviceKeys, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { SALE_SEAL } from '#lib/core/sync/till-journal.ts';
import { startProgress } from '#lib/core/sync/till-outbox.ts';
import { benchDrn } from './bench-meters.ts';
import { benchAnswer, benchWaterfall, BENCH_AMOUNT_MINOR } from './bench-receipt.ts';
import { openBenchAgent, type BenchAgent } from './bench-agent.ts';

/** Sales of each meter. */
const EACH = 20;
/** Answers that are really sealed: each stands for many. */
const ANSWERS = 100;
const AT_ONCE = 1_000;
/** Those that wait while the network is gone. */
const QUEUED = 50;
/** What the screen asks for: a page of it, and whether there is more. */
const PAGE = 31;
const FIRST_SERIAL = 40_000_000;
/** Far apart in the index, the same every time. */
const STRIDE = 7_919;
const FIRST_MS = Date.UTC(2024, 0, 1);
const BETWEEN_MS = 600_000;
const SHIFT = uuidV7();
const KEPT = { installed: true, persistent: true, usedOctets: null, quotaOctets: null };

const store = new AgentStore();
let agent: BenchAgent;
let tillKeys: DeviceKeys;
let meters = 1;

async function fill(sales: number): Promise<void> {
	meters = Math.max(1, Math.ceil(sales / EACH));
	agent = await openBenchAgent(store, uuidV7());
	tillKeys = await ensureDeviceKeys(store, { owner: 'till', name: 'till' }, uuidV7, Date.now());
	const answers = await Promise.all(Array.from({ length: ANSWERS }, (_, at) => sealedAnswer(at)));
	const tags = await Promise.all(
		Array.from({ length: meters }, (_, at) => tagOf(benchDrn(FIRST_SERIAL + at))),
	);
	for (let done = 0; done < sales; done += AT_ONCE) {
		const numbers = Array.from({ length: Math.min(AT_ONCE, sales - done) }, (_, at) => done + at);
		const rows = await Promise.all(
			numbers.map((number) =>
				saleRow(number, tags[number % meters] ?? '', answers[number % ANSWERS] ?? '', sales),
			),
		);
		await store.sales.bulkAdd(rows);
		await store.progress.bulkAdd(rows.map(({ id }, at) => progressRow(id, done + at, sales)));
	}
}

async function tagOf(drn: string): Promise<string> {
	const tag = await agent.operatorKeys.tag(drn);
	if (tag === undefined) throw new Error('the vault is open');
	return tag;
}

const isQueued = (number: number, sales: number): boolean => number >= sales - QUEUED;

async function saleRow(
	number: number,
	drnTag: string,
	answer: string,
	sales: number,
): Promise<TillSaleRow> {
	const id = uuidV7();
	const queued = isQueued(number, sales);
	const details = {
		...{ drn: benchDrn(FIRST_SERIAL + (number % meters)), ownerMasked: 'W***** M****' },
		...{
			area: 'Harbour Road',
			tenderedMinor: BENCH_AMOUNT_MINOR,
			waterfall: benchWaterfall(FIRST_MS),
			priced: 'backend',
		},
		...{ claimCode: '0123456789', notifyPhone: null, replaces: null },
	};
	const sealed = await agent.operatorKeys.seal(salePlace(id), details);
	if (!sealed) throw new Error('the vault is open');
	return {
		...{ id, schema: AGENT_ROW_SCHEMA, operatorId: agent.operator.operatorId, drnTag },
		...{ atMs: FIRST_MS + number * BETWEEN_MS, shiftId: SHIFT, amountMinor: BENCH_AMOUNT_MINOR },
		...{ method: 'cash', energyDeciKwh: 250, code: null, sealed, printed: 1 },
		...(queued
			? { promise: 'provisional', state: 'provisional', answer: null }
			: { promise: 'token', state: 'issued', answer, energyHeard: true as const }),
	};
}

function progressRow(id: string, number: number, sales: number): TillProgressRow {
	const begun = { ...startProgress(number + 1, FIRST_MS), deviceId: tillKeys.id, id };
	if (isQueued(number, sales)) return begun;
	return { ...begun, state: 'done', outcome: { state: 'issued', code: null } };
}

async function sealedAnswer(at: number): Promise<string> {
	const text = JSON.stringify(benchAnswer(uuidV7(), benchDrn(FIRST_SERIAL), at, FIRST_MS));
	return await new CompactEncrypt(new TextEncoder().encode(text))
		.setProtectedHeader({ ...SALE_SEAL })
		.encrypt(await importJWK({ ...agent.operator.inbox }, SALE_SEAL.alg));
}

async function look(asks: number) {
	const parts = { store, operatorKeys: agent.operatorKeys, tillKeys };
	const drnOf = (at: number) => benchDrn(FIRST_SERIAL + ((at * STRIDE) % meters));
	const found = async (drn: string, least: number) => {
		const sales = await openRows(parts, await salesOfMeter(store, await tagOf(drn), PAGE));
		const opened = sales.filter(({ details, row, answer }) => details && (answer || !row.answer));
		if (sales.length < least || opened.length !== sales.length)
			throw new Error(`${opened.length} of ${sales.length} sales opened`);
	};
	return {
		'search by meter': await times(asks, (at) => found(drnOf(at), 1)),
		'search, nothing there': await times(asks, (at) => found(benchDrn(FIRST_SERIAL - 1 - at), 0)),
		'first page of sales': await times(asks, async () =>
			openRows(parts, await latestSales(store, PAGE)),
		),
		glance: await times(asks, () => readGlance(store, KEPT, null)),
	};
}

const WARM_UP = 3;

async function times(asks: number, once: (at: number) => Promise<unknown>): Promise<number[]> {
	const tookMs: number[] = [];
	for (let at = 0; at < asks + WARM_UP; at += 1) {
		const started = performance.now();
		await once(at);
		if (at >= WARM_UP) tookMs.push(performance.now() - started);
	}
	return tookMs;
}

const pastSales = { fill, look };
export type PastSales = typeof pastSales;
Object.assign(globalThis, { pastSales });
