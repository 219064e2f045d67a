/** Journals that the office hands in: of tills that are revoked, suspended or gone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { JournalImportAnswer } from '#lib/core/sync/wire-till.ts';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import { revokeTerminal } from '#lib/server/access/terminals.ts';
import { terminalOfSignature } from '#lib/server/access/terminal-signature.ts';
import { readBatch } from '#lib/server/batch/batch-answer.ts';
import { importJournal } from '#lib/server/till/import-journal.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, type Counter } from '../harness/counter.ts';
import { inShort, JournalTill, openTillShop } from '../harness/journal-till.ts';
import { deeds } from '../harness/people.ts';
import { GUEST, KITCHEN, mustBeTaken, newId, WORKSHOP, type Shop } from '../harness/shop.ts';
import { enrolledTill } from '../harness/till.ts';

let shop: Shop;
let counter: Counter;
let till: JournalTill;
beforeEach(async () => {
	({ shop, counter, till } = await openTillShop());
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const office = { ...GUEST, roles: ['office-manager'] as const, operatorId: newId() };
const imported = async (entries: readonly unknown[], caller = office) => {
	const rows = entries.map((entry) => ({ what: 'entry' as const, entry }));
	return await importJournal(shop.backend, caller, { deviceId: till.deviceId, rows }, () => 0);
};

describe('a journal that the office imports', () => {
	it('is carried out as the till’s, of a till that was revoked, and nobody else reads the answers', async () => {
		const signing = await enrolledTill(shop.backend, counter.caller.terminalId, {
			id: counter.caller.vendorId,
		});
		const entries = [await till.provisional(KITCHEN, 50_000), await till.sale(WORKSHOP, 60_000)];
		mustBeTaken(await revokeTerminal(shop.backend, office, counter.caller.terminalId));
		const url = 'http://localhost/api/v1/vends/x';
		expect(
			await terminalOfSignature(shop.backend, {
				request: signing.request('GET', url),
				url: new URL(url),
				text: '',
			}),
		).toEqual({ refusal: 'terminal-revoked' });
		const answer = mustBeTaken(await imported(entries));
		expect(v.parse(JournalImportAnswer, answer)).toEqual(answer);
		expect(answer.rows.map(inShort)).toEqual(['issued', 'issued']);
		expect(answer.rows.map((row) => row.taken && row.outcome.sealed)).toEqual([null, null]);
		expect(answer.journal).toEqual(till.head);
		expect(mustBeTaken(await imported(entries)).rows.map(inShort)).toEqual(['issued', 'issued']);
		expect(await floatOf(shop.backend, counter)).toBe(890_000);
		const sold = await shop.backend.database.selectFrom('vend').select('terminal_id').execute();
		expect(sold).toEqual([{ terminal_id: 'T-101' }, { terminal_id: 'T-101' }]);
		const deed = await shop.backend.database
			.selectFrom('audit_event')
			.select('actor')
			.where('action', '=', 'till-journal-imported')
			.executeTakeFirstOrThrow();
		expect(deed.actor).toBe(`operator:${office.operatorId}`);
	});

	it('of another utility is not there', async () => {
		const entries = [await till.sale(KITCHEN, 50_000)];
		const stranger = { ...office, utilityId: 'hilltop' };
		expect(await imported(entries, stranger)).toEqual({ refusal: 'not-found' });
		till = new JournalTill(shop, counter);
		expect(await imported([await till.sale(KITCHEN, 50_000)])).toEqual({ refusal: 'not-found' });
		expect(await shop.backend.database.selectFrom('till_entry').select('id').execute()).toEqual([]);
		expect(await deeds(shop.backend)).not.toContain('till-journal-imported');
	});

	it('of a till that was replaced goes on where it was', async () => {
		const [first, second] = [await till.sale(KITCHEN, 50_000), await till.sale(KITCHEN, 60_000)];
		await till.handIn([first]);
		const next = await new JournalTill(shop, counter).enrol();
		expect(await next.verdicts([second])).toEqual(['! journal-other-till']);
		expect(mustBeTaken(await imported([first, second])).rows.map(inShort)).toEqual([
			'issued',
			'issued',
		]);
		expect(await next.verdicts([await next.sale(KITCHEN, 50_000)])).toEqual(['issued']);
	});

	it('of a till that was replaced ends no shift that is being sold in, and is in none of its', async () => {
		const shiftOf = (device: JournalTill, batchId: string) => {
			device.shiftId = batchId;
			const request = { kind: 'shift' as const, parentId: null, operatorId: counter.operatorId };
			return device.write('batch-opened', { batchId, request });
		};
		const late = [shiftOf(till, newId()), await till.provisional(KITCHEN, 50_000)];
		const next = await new JournalTill(shop, counter).enrol();
		const now = newId();
		expect(await next.verdicts([shiftOf(next, now)])).toEqual(['done']);
		expect(mustBeTaken(await imported(late)).rows.map(inShort)).toEqual([
			'refused batch-open',
			'issued',
		]);
		expect(mustBeTaken(await readBatch(shop.backend, counter.caller, now)).state).toBe('open');
		const none = { count: 0, amountMinor: 0 };
		const totals = {
			...{
				sold: { count: 1, amountMinor: 10_000, energyDeciKwh: 0 },
				byPayType: [],
				byOperator: [],
			},
			...{ byTransactionType: [], byResource: [], unfinished: none, refused: none, reversed: none },
		};
		const cash = [{ denominationMinor: 10_000, count: 1 }];
		const request = { cash, others: [], reference: null };
		const sold = await next.sale(WORKSHOP, 10_000);
		const closing = next.write('batch-closed', { batchId: now, request, totals });
		expect(await next.verdicts([sold, closing])).toEqual(['issued', 'done']);
		const { counted } = mustBeTaken(await readBatch(shop.backend, counter.caller, now));
		expect(counted?.differences).toMatchObject([{ payType: 'cash', differenceMinor: 0 }]);
	});

	it('of a till that was suspended is taken as far as it fits', async () => {
		const first = await till.sale(KITCHEN, 50_000);
		await till.handIn([first]);
		const rest = await till.sale(WORKSHOP, 60_000);
		till.head = EMPTY_JOURNAL;
		const other = await till.sale(KITCHEN, 70_000);
		expect(await till.verdicts([other])).toEqual(['! journal-fork']);
		expect(mustBeTaken(await imported([first, other, rest])).rows.map(inShort)).toEqual([
			'issued',
			'! journal-fork',
			'issued',
		]);
		const alarms = await shop.backend.database.selectFrom('till_alarm').select('kind').execute();
		expect(alarms).toEqual([{ kind: 'rolled-back' }]);
	});

	it('has the rows that are not its till’s refused', async () => {
		const good = await till.sale(KITCHEN, 50_000);
		const changed = { ...good, atMs: good.atMs + 1 };
		const answer = mustBeTaken(
			await imported([null, changed, { ...good, deviceId: newId() }, good]),
		);
		expect(answer.rows.map(inShort)).toEqual([
			'! body-shape',
			'! journal-signature',
			'! journal-other-till',
			'issued',
		]);
	});
});
