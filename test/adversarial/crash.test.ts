/** App processes killed between the two transactions of an issue, and at any moment, with two of them at work. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { whatIsWrong } from '../server/harness/books.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { ask, orderOverHttp, tap, vendAt } from '../server/harness/http-shop.ts';
import { KITCHEN, saleOf, STEPS, WORKSHOP } from '../server/harness/shop.ts';
import { AppProcess } from '../harness/app-process.ts';

let home: string;
let nodes: AppProcess[];
let books: Database;

beforeEach(async () => {
	await ensureBuild();
	home = mkdtempSync(join(tmpdir(), 'tokenline-crash-'));
	nodes = [await AppProcess.at(home)];
	books = openDatabase(join(home, 'tokenline.db'));
}, 180_000);
afterEach(async () => {
	await Promise.all(nodes.map((node) => node.stop()));
	await books.destroy();
	rmSync(home, { recursive: true, force: true });
});

/** Looks again until it is so; the test's own time limit is the only one. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
	while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
}

const stateOf = async (id: string) =>
	(await books.selectFrom('vend').select('state').where('id', '=', id).executeTakeFirst())?.state;

describe('kill -9 between the first and the second transaction', () => {
	it('leaves a vend that the next start finishes with the same token number, once', async () => {
		const [app] = nodes as [AppProcess];
		const sale = await orderOverHttp(app.origin, KITCHEN, 50_000);
		const module = app.modulePid();
		process.kill(module, 'SIGSTOP');
		const tapped = tap(app.origin, sale).catch(() => undefined);
		await until(async () => (await stateOf(sale.id)) === 'issuing');
		const reserved = await books
			.selectFrom('vend')
			.select(['tid', 'receipt_number'])
			.where('id', '=', sale.id)
			.executeTakeFirstOrThrow();
		await app.kill();
		await tapped;
		// Its standard input is closed: awake again, it ends by itself.
		process.kill(module, 'SIGCONT');
		await app.start();
		await until(async () => (await stateOf(sale.id)) === 'issued');
		const tokens = await books.selectFrom('vend_token').selectAll().execute();
		expect(tokens).toMatchObject([{ vend_id: sale.id, tid: reserved.tid }]);
		expect(await whatIsWrong(books)).toEqual([]);
		const again = await ask(app.origin, 'PUT', `/api/v1/vends/${sale.id}`, sale.request);
		expect(again.json).toMatchObject({ tokens: [{ digits: tokens[0]!.digits }] });
	}, 120_000);
});

/** Sales made in the run; a longer one by `TOKENLINE_SALES=2000`. */
const SALES = Number(process.env.TOKENLINE_SALES ?? 120);
const CLIENTS = 8;

describe('two app processes, one of them killed again and again', () => {
	it(`loses and doubles nothing over ${SALES} sales`, async () => {
		nodes.push(await AppProcess.at(home));
		let unfinished = SALES;
		const meters = [KITCHEN, WORKSHOP, STEPS, ...(await realMeters())];
		const client = async (first: number) => {
			for (let at = first; at < SALES; at += CLIENTS) {
				await sellStubbornly(meters[at % meters.length]!, 100_000 + at);
				unfinished -= 1;
			}
		};
		const chaos = async () => {
			for (let round = 0; unfinished > 0; round += 1) {
				const node = nodes[round % nodes.length]!;
				await new Promise((resolve) => setTimeout(resolve, 300 + ((round * 7_919) % 700)));
				await node.kill();
				await node.start();
			}
		};
		await Promise.all([chaos(), ...Array.from({ length: CLIENTS }, (_, at) => client(at))]);
		expect(await whatIsWrong(books)).toEqual([]);
		const states = await books
			.selectFrom('vend')
			.select(['state', (build) => build.fn.countAll<number>().as('n')])
			.groupBy('state')
			.execute();
		expect(states).toEqual([{ state: 'issued', n: SALES }]);
	}, 300_000);

	async function realMeters(): Promise<string[]> {
		const rows = await books
			.selectFrom('meter')
			.select('drn')
			.where('state', '=', 'active')
			.where('label', '=', '')
			.limit(29)
			.execute();
		return rows.map(({ drn }) => drn);
	}

	/** Each step at whichever node answers, again with the same ids until the vend is final. */
	async function sellStubbornly(drn: string, amountMinor: number): Promise<VendAnswer> {
		const sale = saleOf(drn, amountMinor);
		const payment = { vendId: sale.id, amountMinor, currency: 'KES', method: 'sandbox' };
		for (let attempt = 0; ; attempt += 1) {
			const { origin } = nodes[attempt % nodes.length]!;
			try {
				await ask(origin, 'PUT', `/api/v1/vends/${sale.id}`, sale.request);
				await ask(origin, 'PUT', `/api/v1/payments/${sale.paymentId}`, payment);
				await tap(origin, sale);
				const answer = await vendAt(origin, sale.id);
				if (answer.state === 'issued' || answer.state === 'refused') return answer;
			} catch {
				// No answer: nothing is known, so everything is asked again.
			}
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
});
