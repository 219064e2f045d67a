import { describe, expect, it } from 'vitest';
import type { OfficeApi } from '#lib/browser/api/office.ts';
import type { LoginSessionAnswer } from '#lib/core/sync/wire-people.ts';
import { OfficeDesk } from '#lib/ui/office/desk.svelte.ts';
import { energy } from '#lib/ui/state/language.ts';
import type { Reserve } from '#lib/core/sync/wire-reserves.ts';
import { reserveFacts } from '#lib/ui/office/reserve-facts.ts';
import { wishFacts } from '#lib/ui/office/wish-facts.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { answered, refused } from './outcomes.ts';

const session: LoginSessionAnswer = {
	...{ id: 'one', utilityId: 'lakeside', createdAtMs: 0, expiresAtMs: 1, idleMs: 1 },
	person: {
		...{ kind: 'operator', operatorId: 'a', login: 'clerk', name: 'Neema', vendorId: null },
		roles: ['office-clerk'],
	},
};

/** The person, or the device, would not. */
const NO_PASSKEY = Symbol('no passkey');

/** A service that says yes to everything, but for what is said otherwise. */
function deskWith(api: Partial<OfficeApi>, passkey: unknown = {}): OfficeDesk {
	const given = async () => (passkey === NO_PASSKEY ? undefined : passkey);
	const yes: Partial<OfficeApi> = {
		readSession: async () => answered(session),
		signInByPasskey: async () => answered(session),
		challenge: async () => answered({ challengeId: 'c', expiresAtMs: 1, options: {} }),
		listPasskeys: async () => answered({ passkeys: [] }),
		listProposals: async () => answered({ approvals: [], next: null }),
	};
	return new OfficeDesk({
		api: { ...yes, ...api } as OfficeApi,
		passkeys: {
			present: () => true,
			...{ create: given, assert: given },
		},
	});
}

describe('the office’s desk', () => {
	it('has nobody at it before anybody signed in, which is no trouble', async () => {
		const desk = deskWith({ readSession: async () => refused('sign-in-needed') });
		await desk.start();
		expect(desk.person).toBeNull();
		expect(desk.trouble).toBeUndefined();
	});

	it('knows nothing while the service does not answer', async () => {
		const desk = deskWith({ readSession: async () => ({ kind: 'unknown' }) });
		await desk.start();
		expect(desk.person).toBeUndefined();
		expect(desk.trouble).toEqual({ kind: 'no-answer' });
	});

	it('shows no proposals to whom they are not for', async () => {
		const desk = deskWith({ listProposals: async () => refused('not-allowed') });
		await desk.start();
		expect(desk.person?.kind).toBe('operator');
		expect(desk.proposals).toBeUndefined();
		expect(desk.trouble).toBeUndefined();
	});

	it('says of no passkeys that there are none before they were read', async () => {
		let answer: (list: Awaited<ReturnType<OfficeApi['listPasskeys']>>) => void = () => {};
		const desk = deskWith({ listPasskeys: () => new Promise((resolve) => (answer = resolve)) });
		const starting = desk.start();
		await expect.poll(() => desk.proposals).toEqual([]);
		expect(desk.passkeys).toBeUndefined();
		answer(answered({ passkeys: [] }));
		await starting;
		expect(desk.passkeys).toEqual([]);
	});

	it('knows no passkeys where the service does not say which there are', async () => {
		const desk = deskWith({ listPasskeys: async () => ({ kind: 'unknown' }) });
		await desk.start();
		expect(desk.passkeys).toBeUndefined();
		expect(desk.trouble).toEqual({ kind: 'no-answer' });
	});

	it('is left when the session ends elsewhere, and says so', async () => {
		let ended = false;
		const desk = deskWith({
			listProposals: async () =>
				ended ? refused('session-ended') : answered({ approvals: [], next: null }),
		});
		await desk.start();
		expect(desk.proposals).toEqual([]);
		ended = true;
		await desk.lookAgain();
		expect(desk.person).toBeNull();
		expect(desk.proposals).toBeUndefined();
		expect(desk.trouble).toMatchObject({ problem: { code: 'session-ended' } });
	});

	it('asks nothing more of the service when the device gives no passkey', async () => {
		const desk = deskWith({}, NO_PASSKEY);
		await desk.signInByPasskey();
		expect(desk.person).toBeUndefined();
		expect(desk.trouble).toEqual({ kind: 'no-passkey' });
		expect(desk.busy).toBe(false);
	});
});

