/** Backup and restore as an operator runs them: the commands, beside and between lives of the server. */
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backend } from '../harness/backend.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { orderOverHttp, tap, vendAt } from '../server/harness/http-shop.ts';
import { KITCHEN } from '../server/harness/shop.ts';

let backend: Backend;

beforeAll(async () => {
	await ensureBuild();
	backend = await Backend.prepared();
}, 180_000);
afterAll(() => backend.dispose());

function run(command: 'backup' | 'restore' | 'audit-verify', ...args: string[]) {
	const env = { ...process.env, TOKENLINE_MODE: 'demo', TOKENLINE_HOME: backend.home };
	const done = spawnSync(process.execPath, [`src/cli/${command}.ts`, ...args], {
		env,
		encoding: 'utf8',
	});
	return { status: done.status, said: done.stdout + done.stderr };
}

async function sell(): Promise<string> {
	const sale = await orderOverHttp(backend.origin, KITCHEN, 20_000);
	await tap(backend.origin, sale);
	return sale.id;
}

const tidsSold = (): number[] => {
	const books = new DatabaseSync(join(backend.home, 'tokenline.db'), { readOnly: true });
	const rows = books.prepare('select tid from vend_token where drn = ?').all(KITCHEN);
	books.close();
	return rows.map(({ tid }) => Number(tid));
};

it('puts back what was backed up while selling, names what is lost, and repeats no TID', async () => {
	await sell();
	const copy = join(backend.home, 'copy.db');
	expect(run('backup', copy)).toMatchObject({ status: 0 });
	expect(run('backup', copy).said).toContain('is there already');
	const lost = await sell();
	const tidsOfLostLife = tidsSold();
	expect(run('restore', copy).said).toContain('stop it first');
	await backend.stop();

	expect(run('restore', copy)).toMatchObject({ status: 0 });
	const accepted = run('restore', '--accept');
	expect(accepted.status).toBe(0);
	expect(accepted.said).toContain('Restore 1 is accepted');
	expect(accepted.said).toContain(lost);

	await backend.start();
	const next = await vendAt(backend.origin, await sell());
	if (next.state !== 'issued') throw new Error(next.state);
	expect(next.receipt.receiptNumber).toBe('WEB-R1-000001');
	const [tid] = tidsSold().filter((sold) => !tidsOfLostLife.includes(sold));
	expect(tid).toBeGreaterThan(Math.max(...tidsOfLostLife));
	await backend.stop();
	expect(run('audit-verify')).toMatchObject({ status: 0 });
	await backend.start();
});
