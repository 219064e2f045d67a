/** A till's journal as the backend takes it: in its order, each entry once, whatever is lost on the way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { JournalBatchAnswer } from '#lib/core/sync/wire-till.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { DEFAULT_ACCESS } from '#lib/server/access/settings.ts';
import { withCheckDigit } from '#lib/server/seed/demo-meter.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { finishVends } from '#lib/server/vend/recovery.ts';
import { JOURNAL_TIME_MS } from '#lib/server/till/take-rows.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, floatSaleOf, type Counter } from '../harness/counter.ts';
import { CLAIM_CODE, inShort, type JournalTill, openTillShop } from '../harness/journal-till.ts';
import {
	digitsOf,
	KITCHEN,
	mustBeTaken,
	newId,
	STEPS,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

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

const entriesHere = () =>
	shop.backend.database
		.selectFrom('till_entry')
		.select(['sequence', 'kind'])
		.orderBy('sequence')
		.execute();
const entry = (given: unknown) => ({ what: 'entry' as const, entry: given });
const vends = () => shop.backend.database.selectFrom('vend').select('id').execute();

describe('a till’s journal', () => {
	it('is taken in its order, and each sale is a vend whose token only its operator can open', async () => {
		const entries = [
			await till.sale(KITCHEN, 50_000),
			await till.provisional(WORKSHOP, 60_000),
			await till.sale(STEPS, 70_000),
		];
		const answer = await till.post(entries.map(entry));
		expect(v.parse(JournalBatchAnswer, answer)).toEqual(answer);
		expect(answer.rows.map(inShort)).toEqual(['issued', 'issued', 'issued']);
		expect(answer.status).toMatchObject({
			floatMinor: 820_000,
			journal: till.head,
			state: 'active',
		});
		const vend = await till.open(
			answer.rows[1]?.taken === true ? answer.rows[1].outcome.sealed : null,
		);
		expect(vend).toMatchObject({ id: entries[1]?.id, state: 'issued' });
		expect(digitsOf(vend)).toMatch(/^\d{20}$/);
		expect(JSON.stringify(answer)).not.toContain(digitsOf(vend));
		expect(await floatOf(shop.backend, counter)).toBe(820_000);
	});

	it('sends the token of a provisional sale to the phone that its customer gave, once', async () => {
		const request = { notifyPhone: '+254711222333' };
		const sold = await till.provisional(KITCHEN, 50_000, { request });
		const refused = await till.provisional(WORKSHOP, 10_000_000, { request });
		await sendMessages(shop.backend);
		expect(shop.messenger.sent).toEqual([]);
		const [row] = await till.handIn([sold, refused]);
		const digits = digitsOf(await till.open(row?.taken === true ? row.outcome.sealed : null));
		expect(await till.verdicts([sold, refused])).toEqual(['issued', 'refused offline-sale-cap']);
		await sendMessages(shop.backend);
		expect(shop.messenger.sent).toMatchObject([{ phone: '+254711222333' }]);
		expect(shop.messenger.sent[0]?.text.replace(/\D/g, '')).toContain(digits);
	});

	it('is taken once, however often it comes', async () => {
		const entries = [await till.sale(KITCHEN, 50_000), await till.provisional(WORKSHOP, 60_000)];
		const first = await till.handIn(entries);
		const again = await till.handIn([...entries, ...entries]);
		const opened = async (rows: typeof first) =>
			await Promise.all(
				rows.map(async (row) => await till.open(row.taken ? row.outcome.sealed : null)),
			);
		expect(await opened(again)).toEqual([...(await opened(first)), ...(await opened(first))]);
		expect((await vends()).length).toBe(2);
		expect(await entriesHere()).toHaveLength(2);
	});

	it('is taken once when it comes twice at the same time', async () => {
		const entries = [
			await till.sale(KITCHEN, 50_000),
			await till.sale(KITCHEN, 60_000),
			await till.provisional(WORKSHOP, 60_000),
		];
		const both = await Promise.all([1, 2, 3].map(() => till.handIn(entries)));
		for (const rows of both)
			for (const row of rows) expect(inShort(row)).toMatch(/^(?:issued|issuing)$/);
		expect(await till.verdicts(entries)).toEqual(['issued', 'issued', 'issued']);
		expect(await floatOf(shop.backend, counter)).toBe(830_000);
		expect((await vends()).length).toBe(3);
	});

	it('goes on where an answer was lost', async () => {
		const [first, second] = [await till.sale(KITCHEN, 50_000), await till.sale(KITCHEN, 60_000)];
		await till.handIn([first]);
		expect(await till.verdicts([first, second])).toEqual(['issued', 'issued']);
		expect(await till.verdicts([second])).toEqual(['issued']);
	});

	it('has a gap named, and takes nothing after it', async () => {
		const entries = [
			await till.sale(KITCHEN, 50_000),
			await till.sale(KITCHEN, 60_000),
			await till.sale(KITCHEN, 70_000),
		];
		const rows = await till.handIn([entries[0], entries[2]]);
		expect(rows.map(inShort)).toEqual(['issued', '! journal-gap']);
		expect(rows[1]).toMatchObject({ sequence: 3, problem: { facts: { expected: 2 } } });
		expect(await till.verdicts(entries.slice(1))).toEqual(['issued', 'issued']);
	});

	it('goes on over an entry that is damaged on the device, and the office is told', async () => {
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		const damaged = await till.sale(KITCHEN, 60_000);
		const missing = { what: 'missing' as const, missing: { ...till.head } };
		const next = await till.sale(WORKSHOP, 70_000);
		const answer = await till.post([missing, entry(next)]);
		const verdicts = ['refused entry-damaged', 'issued'];
		expect(answer.rows.map(inShort)).toEqual(verdicts);
		expect((await till.post([missing, entry(next)])).rows.map(inShort)).toEqual(verdicts);
		const alarms = await shop.backend.database.selectFrom('till_alarm').selectAll().execute();
		expect(alarms).toMatchObject([{ kind: 'missing', sequence: 2, entry_id: null }]);
		// Found again, it is what was said to be missing.
		expect(await till.verdicts([damaged])).toEqual(['issued']);
		expect(await till.verdicts([damaged, next])).toEqual(['issued', 'issued']);
		expect(await floatOf(shop.backend, counter)).toBe(820_000);
	});

	it('says what has become of an entry that is missing on the device only', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		const missing = { what: 'missing' as const, missing: { ...till.head } };
		await till.handIn([sale]);
		const { rows } = await till.post([missing]);
		expect(rows.map(inShort)).toEqual(['issued']);
		const [row] = rows;
		expect(await till.open(row?.taken ? row.outcome.sealed : null)).toMatchObject({ id: sale.id });
		expect(await shop.backend.database.selectFrom('till_alarm').selectAll().execute()).toEqual([]);
	});

	it('lets only the next entry be missing', async () => {
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		const missing = (sequence: number) => ({
			what: 'missing' as const,
			missing: { sequence, hash: 'ab'.repeat(32) },
		});
		const { rows } = await till.post([missing(1), missing(3), missing(7)]);
		expect(rows.map(inShort)).toEqual(['! journal-gap', '! journal-gap', '! journal-gap']);
		expect(await till.verdicts([await till.sale(KITCHEN, 60_000)])).toEqual(['issued']);
	});

	it('has each bad row refused by name', async () => {
		const good = await till.sale(KITCHEN, 50_000);
		const rest: unknown[] = [null, 'text', {}, [], 7, { ...good, more: 1 }, { ...good, id: 'x' }];
		const shapes = [...rest, { ...good, content: { ...good.content, sealed: '\ud800' } }];
		expect(await till.verdicts([...shapes, good])).toEqual([
			...shapes.map(() => '! body-shape'),
			'issued',
		]);
	});

	it('takes a sale that cannot be read, and refuses that one alone', async () => {
		const notOnCurve = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
		const entries = [
			till.write('sale', { batchId: till.shiftId, sealed: 'rubbish' }),
			await till.sale(KITCHEN, 50_000, { sealed: { answerTo: notOnCurve } }),
			await till.sale(KITCHEN, 50_000, { sealed: { more: 1 } }),
			await till.sale(KITCHEN, 50_000, { request: { operatorId: newId() } }),
			await till.sale(KITCHEN, 50_000),
		];
		const verdicts = [
			...Array.from({ length: 3 }, () => 'refused sale-unreadable'),
			'refused not-allowed',
			'issued',
		];
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect(await till.verdicts(entries)).toEqual(verdicts);
	});

	it('sells at the price of the moment what was estimated, and nothing else', async () => {
		const energyDeciKwh = 1_000_000;
		const agreed = { energyDeciKwh, tariff: { id: 'domestic-flat', version: 1 } };
		const entries = [
			await till.sale(KITCHEN, 50_000, { request: { agreed } }),
			await till.provisional(KITCHEN, 50_000, { request: { agreed } }),
		];
		expect(await till.verdicts(entries)).toEqual(['refused price-changed', 'issued']);
	});

	it('lets a sale wait for the float, and the ones after it go by', async () => {
		const { database } = shop.backend;
		const entries = [
			await till.sale(KITCHEN, 900_000),
			await till.sale(WORKSHOP, 200_000),
			await till.sale(STEPS, 50_000),
		];
		expect(await till.verdicts(entries)).toEqual(['issued', 'waiting float-exhausted', 'issued']);
		await database
			.updateTable('vendor')
			.set({ credit_limit_minor: 500_000 })
			.where('id', '=', counter.caller.vendorId)
			.execute();
		expect(await till.verdicts(entries)).toEqual(['issued', 'issued', 'issued']);
	});

	it('refuses an id that is another vend’s', async () => {
		const id = newId();
		const request = floatSaleOf(counter, KITCHEN, 50_000);
		mustBeTaken(await requestVend(shop.backend, counter.caller, id, request));
		expect(await till.verdicts([await till.sale(KITCHEN, 60_000, { id })])).toEqual([
			'refused id-reused',
		]);
		const other = await till.sale(KITCHEN, 60_000);
		const twice = await till.sale(KITCHEN, 60_000, { id: other.id });
		expect(await till.verdicts([other, twice])).toEqual(['issued', '! id-reused']);
	});

	it('begins nothing that the till would not wait for', async () => {
		const entries = [await till.sale(KITCHEN, 50_000), await till.sale(KITCHEN, 60_000)];
		const times = [0, JOURNAL_TIME_MS];
		const { rows } = await till.post(entries.map(entry), shop.backend, () => times.shift() ?? 0);
		expect(rows.map(inShort)).toEqual(['issued', '! batch-not-reached']);
		expect(await till.verdicts(entries)).toEqual(['issued', 'issued']);
	});

	it('is no cheap way to try meter numbers', async () => {
		const backend = { ...shop.backend, access: DEFAULT_ACCESS };
		const entries = [];
		for (let at = 0; at < 40; at += 1)
			entries.push(await till.sale(withCheckDigit(`99${String(at).padStart(8, '0')}`), 50_000));
		const verdicts = (await till.handIn(entries, backend)).map(inShort);
		expect(verdicts.slice(0, 20)).toEqual(verdicts.slice(0, 20).map(() => 'refused meter-unknown'));
		expect(verdicts.slice(25)).toEqual(verdicts.slice(25).map(() => 'waiting too-many-requests'));
	});

	it('yields the same token after a crash at any place', async () => {
		const entries = [await till.sale(KITCHEN, 50_000), await till.sale(WORKSHOP, 60_000)];
		shop.module.behaviour = 'answers late';
		expect(await till.verdicts(entries)).toEqual(['issuing', 'issuing']);
		shop.module.behaviour = 'answers';
		const after = shop.reopened();
		await finishVends(after, 0);
		expect((await till.handIn(entries, after)).map(inShort)).toEqual(['issued', 'issued']);
		expect(
			new Set(shop.module.orders.map(({ requestId, tid }) => `${requestId} ${tid}`)).size,
		).toBe(2);
		expect(await floatOf(shop.backend, counter)).toBe(890_000);
	});

	it('has an entry carried out that was only taken when the server ended', async () => {
		const entries = [await till.sale(KITCHEN, 50_000), await till.sale(WORKSHOP, 60_000)];
		// Both have their places; neither was begun.
		await till.post(entries.map(entry), shop.backend, () => JOURNAL_TIME_MS);
		expect(await entriesHere()).toHaveLength(2);
		expect(await vends()).toEqual([]);
		const after = shop.reopened();
		expect((await till.handIn(entries, after)).map(inShort)).toEqual(['issued', 'issued']);
	});

	it('waits when the house itself fails', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		const broken = {
			...shop.backend,
			permit: { ...shop.backend.permit, refusal: () => ({ refusal: 'database-older' as const }) },
		};
		expect((await till.handIn([sale], broken)).map(inShort)).toEqual(['waiting database-older']);
		const throwing = {
			...shop.backend,
			permit: {
				...shop.backend.permit,
				refusal: () => {
					throw new Error('as told');
				},
			},
		};
		expect((await till.handIn([sale], throwing)).map(inShort)).toEqual(['waiting internal-error']);
		expect(await till.verdicts([sale])).toEqual(['issued']);
	});

	it('says nothing that is secret in the database, a log or an alarm', async () => {
		const sale = await till.provisional(KITCHEN, 50_000, {
			request: { notifyPhone: '+254700111222' },
		});
		const [row] = await till.handIn([sale]);
		const digits = digitsOf(await till.open(row?.taken === true ? row.outcome.sealed : null));
		const { database } = shop.backend;
		const texts = JSON.stringify([
			await database.selectFrom('till_entry').selectAll().execute(),
			await database.selectFrom('till_alarm').selectAll().execute(),
			await database.selectFrom('till_outcome').selectAll().execute(),
			shop.lines,
		]);
		const claimCode = CLAIM_CODE.slice(0, 8);
		for (const secret of [digits, KITCHEN, claimCode, '+254700111222'])
			expect(texts).not.toContain(secret);
		const [claim] = await database.selectFrom('claim').selectAll().execute();
		expect(claim).toMatchObject({ sale_id: sale.id, amount_minor: 50_000, drn: KITCHEN });
		expect(JSON.stringify(claim)).not.toContain(claimCode);
	});
});
