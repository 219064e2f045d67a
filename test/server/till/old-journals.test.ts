/**
 * Entries that every earlier version of the app wrote, read and carried out by the backend of today: what a till
 * has kept through an update still sells.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_JOURNAL, headAt } from '#lib/core/sync/journal-chain.ts';
import { TILL_JOURNAL_SCHEMA, type SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { TILL_KINDS } from '#lib/core/vending/till-kinds.ts';
import { handInJournal } from '#lib/server/till/hand-in.ts';
import { readRows } from '#lib/server/till/read-rows.ts';
import { saleKeyOf } from '#lib/server/till/sale-key.ts';
import { frozenDatabases } from '../../browser/store/old-rows/old-rows.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, openCounter, type Counter } from '../harness/counter.ts';
import { allowQueue, inShort } from '../harness/journal-till.ts';
import { GUEST, mustBeTaken, openShop, type Shop } from '../harness/shop.ts';
import { oldJournals, type OldJournal } from './old-journals/old-journals.ts';

const journals = oldJournals();
const headOf = (device: Pick<OldJournal, 'deviceId' | 'terminalId' | 'signing'>) => ({
	...{ device_id: device.deviceId, terminal_id: device.terminalId },
	signing_key: JSON.stringify(device.signing),
});
const rowsOf = (entries: readonly SignedTillEntry[]) =>
	entries.map((entry) => ({ what: 'entry', entry }) as const);

describe('entries in a till’s database of an earlier version', () => {
	for (const old of frozenDatabases())
		it(`${old.database}, entries ${old.entrySchema}, are what the backend reads`, async () => {
			const kept = old.rows['entries'] as { hash: string; entry: SignedTillEntry }[];
			const entries = kept.map(({ entry }) => entry);
			const head = headOf({ ...old, terminalId: entries[0]?.terminalId ?? '' });
			const saleKey = await saleKeyOf(journals[0]?.saleKey ?? '');
			const read = await readRows(saleKey, head, rowsOf(entries));
			expect(read.map((row) => (row.what === 'entry' ? row.hash : row))).toEqual(
				kept.map(({ hash }) => hash),
			);
			const other = { ...head, signing_key: JSON.stringify(journals[0]?.signing) };
			expect(await readRows(saleKey, other, rowsOf(entries.slice(0, 1)))).toMatchObject([
				{ what: 'refused', refusal: { refusal: 'journal-signature' } },
			]);
		});
});

describe('journals of earlier versions', () => {
	it('were frozen for every version of the entries, with every kind', () => {
		expect(journals.map(({ entrySchema }) => entrySchema)).toEqual(
			Array.from({ length: TILL_JOURNAL_SCHEMA }, (_, before) => before + 1),
		);
		for (const { entries } of journals)
			expect([...new Set(entries.map(({ entry }) => entry.kind))].sort()).toEqual(
				[...TILL_KINDS].sort(),
			);
	});
});

describe.each(journals)('a journal with entries of version $entrySchema', (old) => {
	let shop: Shop;
	let counter: Counter;
	beforeEach(async () => {
		shop = await openShop();
		counter = await openCounter(shop.backend, { terminalId: old.terminalId });
		await allowQueue(shop, counter);
		await enrolAsThen();
	});
	afterEach(async () => {
		expect(await whatIsWrong(shop.backend.database)).toEqual([]);
		await shop.dispose();
	});

	/** The terminal's device is the one that wrote the journal, and its operator is still there. */
	async function enrolAsThen(): Promise<void> {
		const { database } = shop.backend;
		const { vendorId, terminalId, utilityId } = counter.caller;
		await database
			.insertInto('till_head')
			.values({ ...headOf(old), utility_id: utilityId, ...EMPTY_JOURNAL })
			.execute();
		await database
			.updateTable('terminal')
			.set({
				...{ device_id: old.deviceId, journal_state: 'active' },
				public_key: JSON.stringify(old.signing),
			})
			.where('id', '=', terminalId)
			.execute();
		await database
			.insertInto('operator')
			.values({
				...{ id: old.operatorId, utility_id: GUEST.utilityId, login: 'then', name: 'Then' },
				...{ roles: '["agent"]', vendor_id: vendorId, state: 'active' },
			})
			.execute();
		shop.clock.ms += 3_600_000;
	}

	it('is opened to what was sealed then, to the letter', async () => {
		const saleKey = await saleKeyOf(old.saleKey);
		const entries = old.entries.map(({ entry }) => entry);
		const read = await readRows(saleKey, headOf(old), rowsOf(entries));
		for (const [at, { entry, holds }] of old.entries.entries()) {
			const row = read[at];
			expect(row).toMatchObject({ what: 'entry', hash: headAt(entry).hash });
			if (entry.kind === 'sale') expect(row).toMatchObject({ sale: holds });
		}
	});

	it('is carried out: what was promised is sold, and what was told is written down', async () => {
		const backend = { ...shop.backend, saleKey: await saleKeyOf(old.saleKey) };
		const entries = old.entries.map(({ entry }) => entry);
		const before = await floatOf(backend, counter);
		const handed = await handInJournal(backend, counter.caller, { rows: rowsOf(entries) }, () => 0);
		const { rows, status } = mustBeTaken(handed);
		const said = rows.map((row, at) => `${entries[at]?.kind}: ${inShort(row)}`);
		expect(said).toEqual([
			...['batch-opened: done', 'sale: issued', 'sale: issued'],
			...['sale: refused meter-check-digit', 'sale: issued'],
			// It is no sealed token of this backend's: read all the same, and answered by name.
			...['reveal: refused reserve-unknown', 'reserve-ended: refused reserve-unknown'],
			...['refund-paid: done', 'reprint: done', 'batch-closed: done'],
		]);
		expect(status.journal).toEqual(headAt(entries.at(-1) as SignedTillEntry));
		expect(await floatOf(backend, counter)).toBe(before - 100_000);
	});
});