describe('what is proposed', () => {
	it('is told by its facts', () => {
		const date = (atMs: number) => `day ${atMs}`;
		expect(wishFacts({ kind: 'free-issue', drn: '1', energyDeciKwh: 505 }, date)).toEqual([
			{ term: 'Meter', detail: '1' },
			{ term: 'Energy', detail: energy(505) },
		]);
		const wish = { kind: 'set-power-limit', watts: 4000 } as const;
		expect(wishFacts({ kind: 'engineering', drn: '1', wish }, date)[1]?.detail).toBe(
			'set power limit 4000',
		);
	});

	it('is told with what customers would pay, and what becomes of a key', () => {
		const date = (atMs: number) => `day ${atMs}`;
		const tariff = {
			...{ id: 't', name: 'Domestic', order: ['vat' as const] },
			serviceFee: { fixedMinor: 0, basisPoints: 50 },
			arrears: { maxBasisPoints: 0 },
			vat: { basisPoints: 1_600, inclusive: true },
			fixedCharge: { perMonthMinor: 0 },
			blocks: [
				{ upToDeciKwh: 300, pricePerKwhE4: 12_230_000 },
				{ upToDeciKwh: null, pricePerKwhE4: 19_080_000 },
			],
		};
		const told = wishFacts({ kind: 'tariff', tariff, validFromMs: 1 }, date);
		expect(told.map(({ term, detail }) => `${term}: ${detail}`.replaceAll('\u00a0', ' '))).toEqual([
			'Tariff: Domestic',
			'From: day 1',
			`Each kWh to ${energy(300)} a month: KES 12.23`.replaceAll('\u00a0', ' '),
			'Each kWh: KES 19.08',
			'VAT: 16%, in the prices',
			'Service fee: 0.5%',
		]);
		const key = { kind: 'supply-group-key', sgc: '400171', krn: 2 } as const;
		expect(wishFacts({ ...key, makeCurrent: true, issueUntilMs: null }, date).slice(2)).toEqual([
			{ term: 'From then on', detail: 'the key that all its meters are brought to' },
			{ term: 'Issue until', detail: 'no end' },
		]);
	});

	it('is told of a sealed token by whose it is, what it cost and what its device said of it', () => {
		const date = (atMs: number) => `day ${atMs}`;
		const sealed: Reserve = {
			...{ vendId: 'v', vendorId: 'corner', vendorName: 'Corner shop', drn: '37204100004' },
			...{ terminalId: 'T-9', terminalName: 'Counter', receiptNumber: 'T-9-000001' },
			...{ denominationMinor: 20_000, currency: { code: 'KES', minorDigits: 2 } },
			...{ state: 'sealed', issuedAtMs: 1, expiresAtMs: 2, endedAtMs: null },
		};
		const told = (reserve: Reserve) =>
			reserveFacts(reserve, date).map(({ term, detail }) => `${term}: ${detail}`);
		expect(told(sealed).map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
			`Meter: ${groupMeterNumber(sealed.drn)}`,
			'Paid from the float: KES 200',
			'Agent: Corner shop',
			'Till: Counter (T-9)',
			'Made: day 1',
			'Receipt: T-9-000001',
			'To be sold until: day 2',
			'What became of it: not known: its device is the till no more and has not said',
		]);
		expect(told({ ...sealed, state: 'unfetched' }).at(-1)).toBe(
			'What became of it: made, and never fetched by its till: nobody has its digits',
		);
		const ended = (state: Reserve['state']) => told({ ...sealed, state, endedAtMs: 3 }).at(-1);
		expect((['expired', 'revealed', 'returned'] as const).map(ended)).toEqual([
			'What became of it: ended without being sold; its device said so on day 3',
			'What became of it: sold on day 3',
			'What became of it: its money was given back on day 3',
		]);
		const named = told({ ...sealed, terminalName: 'Corner shop, till T-9' });
		expect(named[3]).toBe('Till: Corner shop, till T-9');
		const terms = reserveFacts({ ...sealed, receiptNumber: null }, date).map(({ term }) => term);
		expect(terms).not.toContain('Receipt');
	});
});
