import { describe, expect, it } from 'vitest';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { meaningOf } from '#lib/core/sts/meaning.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { DEMO_SLOTS } from '#lib/server/security-module/demo-slots.ts';
import type { StoredKey } from '#lib/server/security-module/key-file.ts';
import type { DecoderKeyOrder } from '#lib/server/security-module/port.ts';
import { softwareModule } from '#lib/server/security-module/software-module.ts';
import { openUsageJournal } from '#lib/server/security-module/usage-journal.ts';
import { TEST_KEYS } from '../harness/shop.ts';
import { CREDIT, KEY_CHANGE, MANAGEMENT, NOW_MS, TARGET } from './orders.ts';

const make = () => softwareModule(TEST_KEYS, openUsageJournal(':memory:'));

/** A module whose test key has other attributes. */
function makeWith(change: Partial<StoredKey>, journal = openUsageJournal(':memory:')) {
	const key = { ...TEST_KEYS.keys.get('public-test')!, ...change };
	const keys = new Map([['public-test', key]]);
	return softwareModule({ ...TEST_KEYS, keys }, journal);
}

/** What each token says under the decoder key that the module hands out. */
function meanings(digits: readonly string[], meter: DecoderKeyOrder) {
	const handed = make().decoderKey(meter);
	if ('refusal' in handed) throw new Error(handed.refusal);
	const cipher = prepareCipher(meter.ea, parseHex(handed.decoderKeyHex));
	return digits.map((one) => {
		const decoded = decodeToken(one, cipher);
		return 'refusal' in decoded ? decoded.refusal : meaningOf(decoded.token);
	});
}

describe('a credit', () => {
	it('is the same for the same request, in any process, at any time, and counts once', () => {
		const [one, other] = [make(), make()];
		const token = one.issueCredit(CREDIT);
		expect(token).toMatchObject({ carriedDeciKwh: 200, test: true });
		expect(one.issueCredit({ ...CREDIT, nowMs: NOW_MS + 86_400_000 })).toEqual(token);
		expect(other.issueCredit(CREDIT)).toEqual(token);
		expect(one.usage({ after: 0 })).toEqual({ requests: 1, ids: ['request-1'] });
	});

	it('is another for another request', () => {
		const module = make();
		const tokens = Array.from({ length: 40 }, (_, at) =>
			JSON.stringify(module.issueCredit({ ...CREDIT, requestId: `request-${at}` })),
		);
		// Sixteen random fields; the rest of these requests is the same.
		expect(new Set(tokens).size).toBeGreaterThan(8);
	});

	it.each([
		['amount', { amountDeciKwh: 201 }],
		['token number', { tid: 6_776_003 }],
		['meter', { drn: '00000000026' }],
		['algorithm', { ea: 7 as const }],
		['carrier', { tct: '01' }],
	])('is refused when its id comes back with another %s', (_, change) => {
		const module = make();
		module.issueCredit(CREDIT);
		expect(module.issueCredit({ ...CREDIT, ...change })).toEqual({ refusal: 'id-reused' });
		expect(module.usage({ after: 0 }).requests).toBe(1);
	});

	it.each([
		[{ slot: 'nowhere' }, 'vending-key-unknown'],
		[{ sgc: '400171' }, 'vending-key-unknown'],
		[{ krn: 2 }, 'vending-key-unknown'],
		[{ slot: 'lakeside-town-1', sgc: '400171', krn: 1 }, 'vending-key-unknown'],
		[{ amountDeciKwh: 18_201_625 }, 'amount-above-maximum'],
	] as const)('for %j is refused with %s and counts for nothing', (change, refusal) => {
		const module = make();
		expect(module.issueCredit({ ...CREDIT, ...change })).toEqual({ refusal });
		expect(module.usage({ after: 0 })).toEqual({ requests: 0, ids: [] });
	});

	it('is refused past the expiry number of its key', () => {
		const module = makeWith({ ken: 90 });
		expect(module.issueCredit({ ...CREDIT, tid: 91 * 65_536 })).toEqual({
			refusal: 'vending-key-expired',
		});
		expect(module.issueCredit({ ...CREDIT, tid: 91 * 65_536 - 1 })).toMatchObject({ test: true });
	});

	it('is refused before the key’s first moment, and from its last one on', () => {
		const early = makeWith({ activeFromMs: NOW_MS + 1 });
		expect(early.issueCredit(CREDIT)).toEqual({ refusal: 'vending-key-not-active' });
		expect(early.issueCredit({ ...CREDIT, nowMs: NOW_MS + 1 })).toMatchObject({ test: true });
		const late = makeWith({ issueUntilMs: NOW_MS });
		expect(late.issueCredit(CREDIT)).toEqual({ refusal: 'vending-key-issue-ended' });
		expect(late.issueCredit({ ...CREDIT, nowMs: NOW_MS - 1 })).toMatchObject({ test: true });
	});

	it('that was made in time is made again after the key’s last moment', () => {
		const module = makeWith({ issueUntilMs: NOW_MS + 1 });
		const token = module.issueCredit(CREDIT);
		expect(module.issueCredit({ ...CREDIT, nowMs: NOW_MS + 1 })).toEqual(token);
	});

	it('is refused under a default key, and under a common one for a keypad', () => {
		expect(makeWith({ kt: 1 }).issueCredit(CREDIT)).toEqual({ refusal: 'vending-key-type' });
		expect(makeWith({ kt: 3 }).issueCredit(CREDIT)).toEqual({ refusal: 'vending-key-type' });
		expect(makeWith({ kt: 3 }).issueCredit({ ...CREDIT, tct: '01' })).toMatchObject({ test: true });
		expect(makeWith({ kt: 1 }).issueManagement(MANAGEMENT)).toMatchObject({ test: true });
	});

	it('counts against its key’s limit once, however often it is asked for', () => {
		const module = makeWith({ unitLimitDeciKwh: 500 });
		const first = module.issueCredit(CREDIT);
		for (let again = 0; again < 5; again += 1) module.issueCredit(CREDIT);
		expect(module.issueCredit({ ...CREDIT, requestId: 'two', tid: 6_776_003 })).toMatchObject({
			test: true,
		});
		const third = { ...CREDIT, requestId: 'three', tid: 6_776_004 };
		expect(module.issueCredit(third)).toEqual({ refusal: 'vending-key-limit' });
		expect(module.issueCredit({ ...third, amountDeciKwh: 100 })).toMatchObject({ test: true });
		expect(module.issueCredit(CREDIT)).toEqual(first);
		expect(module.issueManagement(MANAGEMENT)).toMatchObject({ test: true });
	});
});

