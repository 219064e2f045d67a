/** Whatever is sent to an endpoint, it answers with a problem of the 4xx kind and leaves no half a row. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backend } from '../harness/backend.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { systemClock } from '#lib/server/clock.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { OPERATIONS } from '#lib/server/http/operations.ts';
import type { OperationRow } from '#lib/server/http/operations/row.ts';
import { everybody, type Sign } from '../server/harness/callers.ts';
import { shotsAt, thoseWhoMay } from '../server/harness/fuzz-walk.ts';
import { ask, problemIn, type Answer } from '../server/harness/http-shop.ts';
import { LAKESIDE } from '../server/harness/two-utilities.ts';
import { KITCHEN, newId, saleOf } from '../server/harness/shop.ts';

let backend: Backend;
let books: DatabaseSync;

beforeAll(async () => {
	await ensureBuild();
	backend = await Backend.prepared();
	books = new DatabaseSync(join(backend.home, 'tokenline.db'), { readOnly: true });
}, 180_000);
afterAll(async () => {
	books.close();
	await backend.dispose();
});

const stored = () =>
	['vend', 'payment', 'payment_event', 'sandbox_charge'].map(
		(table) => books.prepare(`select count(*) as n from ${table}`).get()?.n,
	);

/** Values that are almost right, and values that are anything. */
const odd = fc.oneof(
	fc.constantFrom<unknown>(null, '', 0, -1, 0.5, 1e300, Number.MAX_SAFE_INTEGER, 'KES', [], {}),
	fc.constantFrom(
		KITCHEN,
		'00000000019',
		'\u0000',
		'’; drop table vend --',
		'١٢٣',
		'é'.repeat(2_000),
	),
	fc.jsonValue(),
);

/** A right request with some of its members spoilt, one taken away, or one too many. */
function spoilt(right: object): fc.Arbitrary<unknown> {
	const members = Object.keys(right);
	return fc.oneof(
		fc
			.record({ member: fc.constantFrom(...members), value: odd })
			.map(({ member, value }) => ({ ...right, [member]: value })),
		fc
			.constantFrom(...members)
			.map((gone) => Object.fromEntries(Object.entries(right).filter(([name]) => name !== gone))),
		fc
			.record({ name: fc.string(), value: odd })
			.map(({ name, value }) => ({ ...right, [name]: value })),
		fc.jsonValue(),
	);
}

function mustBeRefused(answer: Answer): void {
	const problem = problemIn(answer);
	expect(problem.status).toBeGreaterThanOrEqual(400);
	expect(problem.status).toBeLessThan(500);
}

const { request } = saleOf(KITCHEN, 50_000);
const trial = { drn: KITCHEN, amountMinor: 50_000, currency: 'KES' };
const payment = { vendId: newId(), amountMinor: 50_000, currency: 'KES', method: 'sandbox' };

describe('anything at all', () => {
	it.each([
		['PUT', '/api/v1/payments/', payment],
		['POST', '/api/v1/webhooks/sandbox', { eventId: 'x', reference: newId() }],
	])(
		'sent to %s %s is refused',
		async (method, path, right) => {
			const before = stored();
			await fc.assert(
				fc.asyncProperty(spoilt(right), async (body) => {
					const address = path.endsWith('/') ? `${path}${newId()}` : path;
					mustBeRefused(await ask(backend.origin, method, address, JSON.stringify(body)));
				}),
				{ numRuns: 150 },
			);
			expect(stored()).toEqual(before);
		},
		120_000,
	);

	it.each([
		['PUT', '/api/v1/vends/', request, 202],
		['POST', '/api/v1/trial-vends', trial, 200],
	])(
		'sent to %s %s is refused, or was right',
		async (method, path, right, status) => {
			let taken = 0;
			const before = Number(stored()[0]);
			await fc.assert(
				fc.asyncProperty(spoilt(right), async (body) => {
					const address = path.endsWith('/') ? `${path}${newId()}` : path;
					const answer = await ask(backend.origin, method, address, JSON.stringify(body));
					if (answer.status === status) taken += 1;
					else mustBeRefused(answer);
				}),
				{ numRuns: 300 },
			);
			expect(Number(stored()[0]) - before).toBe(status === 202 ? taken : 0);
		},
		120_000,
	);

	it('in an address is refused', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom('meters', 'virtual-meters', 'vends', 'payments'),
				fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
				async (kind, text) => {
					// A lone dot or two are steps in a path, and never arrive.
					fc.pre(!/^\.{1,2}$/.test(text));
					const path = `/api/v1/${kind}/${encodeURIComponent(text)}`;
					mustBeRefused(await ask(backend.origin, 'GET', path));
				},
			),
			{ numRuns: 200 },
		);
	}, 120_000);
});

/** The same walk as `test/server/http/fuzz.test.ts`, shorter, with the framework and a socket in between. */
describe('over a socket, by whoever may', () => {
	let database: Database;
	let till: Sign;
	beforeAll(async () => {
		database = openDatabase(join(backend.home, 'tokenline.db'));
		till = (await everybody({ database, clock: systemClock }, LAKESIDE)).terminal;
	});
	afterAll(() => database.destroy());

	const nobodys = {
		'{id}': [newId()],
		'{drn}': [KITCHEN, '00000000019'],
		'{date}': ['2026-02-30'],
	};
	const texts = { '{terminal}': ['T-001'], '{vendor}': ['x'], '{credentialId}': ['x'] };
	const doors = { '{provider}': ['sandbox', 'nobody'], '{reference}': [newId()] };
	const meanings = { ...nobodys, ...texts, ...doors, drn: [KITCHEN] };

	it.each(Object.entries(OPERATIONS) as [string, OperationRow][])(
		'%s never fails',
		async (_, row) => {
			const may = await thoseWhoMay({ database, clock: systemClock }, row, till);
			await fc.assert(
				fc.asyncProperty(shotsAt(row, meanings), async ({ method, path, text, by }) => {
					const url = `${backend.origin}${path}`;
					const body = method === 'GET' || text === '' ? undefined : text;
					const headers = may[by % may.length]?.(method, url, body ?? '') ?? {};
					const answer = await ask(backend.origin, method, path, body, {
						...headers,
						// What a page of ours sends with a form.
						...(path.startsWith('/sandbox/') && { origin: backend.origin }),
					});
					expect(answer.status, answer.text).toBeLessThan(500);
				}),
				{ numRuns: 25 },
			);
		},
		120_000,
	);
});
