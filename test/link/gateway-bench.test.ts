/**
 * The gateway's test bench against the virtual meter: it passes whole, for both algorithms; with a planted
 * fault it fails in exactly the cases that name the fault.
 */
import { describe, expect, it } from 'vitest';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import type { BenchTarget } from '#lib/core/field/gateway-bench/bench.ts';
import type { CaseId } from '#lib/core/field/gateway-bench/cases.ts';
import { type BenchChoice, planRun } from '#lib/core/field/gateway-bench/plan-run.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { tamper } from '#lib/core/meter/virtual-meter.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { benchConnector } from '#lib/link/bench-connector.ts';
import { type BenchOrder, type BenchRun, runBench } from '#lib/link/run-bench.ts';
import { KEY_11, KEY_7 } from '../core/meter/bench-meter.ts';
import { CutBench, VIRTUAL } from './cut-line.ts';

const DRN = '12345678903';
const DAY_MS = 86_400_000;

const keyOf = (ea: Ea) =>
	({
		...{ ea, sgc: '201457', krn: 1, ti: 1, kt: 2, ken: 255, baseDate: 2014 },
		decoderKeyHex: ea === 7 ? KEY_7 : KEY_11,
	}) as const;

function setUp(ea: Ea, plants: readonly PlantName[] = [], framing: 'wrapper' | 'hdlc' = 'wrapper') {
	const bench = new CutBench({ ea, plants, decoderKeyHex: ea === 7 ? KEY_7 : KEY_11 });
	const target: BenchTarget = {
		drn: DRN,
		profile: VIRTUAL,
		expectedTitle: formatHex(systemTitleOf({ drn: DRN, plants: [] })),
		testKey: keyOf(ea),
		claims: { lockout: true, keyExpiry: true },
		nowMs: bench.timer.nowMs(),
	};
	const hand = () => {
		bench.device.changeMeter((meter, atMs) => tamper(meter, atMs));
		return Promise.resolve(true);
	};
	const run = (choice: BenchChoice = { kind: 'whole' }, more: Partial<BenchOrder> = {}) => {
		const known = { ...target, hand: true };
		const order = bench.order(bench.port(framing));
		return bench.timer.run(
			runBench({
				...{ plan: planRun(choice, known), target, timer: bench.timer, hand },
				connector: benchConnector(order),
				...more,
			}),
			DAY_MS,
		);
	};
	return { bench, target, run };
}

const verdicts = ({ results }: BenchRun, verdict: string): CaseId[] =>
	results.filter(({ end }) => end.verdict === verdict).map(({ id }) => id);

describe.each([7, 11] as const)('the virtual meter of EA%i', (ea) => {
	it('passes every case, and is left as it was found', async () => {
		const { bench, run } = setUp(ea);
		const before = bench.device.state.meter.meter;
		const done = await run();
		expect(done.results.filter(({ end }) => end.verdict !== 'passed')).toEqual([]);
		expect(done.results.length).toBeGreaterThan(38);
		expect(done.left).toEqual({ key: false, limit: false, creditUnits: 0 });
		const after = bench.device.state.meter.meter;
		expect(after.decoder.keyRegister).toEqual(before.decoder.keyRegister);
		expect(after.supply.tampered).toBe(false);
		expect(after.supply.creditWh).toBeGreaterThanOrEqual(before.supply.creditWh);
		expect(bench.open).toBe(0);
		expect(bench.sentUnkept).toBe(false);
	});
});

/** What each fault makes fail, and what cannot be judged because of it. */
const PLANTED: readonly (readonly [PlantName, readonly CaseId[], (readonly CaseId[])?])[] = [
	['takes-a-used-token', ['used-token-refused'], ['tokens-remembered-over-key-change']],
	['takes-an-old-token', ['old-token-refused']],
	['takes-another-meters-token', ['another-meters-token-refused'], ['wrong-tokens-lock']],
	['ignores-key-expiry', ['expired-key-refused']],
	['never-locks-out', ['wrong-tokens-lock']],
	['key-change-needs-order', ['any-order-changes-key']],
	['key-change-never-times-out', ['late-sections-dropped']],
	['rollover-keeps-tokens', ['rollover-forgets-tokens']],
	['credits-twice', ['credit-counted']],
	['clear-credit-does-nothing', ['credit-cleared']],
	['power-limit-does-nothing', ['power-limit-set']],
	['tamper-stays', ['tamper-cleared']],
	['status-never-final', ['status-becomes-final']],
	['status-of-earlier-token', ['last-token-shown']],
	['takes-plain-enter', ['enter-in-clear-refused', 'public-enter-refused']],
	['takes-a-replayed-counter', ['replayed-association-refused', 'replayed-message-refused']],
	['takes-any-proof', ['wrong-proof-refused']],
	['another-system-title', ['own-system-title']],
	['clock-in-2099', ['clock-right']],
];

describe.each([7, 11] as const)('a virtual meter of EA%i with a planted fault', (ea) => {
	it.each(PLANTED)('%s', async (plant, failed, unknown = []) => {
		const done = await setUp(ea, [plant]).run();
		expect(verdicts(done, 'failed')).toEqual(failed);
		expect(verdicts(done, 'unknown')).toEqual(unknown);
		expect(verdicts(done, 'skipped')).toEqual([]);
		for (const { end, rows } of done.results)
			expect(rows.length > 0).toBe(end.verdict === 'failed' || end.verdict === 'unknown');
	});
});