describe('a management token', () => {
	it.each([
		[
			{ kind: 'set-power-limit', watts: 20_001 },
			{ kind: 'set-power-limit', watts: 20_004 },
			20_004,
		],
		[{ kind: 'set-phase-unbalance-limit', watts: 9_000 }, { watts: 9_000 }, 9_000],
		[{ kind: 'clear-credit', register: 0xffff }, { registerNumber: 0xffff }, null],
		[{ kind: 'clear-tamper' }, { kind: 'clear-tamper' }, null],
		[{ kind: 'set-tariff-rate', value: 0xffff }, { value: 0xffff }, null],
	] as const)('of %j says so, and how many watts it sets', (wish, meaning, watts) => {
		const made = make().issueManagement({ ...MANAGEMENT, wish });
		if ('refusal' in made) throw new Error(made.refusal);
		expect(made).toMatchObject({ watts, test: true });
		expect(meanings([made.digits], TARGET)).toEqual([expect.objectContaining(meaning)]);
	});

	it.each([
		[{ kind: 'set-power-limit', watts: 18_201_625 }],
		[{ kind: 'set-power-limit', watts: -1 }],
		[{ kind: 'clear-credit', register: 9 as 0 }],
		[{ kind: 'set-tariff-rate', value: 0x1_0000 }],
		[{ kind: 'set-water-factor', value: 1.5 }],
	] as const)('of %j is refused for its value', (wish) => {
		expect(make().issueManagement({ ...MANAGEMENT, wish })).toEqual({
			refusal: 'engineering-value',
		});
	});

	it('may not have the id of a credit, nor a credit its id', () => {
		const module = make();
		module.issueCredit(CREDIT);
		const { requestId } = CREDIT;
		expect(module.issueManagement({ ...MANAGEMENT, requestId })).toEqual({ refusal: 'id-reused' });
		expect(module.issueKeyChange({ ...KEY_CHANGE, requestId })).toEqual({ refusal: 'id-reused' });
	});
});

