import { describe, expect, it } from 'vitest';
import type { OfficeTillsApi } from '#lib/browser/api/office-tills.ts';
import type { TerminalAnswer } from '#lib/core/sync/wire-terminals.ts';
import type { VendorAnswer } from '#lib/core/sync/wire-vendors.ts';
import { Agent } from '#lib/ui/office/agents/agent.svelte.ts';
import { officeJournals } from '#lib/core/words/en/office-journals.ts';
import { alarmView } from '#lib/ui/office/journals/alarm-view.ts';
import { reserveRow } from '#lib/ui/office/journals/reserve-rows.ts';
import { Pages } from '#lib/ui/office/pages.svelte.ts';
import { decideNewTill } from '#lib/ui/office/tills/new-till.ts';
import { tillRow } from '#lib/ui/office/tills/till-rows.ts';
import { Tills } from '#lib/ui/office/tills/tills.svelte.ts';
import { RESERVE_STATES } from '#lib/core/sync/wire-reserves.ts';
import { TILL_ALARMS } from '#lib/core/sync/wire-till.ts';
import { answered, refused, unanswered } from './outcomes.ts';

const till = (id: string, more: Partial<TerminalAnswer> = {}): TerminalAnswer => ({
	...{ id, vendorId: 'corner', name: `Till ${id}`, state: 'active' },
	...{ enrolledAtMs: 1, codeExpiresAtMs: null },
	...more,
});
const vendor = (id: string): VendorAnswer => ({
	...{ id, name: id.toUpperCase(), state: 'active', currency: { code: 'KES', minorDigits: 2 } },
	...{ floatMinor: 0, creditLimitMinor: 0, availableMinor: 0 },
	...{ commissionBasisPoints: 0, blindVend: false },
});
const moment = (atMs: number): string => `at ${atMs}`;
const apiOf = (api: Partial<OfficeTillsApi>): OfficeTillsApi => api as OfficeTillsApi;

describe('tills at the office', () => {
	it('are listed by their numbers, with vendors of all pages', async () => {
		const tills = new Tills(
			apiOf({
				listVendors: async (after) =>
					answered({ vendors: [vendor(after ?? 'a')], next: after === null ? 'b' : null }),
				listTills: async () => answered({ terminals: [till('T-10'), till('T-9')] }),
			}),
			() => {},
		);
		await tills.read();
		expect(tills.list?.map(({ id }) => id)).toEqual(['T-9', 'T-10']);
		expect(tills.vendors.map(({ id }) => id)).toEqual(['a', 'b']);
	});

	it('show a code until it is put away, and none when none was made', async () => {
		let made: ReturnType<OfficeTillsApi['makeCode']> extends Promise<infer T> ? T : never =
			refused('not-allowed');
		const tills = new Tills(
			apiOf({
				makeCode: async () => made,
				listTills: async () => answered({ terminals: [] }),
			}),
			() => {},
		);
		await tills.makeCode('T-9');
		expect(tills.code).toBeUndefined();
		expect(tills.asking.trouble).toMatchObject({ problem: { code: 'not-allowed' } });
		made = answered({ code: 'ABCD-EFGH', expiresAtMs: 5 });
		await tills.makeCode('T-9');
		expect(tills.code).toEqual({ tillId: 'T-9', code: 'ABCD-EFGH', expiresAtMs: 5 });
		tills.putCodeAway();
		expect(tills.code).toBeUndefined();
	});

	it('stay as they are when a revocation has no answer, and leave the desk when the session ended', async () => {
		let left = '';
		let outcome: typeof unanswered | ReturnType<typeof refused> = unanswered;
		const tills = new Tills(
			apiOf({ revokeTill: async () => outcome }),
			({ code }) => (left = code),
		);
		tills.list = [till('T-9')];
		expect(await tills.revoke('T-9')).toBe(false);
		expect(tills.list[0]?.state).toBe('active');
		expect(tills.asking.trouble).toEqual({ kind: 'no-answer' });
		outcome = refused('session-ended');
		await tills.revoke('T-9');
		expect(left).toBe('session-ended');
	});

	it('tell their state in words, and a code only while it is good', () => {
		const row = (more: Partial<TerminalAnswer>) => tillRow(till('T-9', more), [], 10, moment);
		expect(row({ codeExpiresAtMs: 11 }).note).toBe('code until at 11');
		expect(row({ codeExpiresAtMs: 10 }).note).toBeUndefined();
		expect(row({ state: 'revoked' })).toMatchObject({
			canRevoke: false,
			hasDevice: false,
			tone: 'bad',
		});
		expect(row({ state: 'awaiting-enrolment', enrolledAtMs: null }).enrolled).toBe('never');
		expect(tillRow(till('T-9'), [vendor('corner')], 0, moment).agent).toBe('CORNER');
	});

	it.each([
		[
			{ id: ' t-5 ', vendorId: 'corner', name: ' Two ' },
			{ id: 'T-5', request: { vendorId: 'corner', name: 'Two' } },
		],
		[{ id: 'T-9', vendorId: 'corner', name: 'x' }, { wrong: { id: 'taken' } }],
		[
			{ id: 'T9', vendorId: '', name: '  ' },
			{ wrong: { id: 'id', vendorId: 'agent', name: 'name' } },
		],
		[{ id: 'T-5', vendorId: 'corner', name: 'x'.repeat(81) }, { wrong: { name: 'name' } }],
	])('are made of what was typed where that is one: %j', (typed, decided) => {
		expect(decideNewTill(typed, ['T-9'])).toEqual(decided);
	});
});

