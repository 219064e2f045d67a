/** The server is asked to end while it sells: nothing is cut off, nothing is left half done. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backend } from '../harness/backend.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { orderOverHttp, tap } from '../server/harness/http-shop.ts';
import { KITCHEN, STEPS, WORKSHOP } from '../server/harness/shop.ts';

let backend: Backend;

beforeAll(async () => {
	await ensureBuild();
	backend = await Backend.prepared();
}, 180_000);
afterAll(() => backend.dispose());

it('finishes the sales it has begun, and ends by itself with success', async () => {
	const { origin } = backend;
	const sales = await Promise.all(
		[KITCHEN, WORKSHOP, STEPS].map((drn) => orderOverHttp(origin, drn, 50_000)),
	);
	const taps = sales.map((sale) => tap(origin, sale));
	// Gone as soon as the first tap is answered: the others are under way or just done.
	await Promise.race(taps);
	const ended = await backend.stop();
	const answers = await Promise.allSettled(taps);

	expect(ended).toEqual({ code: 0, signal: null });
	expect(backend.output).toContain('"event":"stopped"');
	expect(backend.output).not.toMatch(/"event":"(?:stop-forced|stop-failed|request-failed)"/);
	const books = new DatabaseSync(join(backend.home, 'tokenline.db'), { readOnly: true });
	const state = books.prepare('select state from vend where id = ?');
	for (const [at, { id }] of sales.entries())
		if (answers[at]?.status === 'fulfilled') expect(state.get(id)?.state).toBe('issued');
	const half = books.prepare(`select count(*) as n from vend where state = 'issuing'`).get();
	expect(half?.n).toBe(0);
	books.close();

	await backend.start();
});

it('says that it is not ready while it drains, and still answers', async () => {
	await backend.stop();
	await backend.start({ TOKENLINE_DRAIN_MS: '60000' });
	const { origin } = backend;
	expect((await fetch(`${origin}/readyz`)).status).toBe(200);
	process.kill(backend.pid, 'SIGTERM');
	const deadline = Date.now() + 10_000;
	let status = 200;
	while (status === 200 && Date.now() < deadline) status = (await fetch(`${origin}/readyz`)).status;
	expect(status).toBe(503);
	expect((await fetch(`${origin}/healthz`)).status).toBe(200);
	expect((await fetch(`${origin}/api/v1/meters/${KITCHEN}`)).status).toBe(200);
	await backend.kill();
	await backend.start();
});
