/** Sealed tokens as their device's journal tells of them: in its order, once, and by an import when the till is lost. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { revokeTerminal } from '#lib/server/access/terminals.ts';
import { readBatch } from '#lib/server/batch/batch-answer.ts';
import { listAlarms } from '#lib/server/till/alarms.ts';
import { importJournal } from '#lib/server/till/import-journal.ts';
import { listReserves } from '#lib/server/till/reserve/list-reserves.ts';
import { whatIsWrong } from '../../harness/books.ts';
import { inShort, JournalTill } from '../../harness/journal-till.ts';
import { employ } from '../../harness/people.ts';
import {
	CASH,
	openReserveCounter,
	RESERVE_TERMS,
	type ReserveDevice,
} from '../../harness/reserve.ts';
import { KITCHEN, mustBeTaken, newId, openShop, STEPS, WORKSHOP } from '../../harness/shop.ts';
import type { Shop } from '../../harness/shop.ts';

let shop: Shop;
let device: ReserveDevice;
let till: JournalTill;
let manager: Caller;
beforeEach(async () => {
	shop = await openShop();
	device = await openReserveCounter(shop.backend);
	till = await new JournalTill(shop, device.counter).enrol();
	await device.becomes(till.deviceId);
	manager = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const reveal = async (vendId: string, atMs = shop.clock.ms) =>
	till.write('reveal', { vendId, batchId: till.shiftId, sealed: await till.seal(CASH) }, { atMs });
const states = async () =>
	(await listReserves(shop.backend, manager, {})).reserves.map(({ state }) => state);

describe('a journal', () => {
	it('tells of sales, reveals and ends in one line, and its shift closes with all of them', async () => {
		const [one, two] = [await device.take(), await device.take(newId(), WORKSHOP)];
		const entries = [
			await till.sale(STEPS, 20_000),
			await reveal(one.id),
			till.write('reserve-ended', { vendId: two.id, because: 'expired' }),
			await reveal(two.id),
			await reveal(newId()),
			till.write('reprint', { vendId: one.id, copy: 1 }),
			till.write('reprint', { vendId: two.id, copy: 1 }),
		];
		const verdicts = [
			...['issued', 'issued', 'done', 'refused reserve-ended', 'refused reserve-unknown'],
			...['done', 'refused reserve-sealed'],
		];
		expect(await till.verdicts(entries)).toEqual(verdicts);
		// The answer was lost.
		expect(await till.verdicts(entries)).toEqual(verdicts);
		const shift = mustBeTaken(await readBatch(shop.backend, device.counter.caller, till.shiftId));
		expect(shift.totals.sold).toMatchObject({ count: 8, amountMinor: 150_000 });
		expect(await states()).toEqual(['expired', 'revealed']);
		const { alarms } = await listAlarms(shop.backend, manager, {});
		expect(alarms.map(({ kind, facts }) => [kind, facts.breach])).toEqual([
			['reserve-broken', 'ended'],
		]);
	});

	it('that tells of a token which had run out is believed, and the office hears of it once', async () => {
		const { id, expiresAtMs } = await device.take();
		shop.clock.ms = expiresAtMs + 60_000;
		const entry = await reveal(id);
		expect(await till.verdicts([entry])).toEqual(['issued']);
		expect(await till.verdicts([entry])).toEqual(['issued']);
		const { alarms } = await listAlarms(shop.backend, manager, {});
		expect(alarms).toMatchObject([
			{ kind: 'reserve-broken', entryId: entry.id, facts: { breach: 'run-out', vend: id } },
		]);
	});

	it('that waited longer than its tokens live tells of them in time', async () => {
		const { id } = await device.take();
		const entry = await reveal(id);
		shop.clock.ms += RESERVE_TERMS.lifeMs * 2;
		expect(await till.verdicts([entry])).toEqual(['issued']);
		const { alarms } = await listAlarms(shop.backend, manager, {});
		expect(alarms.filter(({ kind }) => kind === 'reserve-broken')).toEqual([]);
	});

	it('of a till that is revoked is imported, and what it revealed is sold', async () => {
		const { id } = await device.take();
		await device.take(newId(), KITCHEN);
		const entry = await reveal(id);
		await revokeTerminal(shop.backend, manager, device.counter.caller.terminalId);
		const { deviceId } = till;
		const rows = [{ what: 'entry' as const, entry }];
		const answer = mustBeTaken(
			await importJournal(shop.backend, manager, { deviceId, rows }, () => 0),
		);
		expect(answer.rows.map(inShort)).toEqual(['issued']);
		expect(await states()).toEqual(['sealed', 'revealed']);
	});
});