describe('a key change', () => {
	it('of an EA11 meter has four tokens under the present key, and the same ones again', () => {
		const module = make();
		const set = module.issueKeyChange(KEY_CHANGE);
		if ('refusal' in set) throw new Error(set.refusal);
		expect(set).toMatchObject({ rollover: false, test: true });
		expect(meanings(set.digits, TARGET)).toEqual([
			expect.objectContaining({ section: 1, krn: 1, kt: 2, rollover: false }),
			expect.objectContaining({ section: 2, ti: 2 }),
			expect.objectContaining({ section: 3 }),
			expect.objectContaining({ section: 4 }),
		]);
		expect(module.issueKeyChange({ ...KEY_CHANGE, nowMs: NOW_MS + 60_000 })).toEqual(set);
		expect(module.usage({ after: 0 })).toEqual({ requests: 1, ids: ['request-3'] });
	});

	it.each([2, 3] as const)('of an EA07 meter may have %i tokens', (sections) => {
		const from = { ...TARGET, ea: 7 as const };
		const set = make().issueKeyChange({ ...KEY_CHANGE, from, sections });
		expect(set).toMatchObject({ digits: { length: sections } });
	});

	it.each([
		['to the same key', { to: { ...KEY_CHANGE.to, ti: '01' } }, 'key-change-same'],
		['to a key that is not there', { to: { ...KEY_CHANGE.to, krn: 2 } }, 'vending-key-unknown'],
		['with too few tokens', { sections: 2 as const }, 'key-change-not-allowed'],
		[
			'with too many tokens',
			{ from: { ...TARGET, ea: 7 as const }, sections: 4 as const },
			'key-change-not-allowed',
		],
	])('%s is refused', (_, change, refusal) => {
		expect(make().issueKeyChange({ ...KEY_CHANGE, ...change })).toEqual({ refusal });
	});

	it('leaves a key that expired, and enters none', () => {
		const old = { ...TEST_KEYS.keys.get('public-test')!, ken: 1 };
		const next = { ...TEST_KEYS.keys.get('public-test')!, slot: 'next', krn: 2 };
		const keys = new Map([
			['public-test', old],
			['next', next],
		]);
		const module = softwareModule({ ...TEST_KEYS, keys }, openUsageJournal(':memory:'));
		const to = { slot: 'next', sgc: TARGET.sgc, krn: 2, ti: '01' };
		expect(module.issueKeyChange({ ...KEY_CHANGE, to })).toMatchObject({ test: true });
		const back = { ...KEY_CHANGE, requestId: 'back', from: { ...TARGET, ...to }, to: TARGET };
		expect(module.issueKeyChange(back)).toEqual({ refusal: 'vending-key-expired' });
	});

	it.each([
		[{ activeFromMs: NOW_MS + 1 }, 'vending-key-not-active'],
		[{ issueUntilMs: NOW_MS }, 'vending-key-issue-ended'],
		[{ ken: 90 }, 'vending-key-expired'],
		[{ kt: 3 }, 'key-change-not-allowed'],
	] as const)('to a key with %j is refused with %s', (change, refusal) => {
		expect(makeWith(change).issueKeyChange(KEY_CHANGE)).toEqual({ refusal });
	});
});

describe('verifying', () => {
	const verify = (digits: string, change: object = {}) =>
		make().verifyToken({ ...TARGET, digits, ...change });

	it('tells what a token of the meter says', () => {
		const module = make();
		const credit = module.issueCredit(CREDIT);
		const limit = module.issueManagement(MANAGEMENT);
		const set = module.issueKeyChange(KEY_CHANGE);
		if ('refusal' in credit || 'refusal' in limit || 'refusal' in set) throw new Error();
		expect(verify(credit.digits)).toEqual({
			...{ tokenClass: 0, subclass: 0, tid: CREDIT.tid, amount: 200 },
		});
		expect(verify(limit.digits)).toEqual({
			...{ tokenClass: 2, subclass: 0, tid: MANAGEMENT.tid, amount: 9_000 },
		});
		// Nothing of the new key.
		expect(set.digits.map((digits) => verify(digits))).toEqual(
			[3, 4, 8, 9].map((subclass) => ({ tokenClass: 2, subclass, tid: null, amount: null })),
		);
	});

	it('says no more of a token of another meter or key than of a slip', () => {
		const credit = make().issueCredit(CREDIT);
		if ('refusal' in credit) throw new Error();
		for (const change of [{ drn: '00000000026' }, { ti: '02' }, { ea: 7 }])
			expect(verify(credit.digits, change)).toEqual({ refusal: 'token-unreadable' });
		expect(verify('99999999999999999999')).toEqual({ refusal: 'token-unreadable' });
		expect(verify(credit.digits, { slot: 'nowhere' })).toEqual({
			refusal: 'vending-key-unknown',
		});
	});

	it('counts as nothing made', () => {
		const module = make();
		module.verifyToken({ ...TARGET, digits: '00000000000000000000' });
		expect(module.usage({ after: 0 }).requests).toBe(0);
	});
});

describe('what it tells', () => {
	it('is the ids of its requests in their order, from any number on', () => {
		const module = make();
		module.issueKeyChange(KEY_CHANGE);
		module.issueCredit(CREDIT);
		module.issueManagement(MANAGEMENT);
		const ids = ['request-3', 'request-1', 'request-2'];
		for (const after of [0, 1, 2, 3, 9])
			expect(module.usage({ after })).toEqual({ requests: 3, ids: ids.slice(after) });
	});

	it('is the decoder key of a public-test meter and of no other', () => {
		const module = make();
		expect(module.decoderKey(TARGET)).toEqual({
			decoderKeyHex: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
		for (const { slot, sgc, krn, publicTest } of DEMO_SLOTS)
			if (!publicTest)
				expect(module.decoderKey({ ...TARGET, slot, sgc, krn, ea: 7 })).toEqual({
					refusal: 'decoder-key-withheld',
				});
	});

	it('is what a key is, never what it is made of', () => {
		const told = JSON.stringify(DEMO_SLOTS.map(({ slot }) => make().attributes(slot)));
		expect(JSON.parse(told)).toEqual(DEMO_SLOTS);
		expect(told).not.toMatch(/bytes|abab/i);
	});
});
