/** The money of a sealed token back to its vendor: by two people of the office, once, and never of a sold one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { revokeTerminal } from '#lib/server/access/terminals.ts';
import { decideApproval } from '#lib/server/approval/decide.ts';
import { proposeApproval } from '#lib/server/approval/propose.ts';
import { listApprovals, readApproval } from '#lib/server/approval/read.ts';
import { closeDay } from '#lib/server/close/close-day.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { listReserves } from '#lib/server/till/reserve/list-reserves.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../../harness/books.ts';
import { floatOf } from '../../harness/counter.ts';
import { deeds, employ } from '../../harness/people.ts';
import {
	openReserveCounter,
	RESERVE_TERMS,
	ReserveDevice,
	setReserveTerms,
} from '../../harness/reserve.ts';
import { KITCHEN, mustBeTaken, newId, openShop, WORKSHOP, type Shop } from '../../harness/shop.ts';

let shop: Shop;
let device: ReserveDevice;
let clerk: Caller;
let manager: Caller;
beforeEach(async () => {
	shop = await openShop();
	device = await openReserveCounter(shop.backend);
	clerk = await employ(shop.backend, { login: 'who-proposes' });
	manager = await employ(shop.backend, { login: 'who-agrees', roles: ['office-manager'] });
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const propose = async (vendId: string, id = newId()) => {
	const request = {
		reason: 'Its phone was lost',
		wish: { kind: 'reserve-return' as const, vendId },
	};
	return await proposeApproval(shop.backend, clerk, id, request);
};
const agree = async (id: string) =>
	await decideApproval(shop.backend, manager, id, { decision: 'approve', note: 'yes' });
const balance = async (account: string) =>
	await balanceOf(shop.backend.database, `lakeside:${account}`);
const states = async () =>
	(await listReserves(shop.backend, manager, {})).reserves.map(({ state }) => state);

async function returned(vendId: string): Promise<string> {
	const { id } = mustBeTaken(await propose(vendId));
	const decided = await agree(id);
	return isRefusal(decided) ? decided.refusal : decided.state;
}

function receiptNumberOf(vend: VendAnswer): string {
	if (vend.state !== 'issued') throw new Error('not issued');
	return vend.receipt.receiptNumber;
}

describe('a return', () => {
	it('of a token that was made and never fetched goes at once, and it is neither fetched nor reversed then', async () => {
		const floatMinor = await floatOf(shop.backend, device.counter);
		await setReserveTerms(shop.backend, device.counter, { ...RESERVE_TERMS, count: 1 });
		const wish = { id: newId(), drn: KITCHEN, denominationMinor: 10_000 };
		shop.module.behaviour = 'hangs';
		expect(await device.wish([wish])).toMatchObject({
			wishes: [{ made: false, problem: { code: 'security-module-unavailable' } }],
		});
		// Not made yet: it is finished, or its float comes back by itself.
		expect(await states()).toEqual([]);
		expect(await propose(wish.id)).toEqual({ refusal: 'not-found' });
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(await states()).toEqual(['unfetched']);
		expect(await floatOf(shop.backend, device.counter)).toBe(floatMinor - 10_000);
		expect(await returned(wish.id)).toBe('approved');
		expect(await floatOf(shop.backend, device.counter)).toBe(floatMinor);
		expect(await states()).toEqual(['returned']);
		expect(await device.wish([wish])).toMatchObject({
			wishes: [{ made: false, problem: { code: 'reserve-ended' } }],
		});
		expect(await reverseVend(shop.backend, manager, wish.id)).toEqual({
			refusal: 'token-released',
		});
		expect(await floatOf(shop.backend, device.counter)).toBe(floatMinor);
		// It counts against the caps no more.
		await device.take(newId(), WORKSHOP);
	});

	it('of one that is fetched in the same moment is of one that has left', async () => {
		const wish = { id: newId(), drn: KITCHEN, denominationMinor: 10_000 };
		shop.module.behaviour = 'hangs';
		await device.wish([wish]);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		const { id } = mustBeTaken(await propose(wish.id));
		const [{ wishes }, decided] = await Promise.all([device.wish([wish]), agree(id)]);
		// Never both: a token that left, and its money back while its device is the till.
		expect(wishes[0]?.made).toBe(isRefusal(decided));
	});

	it('is never of one that was reversed', async () => {
		const wish = { id: newId(), drn: KITCHEN, denominationMinor: 10_000 };
		shop.module.behaviour = 'hangs';
		await device.wish([wish]);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		const { id } = mustBeTaken(await propose(wish.id));
		mustBeTaken(await reverseVend(shop.backend, manager, wish.id));
		expect(await agree(id)).toEqual({ refusal: 'not-found' });
		expect(await states()).toEqual([]);
	});

	it('of a token that its device has ended goes into the float, borne by the utility', async () => {
		const [floatMinor, earned] = [
			await floatOf(shop.backend, device.counter),
			await balance('commission-payable:corner-shop'),
		];
		const { id } = await device.take();
		await device.end(id);
		expect(await returned(id)).toBe('approved');
		expect(await floatOf(shop.backend, device.counter)).toBe(floatMinor);
		expect(await balance('reserve-returned')).toBe(10_000);
		// What was earned by it goes back too: nothing was sold.
		expect(await balance('commission-payable:corner-shop')).toBe(earned);
		expect(await states()).toEqual(['returned']);
		expect(await deeds(shop.backend)).toContain('reserve-returned');
	});

	it('is one, whoever proposes it how often', async () => {
		const { id } = await device.take();
		await device.end(id);
		const [first, second] = [mustBeTaken(await propose(id)), mustBeTaken(await propose(id))];
		const both = await Promise.all([agree(first.id), agree(second.id)]);
		expect(both.map((one) => (isRefusal(one) ? one.refusal : one.state)).sort()).toEqual([
			...['approved', 'reserve-ended'],
		]);
		expect(await balance('reserve-returned')).toBe(10_000);
		expect(await propose(id)).toEqual({ refusal: 'reserve-ended' });
	});

	it('waits until the device has said so, or is the till no more', async () => {
		const { id } = await device.take();
		shop.clock.ms += 30 * 24 * 3_600_000;
		expect(await propose(id)).toEqual({ refusal: 'reserve-held' });
		await revokeTerminal(shop.backend, manager, device.counter.caller.terminalId);
		expect(await returned(id)).toBe('approved');
	});

	it('is of an earlier device as soon as another one is the till', async () => {
		const { id } = await device.take();
		await new ReserveDevice(shop.backend, device.counter).enrol();
		expect(await returned(id)).toBe('approved');
	});

	it('is never of a token that was revealed, nor of one that nobody knows', async () => {
		const { id } = await device.take();
		const other = await device.take(newId(), WORKSHOP);
		await device.end(other.id);
		await device.reveal(id);
		await revokeTerminal(shop.backend, manager, device.counter.caller.terminalId);
		expect(await propose(id)).toEqual({ refusal: 'reserve-ended' });
		expect(await propose(newId())).toEqual({ refusal: 'not-found' });
		const stranger = { ...clerk, utilityId: 'hilltop' };
		const wish = { kind: 'reserve-return' as const, vendId: other.id };
		expect(
			await proposeApproval(shop.backend, stranger, newId(), { reason: 'Not ours', wish }),
		).toEqual({ refusal: 'not-found' });
	});

	it('that was proposed is not agreed to when the reveal arrives in between', async () => {
		const { id } = await device.take();
		await revokeTerminal(shop.backend, manager, device.counter.caller.terminalId);
		const proposed = mustBeTaken(await propose(id));
		expect(await device.reveal(id)).toMatchObject({ state: 'issued' });
		expect(await agree(proposed.id)).toEqual({ refusal: 'reserve-ended' });
		expect(await balance('reserve-returned')).toBe(0);
	});

	it('stands against a reveal that arrives after it, of which the office is told', async () => {
		const { id } = await device.take();
		await revokeTerminal(shop.backend, manager, device.counter.caller.terminalId);
		await returned(id);
		expect(await device.reveal(id)).toMatchObject({
			...{ state: 'refused', code: 'reserve-ended' },
			alarm: { kind: 'reserve-broken', facts: { vend: id, breach: 'returned' } },
		});
		// That it was destroyed takes nothing from it.
		expect(await device.end(id)).toMatchObject({ state: 'done' });
		expect(await states()).toEqual(['returned']);
	});

	it('is read by who is to agree with all that is known of the token, but its digits', async () => {
		const taken = await device.take();
		await device.end(taken.id);
		const issuedAtMs = shop.clock.ms;
		const { id, reserve } = mustBeTaken(await propose(taken.id));
		const facts = {
			...{ vendId: taken.id, vendorId: 'corner-shop', vendorName: 'Corner shop' },
			...{ terminalId: device.counter.caller.terminalId, terminalName: 'Till' },
			...{ drn: KITCHEN, denominationMinor: 10_000, state: 'expired', issuedAtMs },
			...{ currency: { code: 'KES', minorDigits: 2 }, expiresAtMs: taken.expiresAtMs },
			...{ receiptNumber: receiptNumberOf(taken.vend), endedAtMs: issuedAtMs },
		};
		expect(reserve).toEqual(facts);
		expect(mustBeTaken(await readApproval(shop.backend, manager, id)).reserve).toEqual(facts);
		const list = await listApprovals(shop.backend, manager, { state: 'proposed' });
		expect(list.approvals.map((one) => one.reserve)).toEqual([facts]);
		expect(JSON.stringify(list)).not.toContain(taken.digits);
		const decided = mustBeTaken(await agree(id));
		expect(decided.reserve).toEqual({ ...facts, state: 'returned' });
	});

	it('tells of its token only who may read sealed tokens', async () => {
		const { id: vendId } = await device.take();
		await device.end(vendId);
		const { id } = mustBeTaken(await propose(vendId));
		for (const roles of [['tariff-officer'], ['administrator']] as const) {
			const other = await employ(shop.backend, { login: roles[0], roles });
			expect(mustBeTaken(await readApproval(shop.backend, other, id))).toMatchObject({
				...{ id, reserve: null },
			});
		}
	});

	it('leaves the day balanced', async () => {
		const { id } = await device.take();
		await device.end(id);
		await returned(id);
		shop.clock.ms = Date.UTC(2026, 10, 21, 8);
		const report = mustBeTaken(await closeDay(shop.backend, manager, '2026-11-20'));
		expect(report).toMatchObject({ clean: true, differences: [] });
		expect(report.trialBalance).toContainEqual(
			expect.objectContaining({ kind: 'reserve-returned', closingMinor: 10_000 }),
		);
	});
});
