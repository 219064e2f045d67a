/** What every security module does, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { meaningOf } from '#lib/core/sts/meaning.ts';
import { MANAGEMENT_SUBCLASS } from '#lib/core/sts/management-token.ts';
import { encodeMeterTest } from '#lib/core/sts/meter-test.ts';
import type {
	CreditOrder,
	ManagementOrder,
	TokenTarget,
} from '#lib/server/security-module/port.ts';
import { isRefusal, type Refusal } from '#lib/server/refusal.ts';
import { CONTRACT_SLOTS } from './contract-keys.ts';
import { KINDS, openFixture, type Fixture } from './contract-fixtures.ts';
import { CREDIT, KEY_CHANGE, MANAGEMENT, NOW_MS, TARGET } from './orders.ts';

let lastRequest = 0;
const anew = <Order extends { requestId: string }>(
	order: Order,
	change: Partial<Order> = {},
): Order => ({
	...order,
	requestId: `contract-${(lastRequest += 1)}`,
	...change,
});

function made<Result extends object>(result: Result | Refusal): Result {
	if (isRefusal(result)) throw new Error(`refused: ${result.refusal}`);
	return result;
}

/** A meter under one of the suite's limited keys. */
function under(slot: string): Pick<TokenTarget, 'slot' | 'sgc' | 'krn'> {
	const { sgc, krn } = CONTRACT_SLOTS.find((one) => one.slot === slot)!;
	return { slot, sgc, krn };
}

