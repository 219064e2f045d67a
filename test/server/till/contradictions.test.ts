/** A journal that is not its device's, was changed, or contradicts itself: refused by name, and its till ended. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_JOURNAL, entryHash } from '#lib/core/sync/journal-chain.ts';
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { TillAlarmList } from '#lib/core/sync/wire-till.ts';
import * as v from 'valibot';
import { decideEntry, decideMissing } from '#lib/server/till/decide-row.ts';
import { listAlarms } from '#lib/server/till/alarms.ts';
import { terminalOfSignature } from '#lib/server/access/terminal-signature.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import '../../harness/seed.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter, type Counter } from '../harness/counter.ts';
import { JournalTill, openTillShop } from '../harness/journal-till.ts';
import { deeds } from '../harness/people.ts';
import { GUEST, KITCHEN, newId, WORKSHOP, type Shop } from '../harness/shop.ts';
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
const alarms = async () => (await listAlarms(shop.backend, office, {})).alarms;
const stateOfTill = async () => {
	const { journal_state } = await shop.backend.database
		.selectFrom('terminal')
		.select('journal_state')
		.where('id', '=', counter.caller.terminalId)
		.executeTakeFirstOrThrow();
	return journal_state;
};

describe('an entry of another till', () => {
	it('is refused, whoever hands it in', async () => {
		const wishes = [{ deviceId: newId() }, { terminalId: 'T-999' }];
		for (const wish of wishes)
			expect(await till.verdicts([await till.sale(KITCHEN, 50_000, wish)])).toEqual([
				'! journal-other-till',
			]);
		const others = await openCounter(shop.backend, { vendorId: 'kiosk', terminalId: 'T-102' });
		const other = await new JournalTill(shop, others).enrol();
		const theirs = await other.sale(KITCHEN, 50_000);
		expect(await till.verdicts([theirs])).toEqual(['! journal-other-till']);
		expect(await other.verdicts([theirs])).toEqual(['issued']);
		expect(await alarms()).toEqual([]);
	});

	it('is not the till’s any more after another enrolment', async () => {
		const old = await till.sale(KITCHEN, 50_000);
		const next = await new JournalTill(shop, counter).enrol();
		expect(await next.verdicts([old])).toEqual(['! journal-other-till']);
		expect(await next.verdicts([await next.sale(KITCHEN, 50_000)])).toEqual(['issued']);
	});

	it('is refused where the till keeps no journal', async () => {
		const { database } = shop.backend;
		await database
			.updateTable('terminal')
			.set({ device_id: null, journal_state: null })
			.where('id', '=', counter.caller.terminalId)
			.execute();
		expect(await till.verdicts([await till.sale(KITCHEN, 50_000)])).toEqual([
			'! journal-other-till',
		]);
	});
});

describe('an entry that was changed', () => {
	it('is refused, whatever character of it', async () => {
		const good = await till.sale(KITCHEN, 50_000);
		const text = JSON.stringify(good);
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: text.length - 1 }),
				fc.integer({ min: 32, max: 126 }),
				async (at, code) => {
					const character = String.fromCharCode(code);
					fc.pre(text[at] !== character);
					const changed = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
					let entry: unknown;
					try {
						entry = JSON.parse(changed);
					} catch {
						return;
					}
					// The last character of a signature has bits that say nothing.
					fc.pre(!isSame(entry, good));
					const [verdict] = await till.verdicts([entry]);
					expect(['! body-shape', '! journal-other-till', '! journal-signature']).toContain(
						verdict,
					);
				},
			),
			{ numRuns: 300 },
		);
		expect(await till.verdicts([good])).toEqual(['issued']);
		expect(await alarms()).toEqual([]);
	});

	const isSame = (entry: unknown, good: SignedTillEntry): boolean => {
		if (typeof entry !== 'object' || entry === null || !('signature' in entry)) return false;
		const { signature } = entry;
		if (typeof signature !== 'string') return false;
		const octets = (text: string) => Buffer.from(text, 'base64url').toString('hex');
		return (
			octets(signature) === octets(good.signature) &&
			entryHash(entry as SignedTillEntry) === entryHash(good)
		);
	};

	it('is refused when another key signed it', async () => {
		const stranger = new JournalTill(shop, counter, till.deviceId);
		expect(await till.verdicts([await stranger.sale(KITCHEN, 50_000)])).toEqual([
			'! journal-signature',
		]);
	});
});

describe('a journal that contradicts itself', () => {
	it('ends at the first entry of a device that was put back to an older state', async () => {
		const first = await till.sale(KITCHEN, 50_000);
		const backup = till.head;
		const second = await till.sale(KITCHEN, 60_000);
		await till.handIn([first, second]);
		till.head = backup;
		const other = await till.sale(WORKSHOP, 70_000);
		const next = await till.sale(WORKSHOP, 70_000);
		expect(await till.verdicts([other, next])).toEqual(['! journal-fork', '! journal-suspended']);
		expect(await till.verdicts([second, next])).toEqual([
			'! journal-suspended',
			'! journal-suspended',
		]);
		const listed = { alarms: await alarms(), next: null };
		expect(v.parse(TillAlarmList, listed)).toEqual(listed);
		expect(listed.alarms).toMatchObject([
			{ kind: 'rolled-back', sequence: 2, entryId: other.id, deviceId: till.deviceId },
		]);
		const kept = await shop.backend.database
			.selectFrom('till_alarm')
			.select('entry')
			.executeTakeFirstOrThrow();
		expect(JSON.parse(kept.entry ?? '')).toEqual(other);
		expect(await deeds(shop.backend)).toContain('till-alarm-rolled-back');
		expect(await stateOfTill()).toBe('suspended');
		expect((await till.post([])).status).toMatchObject({ state: 'suspended' });
	});

	it('ends where a device was put back to the very beginning', async () => {
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		till.head = EMPTY_JOURNAL;
		expect(await till.verdicts([await till.sale(KITCHEN, 60_000)])).toEqual(['! journal-fork']);
		expect(await alarms()).toMatchObject([{ kind: 'rolled-back', sequence: 1 }]);
	});

	it('ends where two devices with one key have both gone on', async () => {
		const first = await till.sale(KITCHEN, 50_000);
		const before = till.head;
		const ours = [await till.sale(KITCHEN, 60_000), await till.sale(KITCHEN, 70_000)];
		till.head = before;
		await till.sale(WORKSHOP, 60_000);
		const [late, later] = [await till.sale(WORKSHOP, 70_000), await till.sale(WORKSHOP, 80_000)];
		expect(await till.verdicts([first, ...ours])).toEqual(['issued', 'issued', 'issued']);
		expect(await till.verdicts([late, later])).toEqual(['! journal-fork', '! journal-suspended']);
		expect(await alarms()).toMatchObject([{ kind: 'fork', sequence: 3, entryId: late.id }]);
	});

	it('ends where the next entry follows another than the last', async () => {
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		till.head = { sequence: 1, hash: 'ab'.repeat(32) };
		expect(await till.verdicts([await till.sale(KITCHEN, 60_000)])).toEqual(['! journal-fork']);
		expect(await alarms()).toMatchObject([{ kind: 'fork', sequence: 1 }]);
	});

	it('is told from a journal that is handed in again', async () => {
		const entries = [await till.sale(KITCHEN, 50_000), await till.sale(KITCHEN, 60_000)];
		await till.handIn(entries);
		expect(await till.verdicts([...entries].reverse())).toEqual(['issued', 'issued']);
		expect(await till.verdicts(entries)).toEqual(['issued', 'issued']);
		expect(await alarms()).toEqual([]);
		expect(await stateOfTill()).toBe('active');
	});

	it('sells no more in any way until the till is enrolled anew', async () => {
		const signing = await enrolledTill(shop.backend, counter.caller.terminalId, {
			id: counter.caller.vendorId,
		});
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		till.head = EMPTY_JOURNAL;
		await till.handIn([await till.sale(KITCHEN, 60_000)]);
		const url = `http://localhost/api/v1/vends/${newId()}`;
		const signer = async () =>
			await terminalOfSignature(shop.backend, {
				request: signing.request('GET', url),
				url: new URL(url),
				text: '',
			});
		expect(await signer()).toMatchObject({ terminalId: 'T-101', isSuspended: true });
		const sell = async () => {
			const caller = { ...counter.caller, ...(await signer()) };
			return await requestVend(
				shop.backend,
				caller,
				newId(),
				floatSaleOf(counter, KITCHEN, 50_000),
			);
		};
		expect(await sell()).toEqual({ refusal: 'journal-suspended' });
		const next = await new JournalTill(shop, counter).enrol();
		expect(await next.verdicts([await next.sale(KITCHEN, 50_000)])).toEqual(['issued']);
		expect((await next.post([])).status).toMatchObject({ state: 'active' });
	});

	it('is found once when two contradictions come at the same time', async () => {
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		till.head = EMPTY_JOURNAL;
		const one = await till.sale(KITCHEN, 60_000);
		till.head = EMPTY_JOURNAL;
		const two = await till.sale(KITCHEN, 70_000);
		await Promise.all([till.handIn([one]), till.handIn([two])]);
		expect(await alarms()).toHaveLength(1);
	});
});

describe('where a row stands', () => {
	const hash = (at: number) => String(at).repeat(64);
	const places = new Map([
		[1, { hash: hash(1), isMissing: false }],
		[2, { hash: hash(2), isMissing: true }],
		[3, { hash: hash(3), isMissing: false }],
	]);
	const head = { sequence: 3, hash: hash(3) };
	const entry = (sequence: number, previous: number, own: number) =>
		decideEntry(head, places, { sequence, previousHash: hash(previous) }, hash(own));

	it.each([
		['known', entry(1, 0, 1), { standing: 'known' }],
		['found', entry(2, 1, 2), { standing: 'found' }],
		['next', entry(4, 3, 4), { standing: 'next' }],
		['a gap', entry(6, 5, 6), { standing: 'gap', expected: 4 }],
		['rolled back', entry(3, 2, 9), { standing: 'contradicts', as: 'rolled-back', sequence: 3 }],
		['to the start', entry(1, 0, 9), { standing: 'contradicts', as: 'rolled-back', sequence: 1 }],
		['forked before', entry(3, 8, 9), { standing: 'contradicts', as: 'fork', sequence: 3 }],
		['forked at the head', entry(4, 8, 9), { standing: 'contradicts', as: 'fork', sequence: 3 }],
	])('%s', (_, found, expected) => {
		expect(found).toEqual(expected);
	});

	it('lets the next one be missing, and no other', () => {
		const missing = (sequence: number, own: number) =>
			decideMissing(head, places, { sequence, hash: hash(own) });
		expect(missing(4, 4)).toBe('next');
		expect(missing(2, 2)).toBe('known');
		expect(missing(1, 1)).toBe('known');
		expect(missing(2, 7)).toEqual({ expected: 4 });
		expect(missing(5, 5)).toEqual({ expected: 4 });
	});
});
