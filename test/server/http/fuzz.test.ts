/**
 * Every endpoint, asked for with every field of its schema spoilt by somebody who may ask: a problem of the
 * 4xx kind as the API describes it, nothing half written, the books sound. On both databases.
 */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS, type OperationName } from '#lib/server/http/operations.ts';
import type { OperationRow } from '#lib/server/http/operations/row.ts';
import { everybody, type Sign } from '../harness/callers.ts';
import { notAsDescribed } from '../harness/described.ts';
import { shotsAt, thoseWhoMay, type Shot } from '../harness/fuzz-walk.ts';
import { PASSWORD } from '../harness/people.ts';
import { ORIGIN, send } from '../harness/rim.ts';
import { placesOf, rightValue, type Meanings } from '../harness/schema-values.ts';
import { whatIsWrong } from '../harness/books.ts';
import { KITCHEN, newId, openShop, STEPS, WORKSHOP, type Shop } from '../harness/shop.ts';
import { fillLakeside, LAKESIDE } from '../harness/two-utilities.ts';

/** More for more places to spoil; fewer where each request makes a password's hash. */
const RUNS: Partial<Record<OperationName, number>> = { signIn: 40, setPassword: 40 };
const runsOf = (name: OperationName): number => {
	const { body, query }: OperationRow = OPERATIONS[name];
	const places = [body, query].map((one) => (one ? placesOf(rightValue(one, meanings)) : 0));
	return RUNS[name] ?? Math.min(60 + 20 * Math.max(...places), 400);
};

let shop: Shop;
let meanings: Meanings;
let till: Sign;

beforeAll(async () => {
	shop = await openShop();
	const { ids, operatorId } = await fillLakeside(shop);
	till = (await everybody(shop.backend, { ...LAKESIDE, terminalId: 'L-002' })).terminal;
	const drn = [KITCHEN, WORKSHOP, STEPS, '04111111110', '00000000019'];
	const day = '2026-11-01';
	meanings = {
		...{ drn, vendorId: [LAKESIDE.vendorId], terminalId: ['L-001'], operatorId: [operatorId] },
		...{ vendId: ids, paymentId: ids, batchId: ids, challengeId: ids, currency: ['KES', 'EUR'] },
		...{ device: ids, deviceId: ids, job: ids, jobId: ids, vend: ids },
		...{ login: ['wanjiru', 'nobody'], password: [PASSWORD, 'wrong'], phone: [LAKESIDE.phone] },
		...{ amountMinor: [50_000, 1, 5_000_001], tariffId: ['domestic-flat'], date: [day] },
		...{ sgc: ['400284', '999001'], nextSgc: ['400171', '123456'], krn: [1, 3] },
		...{ '{id}': ids, '{drn}': drn, '{terminal}': ['L-001', 'T-003'] },
		...{ '{vendor}': [LAKESIDE.vendorId, 'new-vendor'], '{credentialId}': ['bGFrZXNpZGU'] },
		...{ '{provider}': ['sandbox', 'sandbox-sms'], '{reference}': ids, '{date}': [day] },
	};
});
afterAll(() => shop.dispose());

/** The ids of what a path is about, and new ones. */
async function idsAt(path: string): Promise<string[]> {
	const [, things = ''] = /^\/api\/v1\/([a-z-]+)s\/\{id\}/.exec(path) ?? [];
	const table = things.replaceAll('-', '_').replace(/^batche$/, 'batch');
	if (!(table in (await counts()))) return [newId(), newId()];
	const read = sql<{ id: string }>`select id from ${sql.table(table)} limit 20`;
	const { rows } = await read.execute(shop.backend.database);
	return [...rows.map(({ id }) => id), newId(), newId(), newId()];
}

/** Rows of each table: what a request could leave behind. */
async function counts(): Promise<Record<string, number>> {
	tables ??= (await shop.backend.database.introspection.getTables()).map(({ name }) => name);
	const one = tables.map((name) => `select '${name}' as name, count(*) as n from ${name}`);
	const read = sql.raw<{ name: string; n: number }>(one.join(' union all '));
	const { rows } = await read.execute(shop.backend.database);
	return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
}
let tables: string[] | undefined;

/** What is written down of somebody who was refused: that they tried, and how often. */
const OF_ATTEMPTS = [
	...['sign_in_attempt', 'audit_event', 'audit_queue'],
	...['rate_bucket', 'signature_nonce'],
];
const withoutAttempts = (all: Record<string, number>) =>
	Object.fromEntries(Object.entries(all).filter(([name]) => !OF_ATTEMPTS.includes(name)));

async function fire({ method, path, text }: Shot, sign: Sign): Promise<number> {
	const url = `${ORIGIN}${path}`;
	const hasBody = method !== 'GET' && text !== '';
	const request = new Request(url, {
		method,
		headers: sign(method, new URL(url).href, hasBody ? text : ''),
		...(hasBody && { body: text }),
	});
	const response = await send(shop.backend, request);
	const type = response.headers.get('content-type');
	const answer = await response.text();
	const json: unknown = type?.includes('json') ? JSON.parse(answer) : undefined;
	const { status } = response;
	expect(status, answer).toBeLessThan(500);
	expect(notAsDescribed(method, url.slice(ORIGIN.length), { status, type, json })).toBeUndefined();
	if (status >= 400 && path.startsWith('/api/')) expect(type).toBe('application/problem+json');
	return status;
}

describe('anything at all', () => {
	const names = Object.keys(OPERATIONS) as OperationName[];

	it.each(names)('sent to %s is refused, or was right', async (name) => {
		const row: OperationRow = OPERATIONS[name];
		const seen = new Set<number>();
		await fc.assert(
			fc.asyncProperty(
				shotsAt(row, { ...meanings, '{id}': await idsAt(row.path) }),
				async (shot) => {
					// Anew each time: whoever signs out is nobody from then on.
					const may = await thoseWhoMay(shop.backend, row, till);
					const before = withoutAttempts(await counts());
					const status = await fire(shot, may[shot.by % may.length] as Sign);
					seen.add(status);
					if (status >= 400) expect(withoutAttempts(await counts())).toEqual(before);
				},
			),
			{ numRuns: runsOf(name) },
		);
		expect([...seen].filter((status) => status !== 401 && status !== 403)).not.toEqual([]);
		expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	});
});
