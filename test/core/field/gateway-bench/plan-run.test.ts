/** What a run has, leaves out and changes, known before it begins. */
import { describe, expect, it } from 'vitest';
import { CASE_IDS, caseRow } from '#lib/core/field/gateway-bench/cases.ts';
import { changesOf, type KnownOfMeter, planRun } from '#lib/core/field/gateway-bench/plan-run.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';

const KNOWN: KnownOfMeter = {
	profile: {
		...{ tokenGateway: obis('0.0.19.40.0'), invocationCounter: obis('0.0.43.1.0') },
		...{ tokenEncoding: 'ascii-20', mechanism: 'high-gmac', security: 'authenticated-encrypted' },
	},
	testKey: {
		...{ ea: 7, sgc: '201457', krn: 1, ti: 1, kt: 2, ken: 255, baseDate: 2014 },
		decoderKeyHex: '87f3ecbb2e46b48f',
	},
	claims: { lockout: true, keyExpiry: true },
	expectedTitle: '544b4c02dfdc1c37',
	hand: true,
};
const ids = (...plan: Parameters<typeof planRun>) => planRun(...plan).map(({ row }) => row.id);
const skipped = (known: KnownOfMeter, kind: 'whole' | 'quick' = 'whole') =>
	Object.fromEntries(
		planRun({ kind }, known).flatMap(({ row, skipped: why }) => (why ? [[row.id, why]] : [])),
	);

describe('a plan', () => {
	it('has every case once, those of one algorithm only', () => {
		expect(new Set(CASE_IDS).size).toBe(CASE_IDS.length);
		const [of7, of11] = ([7, 11] as const).map((ea) =>
			ids({ kind: 'whole' }, { ...KNOWN, testKey: { ...KNOWN.testKey!, ea } }),
		);
		expect(of7).toContain('two-tokens-change-key');
		expect(of7).not.toContain('four-tokens-change-key');
		expect(of11).toContain('four-tokens-change-key');
		expect(of11).not.toContain('three-tokens-change-key');
		expect(new Set([...of7!, ...of11!])).toEqual(new Set(CASE_IDS));
		expect(skipped(KNOWN)).toEqual({});
	});

	it('of chosen cases begins with those that all rest upon', () => {
		expect(ids({ kind: 'chosen', ids: ['credit-counted'] }, KNOWN)).toEqual([
			...['answers-come-whole', 'answers-are-apdus', 'credit-counted'],
		]);
	});

	it('leaves out what takes minutes where it is to be quick', () => {
		expect(skipped(KNOWN, 'quick')).toEqual({
			'late-sections-dropped': 'takes-time',
			'rollover-forgets-tokens': 'takes-time',
			'old-token-refused': 'takes-time',
		});
	});

	it.each([
		[{ hand: false }, 'tamper-cleared', 'nobody-at-the-meter'],
		[{ claims: { lockout: false, keyExpiry: true } }, 'wrong-tokens-lock', 'not-claimed'],
		[{ claims: { lockout: true, keyExpiry: false } }, 'expired-key-refused', 'not-claimed'],
	] as const)('without %j leaves out %s', (change, id, why) => {
		expect(skipped({ ...KNOWN, ...change })).toEqual({ [id]: why });
	});

	it('without papers changes nothing in a meter', () => {
		const { profile, claims, hand } = KNOWN;
		const without = { profile, claims, hand };
		const plan = planRun({ kind: 'whole' }, without);
		expect(changesOf(plan)).toEqual([]);
		for (const { row, skipped: why } of plan)
			if (row.needs.includes('test-key')) expect(why).toBe('no-test-key');
		expect(plan.find(({ row }) => row.id === 'own-system-title')?.skipped).toBe('title-unknown');
	});

	it('names a key change, a wiped credit and a filled memory before they happen', () => {
		expect(changesOf(planRun({ kind: 'whole' }, KNOWN))).toEqual([
			...['adds-credit', 'wipes-credit', 'sets-limit', 'clears-tamper', 'changes-key'],
			...['forgets-tokens', 'fills-store', 'locks'],
		]);
		expect(changesOf(planRun({ kind: 'chosen', ids: ['clock-right'] }, KNOWN))).toEqual([]);
	});

	it('without ciphering and secrets tries what is left', () => {
		const profile = { ...KNOWN.profile, mechanism: 'none', security: 'none' } as const;
		const left = skipped({ ...KNOWN, profile });
		expect(left['wrong-proof-refused']).toBe('no-secret');
		expect(left['wrong-key-refused']).toBe('no-ciphering');
		expect(left['credit-counted']).toBeUndefined();
		expect(caseRow('wrong-proof-refused').needs).toEqual(['secret']);
	});
});