describe.each(KINDS)('a %s', (kind) => {
	let fixture: Fixture;
	beforeAll(async () => {
		fixture = await openFixture(kind);
	}, 60_000);
	afterAll(() => fixture.dispose());

	/** What a meter reads in a token. */
	async function readAt(target: TokenTarget, digits: string) {
		const decoded = decodeToken(digits, await fixture.cipherOf(target));
		return 'refusal' in decoded ? decoded.refusal : decoded.token;
	}

	describe('asked for a credit', () => {
		it.each([
			[7, 1, 1],
			[7, 16_384, 16_384],
			[11, 20_001, 20_004],
			[11, 18_201_624, 18_201_624],
		] as const)(
			'for an EA%i meter of %i makes a token of %i',
			async (ea, amountDeciKwh, carried) => {
				const target = { ...TARGET, ea };
				const order = anew<CreditOrder>({ ...CREDIT, ...target, amountDeciKwh });
				const token = made(await fixture.module.issueCredit(order));
				expect(token).toMatchObject({ carriedDeciKwh: carried, test: true });
				const read = await readAt(target, token.digits);
				expect(read).toMatchObject({ kind: 'transfer-credit', fields: { tid: CREDIT.tid } });
				if (typeof read === 'string') throw new Error(read);
				expect(meaningOf(read)).toMatchObject({ service: 'electricity', units: carried });
			},
		);

		it('again, says the same to the meter with the same token number', async () => {
			const order = anew(CREDIT);
			const [first, again] = [
				made(await fixture.module.issueCredit(order)),
				made(await fixture.module.issueCredit({ ...order, nowMs: NOW_MS + 30_000 })),
			];
			if (fixture.remembers) expect(again).toEqual(first);
			const reads = [await readAt(TARGET, first.digits), await readAt(TARGET, again.digits)];
			for (const read of reads)
				expect(read).toMatchObject({ fields: { tid: CREDIT.tid, amount: 200 } });
		});

		it.each([
			['with an empty slot', { slot: 'nowhere' }, 'vending-key-unknown'],
			['of another supply group', { sgc: '400171' }, 'vending-key-unknown'],
			['of another revision', { krn: 2 }, 'vending-key-unknown'],
			['above what a token carries', { amountDeciKwh: 18_201_625 }, 'amount-above-maximum'],
			['before its key is active', under('not-active'), 'vending-key-not-active'],
			['after its key’s last moment', under('issue-ended'), 'vending-key-issue-ended'],
			['past its key’s expiry number', under('expired'), 'vending-key-expired'],
			['under a default key', under('default-key'), 'vending-key-type'],
			['under a common key', under('common-key'), 'vending-key-type'],
		] as const)('%s refuses', async (_, change, refusal) => {
			const order = anew({ ...CREDIT, ...change });
			expect(await fixture.module.issueCredit(order)).toEqual({ refusal });
		});

		it('beyond its key’s limit refuses, and gives out what is left', async () => {
			const order = { ...CREDIT, ...under('limited'), amountDeciKwh: 300 };
			made(await fixture.module.issueCredit(anew(order)));
			expect(await fixture.module.issueCredit(anew(order))).toEqual({
				refusal: 'vending-key-limit',
			});
			made(await fixture.module.issueCredit(anew({ ...order, amountDeciKwh: 200 })));
			made(await fixture.module.issueManagement(anew({ ...MANAGEMENT, ...under('limited') })));
		});

		it('64 at the same time gives each its own', async () => {
			const orders = Array.from({ length: 64 }, (_, at) =>
				anew({ ...CREDIT, tid: CREDIT.tid + at * 2, amountDeciKwh: 100 + at }),
			);
			const tokens = await Promise.all(
				orders.map(async (order) => made(await fixture.module.issueCredit(order))),
			);
			for (const [at, { digits, carriedDeciKwh }] of tokens.entries()) {
				expect(carriedDeciKwh).toBe(100 + at);
				expect(await readAt(TARGET, digits)).toMatchObject({
					fields: { tid: CREDIT.tid + at * 2, amount: 100 + at },
				});
			}
		});
	});

	describe('asked for a management token', () => {
		it.each([
			[{ kind: 'set-power-limit', watts: 20_001 }, 20_004],
			[{ kind: 'set-phase-unbalance-limit', watts: 1 }, 1],
			[{ kind: 'clear-credit', register: 0xffff }, null],
			[{ kind: 'clear-tamper' }, null],
			[{ kind: 'set-tariff-rate', value: 77 }, null],
			[{ kind: 'set-water-factor', value: 1 }, null],
			[{ kind: 'extended-set', value: 0xfc01 }, null],
		] as const)('of %j makes it', async (wish, watts) => {
			const order = anew<ManagementOrder>({ ...MANAGEMENT, wish });
			const token = made(await fixture.module.issueManagement(order));
			expect(token).toMatchObject({ watts, test: true });
			const { tid } = MANAGEMENT;
			const subclass = MANAGEMENT_SUBCLASS[wish.kind];
			expect(await readAt(TARGET, token.digits)).toMatchObject({
				...{ kind: wish.kind, subclass, fields: { tid } },
			});
		});

		it.each([
			[
				'a value that does not fit',
				{ wish: { kind: 'set-tariff-rate', value: -1 } },
				'engineering-value',
			],
			['too many watts', { wish: { kind: 'set-power-limit', watts: 2e7 } }, 'engineering-value'],
			['an expired key', under('expired'), 'vending-key-expired'],
			['a key that is not active', under('not-active'), 'vending-key-not-active'],
		] as const)('with %s refuses', async (_, change, refusal) => {
			const order = anew<ManagementOrder>({ ...MANAGEMENT, ...change });
			expect(await fixture.module.issueManagement(order)).toEqual({ refusal });
		});

		it('under a default key makes it', async () => {
			made(await fixture.module.issueManagement(anew({ ...MANAGEMENT, ...under('default-key') })));
		});
	});

	describe('asked for a key change', () => {
		it.each([
			[7, 2],
			[7, 3],
			[11, 4],
		] as const)('of an EA%i meter makes a set of %i, again the same', async (ea, sections) => {
			const from: TokenTarget = {
				...{ slot: 'rollover-test-1', drn: TARGET.drn, sgc: '999002', krn: 1, ti: '01' },
				...{ ea, tct: '02' },
			};
			const to = { slot: 'rollover-test-2', sgc: '999002', krn: 2, ti: '07' };
			const order = anew({ ...KEY_CHANGE, from, to, sections });
			const set = made(await fixture.module.issueKeyChange(order));
			expect(set).toMatchObject({ rollover: true, test: true });
			expect(set.digits).toHaveLength(sections);
			expect(made(await fixture.module.issueKeyChange(order))).toEqual(set);
			const reads = await Promise.all(set.digits.map((digits) => readAt(from, digits)));
			expect(reads).toMatchObject(
				[
					{ subclass: 3, fields: { krn: 2, kt: 2, rollover: 1, kenHigh: 15 } },
					{ subclass: 4, fields: { ti: 7, kenLow: 15 } },
					{ subclass: 8 },
					{ subclass: 9 },
				].slice(0, sections),
			);
		});

		it.each([
			['to the same key', { to: { ...KEY_CHANGE.to, ti: '01' } }, 'key-change-same'],
			['to a key that is not there', { to: { ...KEY_CHANGE.to, krn: 2 } }, 'vending-key-unknown'],
			['with too few tokens', { sections: 3 }, 'key-change-not-allowed'],
			['to a common key', { to: { ...under('common-key'), ti: '01' } }, 'key-change-not-allowed'],
			[
				'to a key not active',
				{ to: { ...under('not-active'), ti: '01' } },
				'vending-key-not-active',
			],
			[
				'to a key whose issuing ended',
				{ to: { ...under('issue-ended'), ti: '01' } },
				'vending-key-issue-ended',
			],
			['to an expired key', { to: { ...under('expired'), ti: '01' } }, 'vending-key-expired'],
		] as const)('%s refuses', async (_, change, refusal) => {
			expect(await fixture.module.issueKeyChange(anew({ ...KEY_CHANGE, ...change }))).toEqual({
				refusal,
			});
		});

		it('away from an expired key makes it', async () => {
			const from = { ...TARGET, ...under('expired') };
			made(await fixture.module.issueKeyChange(anew({ ...KEY_CHANGE, from })));
		});
	});

	describe('asked what a token says', () => {
		const verify = (digits: string, change: Partial<TokenTarget> = {}) =>
			fixture.module.verifyToken({ ...TARGET, ...change, digits });

		it('tells it of its own tokens, and nothing of a new key', async () => {
			const credit = made(
				await fixture.module.issueCredit(anew({ ...CREDIT, amountDeciKwh: 20_001 })),
			);
			expect(await verify(credit.digits)).toEqual({
				...{ tokenClass: 0, subclass: 0, tid: CREDIT.tid, amount: 20_004 },
			});
			const limit = made(await fixture.module.issueManagement(anew(MANAGEMENT)));
			expect(await verify(limit.digits)).toEqual({
				...{ tokenClass: 2, subclass: 0, tid: MANAGEMENT.tid, amount: 9_000 },
			});
			const set = made(await fixture.module.issueKeyChange(anew(KEY_CHANGE)));
			expect(await Promise.all(set.digits.map((digits) => verify(digits)))).toEqual(
				[3, 4, 8, 9].map((subclass) => ({ tokenClass: 2, subclass, tid: null, amount: null })),
			);
		});

		it('reads a token for any meter', async () => {
			expect(await verify(encodeMeterTest(0, 0))).toEqual({
				...{ tokenClass: 1, subclass: 0, tid: null, amount: null },
			});
		});

		it.each(['73786976294838206463', '99999999999999999999', '1234', ''])(
			'says of %j that it cannot be read',
			async (digits) => {
				expect(await verify(digits)).toEqual({ refusal: 'token-unreadable' });
			},
		);

		it('says no more of another meter’s', async () => {
			const credit = made(await fixture.module.issueCredit(anew(CREDIT)));
			expect(await verify(credit.digits, { drn: '00000000026' })).toEqual({
				refusal: 'token-unreadable',
			});
			expect(await verify(credit.digits, { slot: 'nowhere' })).toEqual({
				refusal: 'vending-key-unknown',
			});
		});
	});

	it('tells what a key is', async () => {
		for (const slot of CONTRACT_SLOTS) {
			// No key of a hardware module is the public-test estate's.
			const publicTest = kind === 'hardware module' ? false : slot.publicTest;
			expect(await fixture.module.attributes(slot.slot)).toEqual({ ...slot, publicTest });
		}
		expect(await fixture.module.attributes('nowhere')).toEqual({ refusal: 'vending-key-unknown' });
	});

	it('withholds the decoder key of a meter that is not the app', async () => {
		const meter = { slot: 'lakeside-hills', sgc: '400284', krn: 3 };
		expect(await fixture.module.decoderKey({ ...TARGET, ...meter })).toEqual({
			refusal: 'decoder-key-withheld',
		});
		expect(await fixture.module.decoderKey({ ...TARGET, slot: 'nowhere' })).toEqual({
			refusal: 'vending-key-unknown',
		});
	});
});
