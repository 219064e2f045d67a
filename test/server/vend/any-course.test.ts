/**
 * Whatever is asked in whatever order, with a module that hangs, answers too late or refuses, a clock that
 * is set to and fro and reversals in between: the books are sound, every meter takes every token that was
 * not taken back, and its TIDs rise.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sql } from 'kysely';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { manufacture } from '#lib/browser/store/virtual-meter-factory.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { transact } from '#lib/server/database/transact.ts';
import { provisionVirtualMeter } from '#lib/server/meter/virtual-meters.ts';
import { acceptApproved } from '#lib/server/vend/accept-approved.ts';
import { issueVend } from '#lib/server/vend/issue-vend.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter, type Counter } from '../harness/counter.ts';
import {
	buy,
	COTTAGE,
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	STEPS,
	WORKSHOP,
	type ModuleBehaviour,
	type Shop,
} from '../harness/shop.ts';
import { ON_POSTGRES } from '../harness/test-database.ts';

const METERS = [KITCHEN, WORKSHOP, STEPS, COTTAGE] as const;
const CLERK: Caller = { ...GUEST, roles: ['office-manager'], operatorId: newId() };

const drn = fc.constantFrom(...METERS);
const amount = fc.integer({ min: 10_000, max: 90_000 });
const WISH = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('sell'), drn, amount }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('buy'), drn, amount }) },
	fc.record({ do: fc.constant('claim'), drn, amount }),
	fc.record({ do: fc.constant('give'), drn, amount }),
	fc.record({ do: fc.constant('clear'), drn, amount }),
	fc.record({ do: fc.constant('move'), drn, amount }),
	fc.record({ do: fc.constant('plan'), drn, amount }),
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('reverse'), drn, amount }) },
	fc.record({ do: fc.constant('read'), drn, amount }),
	fc.record({ do: fc.constant('recover'), drn, amount }),
	fc.record({ do: fc.constant('wind'), drn, amount }),
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('module'), drn, amount }) },
);
interface Wish {
	do: string;
	drn: string;
	amount: number;
}

const BEHAVIOURS: readonly ModuleBehaviour[] = [
	...(['answers', 'answers', 'hangs', 'answers late', 'vending-key-limit'] as const),
];

/** Carries one wish out. What it is answered does not matter here. */
async function carryOut(shop: Shop, counter: Counter, wish: Wish): Promise<unknown> {
	const { backend, clock, module } = shop;
	const { drn, amount } = wish;
	const agree = async (request: Parameters<typeof acceptApproved>[1]['request']) => {
		const approvalId = newId();
		const vend = { approvalId, utilityId: 'lakeside', proposedBy: newId(), request };
		const taken = await transact(backend.database, (write) =>
			acceptApproved(write, vend, clock.nowMs()),
		);
		if (!('refusal' in taken)) await issueVend(backend, approvalId);
	};
	switch (wish.do) {
		case 'sell':
			return await requestVend(
				...([backend, counter.caller, newId(), floatSaleOf(counter, drn, amount)] as const),
			);
		case 'buy':
			return await buy(backend, drn, amount);
		case 'claim': {
			const request = { kind: 'fbe', drn, requestedAtMs: 0 } as const;
			return await requestVend(backend, counter.caller, newId(), request);
		}
		case 'give':
			return await agree({ kind: 'free-issue', drn, energyDeciKwh: amount });
		case 'clear':
			return await agree({ kind: 'engineering', drn, wish: { kind: 'clear-tamper' } });
		case 'move':
			return await agree({ kind: 'key-change', drn, sgc: '999002', ti: `0${1 + (amount % 9)}` });
		case 'plan':
			return await backend.database
				.updateTable('meter')
				.set({ next_sgc: amount % 2 === 0 ? '999001' : '999002', next_ti: `0${1 + (amount % 9)}` })
				.where('drn', '=', drn)
				.execute();
		case 'reverse':
		case 'read': {
			const rows = await backend.database.selectFrom('vend').select('id').orderBy('id').execute();
			const id = rows.at(-1 - (amount % 3))?.id;
			if (id === undefined) return undefined;
			const ask = wish.do === 'read' ? readVend : reverseVend;
			return await ask(backend, CLERK, id);
		}
		case 'recover':
			return await recover(backend, 0);
		case 'wind':
			clock.ms += (amount - 45_000) * 20;
			return undefined;
		default:
			module.behaviour = BEHAVIOURS[amount % BEHAVIOURS.length]!;
			return undefined;
	}
}

/** Where a row stands in a table of which none is ever deleted: the order in which they came. */
const MADE = sql.raw(ON_POSTGRES ? 'ctid' : 'rowid');

/** The tokens of vends that were not taken back, in the order in which they were made. */
async function tokensInOrder(shop: Shop): Promise<{ drn: string; digits: string }[]> {
	const { rows } = await sql<{ drn: string; digits: string }>`
		select token.drn, token.digits from vend_token as token
			join vend on vend.id = token.vend_id
			where vend.state = 'issued' order by token.${MADE}`.execute(shop.backend.database);
	return rows;
}

async function fallingTids(shop: Shop): Promise<unknown[]> {
	const { rows } = await sql`
		select later.drn, later.tid from vend_token as later join vend_token as earlier
			on earlier.drn = later.drn and earlier.base_year = later.base_year
			and earlier.${MADE} < later.${MADE} and earlier.tid >= later.tid`.execute(shop.backend.database);
	return rows;
}

const TAKEN = ['Accept', '1stKCT', '2ndKCT', '3rdKCT', '4thKCT'];

it('ends well, whatever its course', { timeout: 120_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(WISH, { minLength: 8, maxLength: 40 }), async (wishes) => {
			const shop = await openShop();
			try {
				await shop.backend.database.updateTable('account').set({ fbe_deci_kwh: 200 }).execute();
				const counter = await openCounter(shop.backend, { floatMinor: 700_000 });
				const meters = new Map<string, ReturnType<typeof manufacture>>();
				for (const number of METERS) {
					const papers = await provisionVirtualMeter(shop.backend, GUEST, number);
					meters.set(number, manufacture(mustBeTaken(papers)));
				}
				for (const wish of wishes) await carryOut(shop, counter, wish);
				expect(await whatIsWrong(shop.backend.database)).toEqual([]);
				shop.module.behaviour = 'answers';
				for (let round = 0; round < wishes.length; round += 1) await recover(shop.backend, 0);
				expect(await whatIsWrong(shop.backend.database)).toEqual([]);
				const open = await shop.backend.database
					.selectFrom('vend')
					.select(['id', 'state'])
					.where('state', 'in', ['awaiting-payment', 'paid', 'issuing'])
					.execute();
				expect(open).toEqual([]);
				expect(await fallingTids(shop)).toEqual([]);
				for (const { drn, digits } of await tokensInOrder(shop)) {
					const step = enterToken(meters.get(drn)!, digits, shop.clock.ms);
					meters.set(drn, step.meter);
					expect(TAKEN).toContain(step.outcome.result);
				}
			} finally {
				await shop.dispose();
			}
		}),
		{ numRuns: 25 },
	);
});
