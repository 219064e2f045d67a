/** An older copy of the database is put back: nothing that was given out since is given out again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Backend } from '#lib/server/backend.ts';
import { acceptRestore } from '#lib/server/continuity/accept-restore.ts';
import { guardedModule } from '#lib/server/continuity/guarded-module.ts';
import { findLostVends, lookForLostVends } from '#lib/server/continuity/lost-vends.ts';
import { openMarks, type Marks } from '#lib/server/continuity/marks.ts';
import { openPermit } from '#lib/server/continuity/permit.ts';
import { raiseFloor } from '#lib/server/continuity/tid-floor.ts';
import { transact } from '#lib/server/database/transact.ts';
import { readiness } from '#lib/server/readiness.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { copyOf } from '../harness/test-database.ts';
import {
	buy,
	GUEST,
	KITCHEN,
	openShop,
	order,
	pay,
	saleOf,
	STEPS,
	vendOf,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let marks: Marks;
let copy: string;

beforeEach(async () => {
	shop = await openShop();
	marks = openMarks(':memory:');
});
afterEach(async () => {
	marks.close();
	await shop.dispose();
});

/** A process that starts on the database as it lies there. */
async function started(backend: Backend): Promise<Backend> {
	const { database, clock, log } = backend;
	const permit = await openPermit({ database, marks, clock, log });
	return { ...backend, permit, securityModule: guardedModule(backend.securityModule, permit) };
}

/** What was given out, from every life of the database. */
interface GivenOut {
	readonly tids: string[];
	readonly receipts: string[];
}

async function givenOut({ database }: Backend): Promise<GivenOut> {
	const tokens = await database.selectFrom('vend_token').selectAll().execute();
	const vends = await database
		.selectFrom('vend')
		.select('answer')
		.where('state', '=', 'issued')
		.execute();
	return {
		tids: tokens.map(({ drn, base_year, tid, vend_id }) => `${drn} ${base_year} ${tid} ${vend_id}`),
		receipts: vends.map(({ answer }) => {
			const issued = JSON.parse(answer ?? '') as VendAnswer & { state: 'issued' };
			return `${issued.receipt.receiptNumber} ${issued.id}`;
		}),
	};
}

const raise = ({ database }: Backend, id: number, notBeforeMs: number) =>
	transact(database, (write) => raiseFloor(write, id, notBeforeMs));

/** The same thing given to two vends, over all lives. */
function givenTwice(...lives: string[][]): string[] {
	const all = [...new Set(lives.flat())].map((line) => line.slice(0, line.lastIndexOf(' ')));
	return all.filter((line, place) => all.indexOf(line) !== place);
}

/** A copy is made of what is there; the shop goes on with a new life. */
async function backedUp({ database }: Backend): Promise<Backend> {
	await database.destroy();
	copy = await copyOf(shop.place);
	return await started(shop.reopened());
}

/** The copy takes the database's place. */
async function putBack({ database }: Backend): Promise<Backend> {
	await database.destroy();
	return await started(shop.reopened(copy));
}

const sellSome = async (backend: Backend, times: number): Promise<string[]> => {
	const ids: string[] = [];
	for (let sale = 0; sale < times; sale += 1)
		ids.push((await buy(backend, sale % 2 ? KITCHEN : STEPS, 20_000)).id);
	return ids;
};