describe('what an agent pays in', () => {
	it('keeps its id while it is unknown whether it was taken, and has a new one after that', async () => {
		const ids: string[] = [];
		let lost = true;
		let next = 0;
		const agent = new Agent('corner', {
			api: apiOf({
				readVendor: async () => answered({ ...vendor('corner'), floatMinor: 700 }),
				payIn: async (id, { amountMinor, bankingReference, vendorId, currency }) => {
					ids.push(id);
					if (lost) return unanswered;
					return answered({
						...{ id, vendorId, amountMinor, currency, bankingReference, batchId: null, atMs: 1 },
					});
				},
			}),
			newId: () => String((next += 1)),
			signedOut: () => {},
		});
		agent.vendor = vendor('corner');
		expect(await agent.payIn(700, 'slip')).toBeUndefined();
		await agent.payIn(700, 'slip');
		await agent.payIn(800, 'slip');
		lost = false;
		await agent.payIn(800, 'slip');
		expect(agent.vendor.floatMinor).toBe(700);
		await agent.payIn(800, 'slip');
		expect(ids).toEqual(['1', '1', '2', '2', '3']);
	});
});

describe('lists at the office', () => {
	it('are read page by page, and a page that fails leaves what is shown', async () => {
		let fails = false;
		const pages = new Pages<number>(
			async (after) =>
				fails
					? unanswered
					: answered({
							rows: [Number(after ?? 0)],
							next: after === '2' ? null : String(Number(after ?? 0) + 1),
						}),
			() => {},
		);
		await pages.start();
		fails = true;
		await pages.more();
		expect(pages.rows).toEqual([0]);
		expect(pages.asking.trouble).toEqual({ kind: 'no-answer' });
		fails = false;
		await pages.more();
		await pages.more();
		await pages.more();
		expect(pages.rows).toEqual([0, 1, 2]);
		expect(pages.next).toBeNull();
	});

	it.each(TILL_ALARMS)('say of %s what happened, what it means and what to do', (kind) => {
		const view = alarmView(
			{
				...{ id: 'a', terminalId: 'T-9', vendorId: 'corner', deviceId: 'd', kind, sequence: 1_200 },
				...{ entryId: null, atMs: 5, facts: { code: 'x' } },
			},
			moment,
		);
		expect(view.place).toBe('T-9 · corner · entry 1,200 · at 5');
		for (const text of [view.title, view.happened, view.means, view.next])
			expect(text.length).toBeGreaterThan(5);
		expect(view.facts).toEqual(['code x']);
	});

	it('say of a sealed token for another key that a customer waits, and accuse nobody', () => {
		const facts = { vend: 'v', breach: 'key-changed' };
		const view = (told: Record<string, string>) =>
			alarmView(
				{
					...{ id: 'a', terminalId: 'T-9', vendorId: 'corner', deviceId: 'd', sequence: 1 },
					...{ kind: 'reserve-broken', entryId: null, atMs: 5, facts: told },
				},
				moment,
			);
		expect(view(facts)).toMatchObject(officeJournals.alarms.keyChanged);
		expect(view({ ...facts, breach: 'run-out' })).toMatchObject(
			officeJournals.alarms.kinds['reserve-broken'],
		);
	});

	it('say of money that went back whether a token was made for it', () => {
		const view = (facts: Record<string, string | number>) =>
			alarmView(
				{
					...{ id: 'a', terminalId: 'T-9', vendorId: 'corner', deviceId: 'd', sequence: 1 },
					...{ kind: 'settled-sale', entryId: 'e', atMs: 5, facts },
				},
				moment,
			);
		expect(view({ sale: 's', amountMinor: 5 })).toMatchObject(officeJournals.alarms.refundOfMade);
		expect(view({ amountMinor: 5 })).toMatchObject(officeJournals.alarms.kinds['settled-sale']);
	});

	it.each(RESERVE_STATES)('show a sealed token that is %s, without digits', (state) => {
		const row = reserveRow(
			{
				...{ vendId: 'v', vendorId: 'corner', vendorName: 'Corner shop' },
				...{ terminalId: 'T-9', terminalName: 'Counter', drn: '1', denominationMinor: 100 },
				receiptNumber: 'T-9-000001',
				...{ currency: { code: 'KES', minorDigits: 2 }, state },
				...{ issuedAtMs: 1, expiresAtMs: 2, endedAtMs: state === 'sealed' ? null : 3 },
			},
			moment,
		);
		expect(row.ended).toBe(state === 'sealed' ? undefined : 'at 3');
		expect(row.state).not.toBe('');
	});
});