describe('a backup that is put back', () => {
	it('sells nothing until it is accepted, and then nothing twice', async () => {
		let backend = await started(shop.backend);
		await sellSome(backend, 3);
		backend = await backedUp(backend);
		const lostIds = await sellSome(backend, 6);
		const lostLife = await givenOut(backend);

		backend = await putBack(backend);
		const sale = saleOf(KITCHEN, 20_000);
		expect(await requestVend(backend, GUEST, sale.id, sale.request)).toEqual({
			refusal: 'database-older',
		});
		expect(await readiness(backend)).toEqual({ refusal: 'database-older' });
		expect(shop.lines.filter((line) => line.includes('"database-older"'))).toHaveLength(1);

		const lost = await findLostVends(backend.database, shop.module, 0);
		expect([...(lost.ids ?? [])].sort()).toEqual([...lostIds].sort());
		const accepted = await acceptRestore(backend.database, marks, lost, shop.clock.nowMs());
		expect(accepted.restore).toBe(1);
		await backend.permit.beat();
		expect(await readiness(backend)).toEqual({ status: 'ready' });

		await sellSome(backend, 6);
		const nextLife = await givenOut(backend);
		expect(givenTwice(lostLife.tids, nextLife.tids)).toEqual([]);
		expect(givenTwice(lostLife.receipts, nextLife.receipts)).toEqual([]);
		expect(nextLife.receipts.at(-1)).toContain('WEB-R1-00000');
		expect(await whatIsWrong(backend.database)).toEqual([]);
		const told = await backend.database
			.selectFrom('audit_event')
			.selectAll()
			.where('action', '=', 'restore-accepted')
			.execute();
		expect(told).toHaveLength(1);
		expect(JSON.parse(told[0]?.facts ?? '')).toMatchObject({
			lostVends: 6,
			floorMs: accepted.floorMs,
		});
	});

	it('is known for what it is when the clock was set back too', async () => {
		let backend = await started(shop.backend);
		backend = await backedUp(backend);
		await sellSome(backend, 1);
		shop.clock.ms -= 24 * 60 * 60_000;
		expect((await putBack(backend)).permit.refusal()).toEqual({ refusal: 'database-older' });
	});

	it('leaves what it finds half done, and finishes it with the same token after the acceptance', async () => {
		let backend = await started(shop.backend);
		const sale = saleOf(KITCHEN, 20_000);
		shop.module.behaviour = 'hangs';
		await order(backend, sale);
		await pay(backend, sale);
		backend = await backedUp(backend);
		shop.module.behaviour = 'answers';
		await recover(backend, 0);
		await backend.permit.beat();
		const before = await vendOf(backend, sale.id);
		expect(before.state).toBe('issued');

		backend = await putBack(backend);
		await recover(backend, 0);
		expect((await vendOf(backend, sale.id)).state).toBe('issuing');
		const lost = await findLostVends(backend.database, shop.module, 0);
		expect(lost.ids).toEqual([]);
		await acceptRestore(backend.database, marks, lost, shop.clock.nowMs());
		await backend.permit.beat();
		await recover(backend, 0);
		expect(await vendOf(backend, sale.id)).toMatchObject({
			state: 'issued',
			tokens: before.state === 'issued' ? before.tokens : [],
		});
	});

	it('is accepted once: a second one begins another series, and the first stays settled', async () => {
		let backend = await started(shop.backend);
		backend = await backedUp(backend);
		await sellSome(backend, 2);
		backend = await putBack(backend);
		const lost = await findLostVends(backend.database, shop.module, 0);
		await acceptRestore(backend.database, marks, lost, shop.clock.nowMs());
		await backend.permit.beat();
		await lookForLostVends({ ...backend, marks });
		expect(backend.permit.refusal()).toBeUndefined();
		await sellSome(backend, 2);
		const again = await acceptRestore(backend.database, marks, lost, shop.clock.nowMs());
		expect(again.restore).toBe(2);
	});

	it('begins a series that was never used, also when the copy is from before an earlier restore', async () => {
		let backend = await started(shop.backend);
		await sellSome(backend, 1);
		backend = await backedUp(backend);
		await backend.database.destroy();
		const sameCopy = await copyOf(shop.place);
		backend = await started(shop.reopened());
		await sellSome(backend, 2);
		const accept = async () => {
			const lost = await findLostVends(backend.database, shop.module, 0);
			const accepted = await acceptRestore(backend.database, marks, lost, shop.clock.nowMs());
			await backend.permit.beat();
			return accepted.restore;
		};

		backend = await putBack(backend);
		expect(await accept()).toBe(1);
		await sellSome(backend, 2);
		const firstLife = await givenOut(backend);
		expect(firstLife.receipts.at(-1)).toContain('-R1-');

		copy = sameCopy;
		backend = await putBack(backend);
		expect(await accept()).toBe(2);
		await sellSome(backend, 2);
		const secondLife = await givenOut(backend);
		expect(givenTwice(firstLife.receipts, secondLife.receipts)).toEqual([]);
		expect(givenTwice(firstLife.tids, secondLife.tids)).toEqual([]);
		expect(await whatIsWrong(backend.database)).toEqual([]);
	});

	it('counts a restore that was accepted from another home', async () => {
		let backend = await started(shop.backend);
		backend = await backedUp(backend);
		await raise(backend, 3, shop.clock.nowMs());
		await backend.permit.beat();
		expect(marks.restores()).toBe(3);
		backend = await putBack(backend);
		const lost = await findLostVends(backend.database, shop.module, 0);
		const accepted = await acceptRestore(backend.database, marks, lost, shop.clock.nowMs());
		expect(accepted.restore).toBe(4);
	});
});

describe('a copy put back by hand within the same marks', () => {
	it('is known by a vend that the security module remembers, and gives no TID twice even before', async () => {
		const first = await started(shop.backend);
		await sellSome(first, 2);
		await first.database.destroy();
		copy = await copyOf(shop.place);
		const second = { ...shop.reopened(), permit: first.permit };
		await sellSome(second, 2);
		const lostLife = await givenOut(second);
		await second.database.destroy();

		const third = await started(shop.reopened(copy));
		expect(third.permit.refusal()).toBeUndefined();
		await sellSome(third, 2);
		expect(givenTwice(lostLife.tids, (await givenOut(third)).tids)).toEqual([]);
		await lookForLostVends({ ...third, marks });
		expect(third.permit.refusal()).toEqual({ refusal: 'database-older' });
	});
});

describe('the permission to issue', () => {
	it('covers every TID before its token is made, however far ahead of the clock', async () => {
		const backend = await started(shop.backend);
		const floorOf = async () =>
			(await backend.database.selectFrom('node_mark').selectAll().executeTakeFirstOrThrow()).at_ms;
		for (let sale = 0; sale < 12; sale += 1) await buy(backend, KITCHEN, 20_000);
		const ahead = shop.clock.nowMs() + 11 * 60_000;
		expect(await floorOf()).toBeGreaterThan(ahead);
		expect(marks.untilMs()).toBe(await floorOf());
	});

	it('lasts while the database holds what the home remembers, over restarts', async () => {
		await started(shop.backend);
		expect((await started(shop.backend)).permit.refusal()).toBeUndefined();
		marks.raise((marks.untilMs() ?? 0) + 1);
		expect((await started(shop.backend)).permit.refusal()).toEqual({ refusal: 'database-older' });
	});
});
