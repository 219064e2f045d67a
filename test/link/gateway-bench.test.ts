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
import { asciiText } from '#lib/core/dlms/axdr/build.ts';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { benchConnector } from '#lib/link/bench-connector.ts';
import type { BenchRun } from '#lib/core/field/gateway-bench/bench-run.ts';
import { reportOf } from '#lib/core/field/gateway-bench/report.ts';
import { type BenchOrder, type BenchProgress, runBench } from '#lib/link/run-bench.ts';
import { BenchKeys, type TestKey } from '#lib/core/field/gateway-bench/test-key.ts';
import { withGateway } from '#lib/core/meter/cosem/cosem-meter.ts';
import { USUAL_GATEWAY } from '#lib/core/meter/cosem/gateway.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { creditToken, KEY_11, KEY_7, MADE_TID } from '../core/meter/bench-meter.ts';
import { CutBench, VIRTUAL } from './cut-line.ts';

const DRN = '12345678903';
const DAY_MS = 86_400_000;

const keyOf = (ea: Ea): TestKey => ({
	...{ ea, sgc: '201457', krn: 1, ti: 1, kt: 2 as const, ken: 255, baseDate: 2014 as const },
	decoderKeyHex: ea === 7 ? KEY_7 : KEY_11,
});

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
		// A token cannot take a limit away.
		expect(done.left).toEqual({
			...{ key: false, limitW: 90_004, limitChanged: false, creditUnits: 0, storeCleared: false },
		});
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
	const rows = PLANTED.map(([plant, failed, unknown = []]) => ({ plant, failed, unknown }));
	it.each(rows)('$plant', async ({ plant, failed, unknown }) => {
		const done = await setUp(ea, [plant]).run();
		expect(verdicts(done, 'failed')).toEqual(failed);
		expect(verdicts(done, 'unknown')).toEqual(unknown);
		expect(verdicts(done, 'skipped')).toEqual([]);
		for (const { end, rows } of done.results)
			expect(rows.length > 0).toBe(end.verdict === 'failed' || end.verdict === 'unknown');
	});
});

describe('a line that does not carry answers', () => {
	it.each([
		['half-an-answer', 'answers-come-whole'],
		['answers-rubbish', 'answers-are-apdus'],
	] as const)('%s: nothing after it is judged', async (plant, failed) => {
		const done = await setUp(7, [plant]).run();
		expect(verdicts(done, 'failed')).toEqual([failed]);
		expect(verdicts(done, 'unknown')).toEqual([]);
		const after = done.results.filter(({ end }) => end.verdict === 'skipped');
		expect(after.length).toBeGreaterThan(35);
		for (const { end } of after) expect(end).toMatchObject({ because: 'after-failure' });
	});
});

describe('faults that are no matter of the gateway', () => {
	it.each(['huge-object-list', 'million-row-profile'] as const)('%s', async (plant) => {
		const done = await setUp(7, [plant]).run();
		expect(done.results.filter(({ end }) => end.verdict !== 'passed')).toEqual([]);
	});
});

describe('a run', () => {
	it('goes over HDLC too', async () => {
		const done = await setUp(11, [], 'hdlc').run({ kind: 'quick' });
		expect(verdicts(done, 'failed')).toEqual([]);
		expect(verdicts(done, 'unknown')).toEqual([]);
		const late = ['late-sections-dropped', 'rollover-forgets-tokens', 'old-token-refused'];
		expect(verdicts(done, 'skipped')).toEqual(late);
	});

	it('reads the verdict where `enter` returns nothing, and fails much where it never becomes final', async () => {
		const quiet = { ...USUAL_GATEWAY, returnsStatus: false, processingMs: 4000 };
		const sound = setUp(7);
		sound.bench.device.change((meter, atMs) => withGateway(meter, quiet, atMs));
		const passed = await sound.run();
		expect(passed.results.filter(({ end }) => end.verdict !== 'passed')).toEqual([]);
		const faulty = setUp(7, ['status-never-final']);
		faulty.bench.device.change((meter, atMs) => withGateway(meter, quiet, atMs));
		const done = await faulty.run();
		expect(verdicts(done, 'failed')).toEqual(['test-token-taken', 'other-makers-test-refused']);
		// No token of ours is known to be taken, so that none of the others is tried.
		expect(verdicts(done, 'skipped')).toContain('credit-counted');
	});

	it('without papers tries what needs no key', async () => {
		const { target, bench, run } = setUp(7);
		const without: { testKey?: TestKey } & BenchTarget = { ...target };
		delete without.testKey;
		const plan = planRun({ kind: 'whole' }, { ...without, hand: false });
		const done = await run({ kind: 'whole' }, { target: without, plan });
		expect(verdicts(done, 'passed').length).toBeGreaterThan(15);
		expect(verdicts(done, 'failed')).toEqual([]);
		const { supply, decoder } = bench.device.state.meter.meter;
		expect(supply.creditWh).toBe(5000);
		expect(decoder.keyRegister.krn).toBe(1);
	});

	it('with papers of another key makes no token', async () => {
		const { target, run } = setUp(7);
		const other = { ...target, testKey: { ...keyOf(7), krn: 5 } };
		const done = await run({ kind: 'whole' }, { target: other });
		const { end } = done.results.find(({ id }) => id === 'credit-counted')!;
		expect(end).toEqual({ verdict: 'skipped', because: 'key-differs' });
		const wrong = { ...keyOf(7), decoderKeyHex: '0123456789abcdef' };
		const mistaken = await run({ kind: 'whole' }, { target: { ...target, testKey: wrong } });
		expect(mistaken.results.find(({ id }) => id === 'credit-counted')!.end).toEqual({
			verdict: 'skipped',
			because: 'no-token-taken',
		});
	});

	it('goes above identifiers that the meter has taken already', async () => {
		const { bench, target, run } = setUp(7);
		const tid = MADE_TID + 700;
		for (let taken = 0; taken < 60; taken += 1)
			bench.device.changeMeter((meter, atMs) => {
				return enterToken(meter, creditToken(1, tid + taken), atMs).meter;
			});
		const done = await run({ kind: 'quick' }, { target });
		expect(verdicts(done, 'failed')).toEqual([]);
		expect(verdicts(done, 'passed')).toContain('credit-counted');
	});

	it('puts a key right that a run before has left', async () => {
		const { bench, run } = setUp(7);
		const keys = new BenchKeys(keyOf(7));
		for (const digits of keys.change('home', keys.newKey('away')))
			bench.device.changeMeter((meter, atMs) => enterToken(meter, digits, atMs).meter);
		expect(bench.device.state.meter.meter.decoder.keyRegister.krn).toBe(2);
		const done = await run({ kind: 'quick' });
		expect(verdicts(done, 'failed')).toEqual([]);
		expect(bench.device.state.meter.meter.decoder.keyRegister).toMatchObject({
			...{ krn: 1, sgc: '201457', decoderKeyHex: KEY_7 },
		});
	});

	it('called off in the middle of a key change, brings the key back', async () => {
		const { bench, run } = setUp(11);
		const stop = new AbortController();
		const seen: BenchProgress[] = [];
		const done = await run(
			{ kind: 'chosen', ids: ['late-sections-dropped', 'old-token-refused'] },
			{
				signal: stop.signal,
				progress: (progress) => {
					seen.push(progress);
					if (progress.at === 'waiting') stop.abort();
				},
			},
		);
		expect(done.results.slice(-2).map(({ end }) => end)).toEqual([
			{ verdict: 'skipped', because: 'called-off' },
			{ verdict: 'skipped', because: 'called-off' },
		]);
		expect(seen.at(-1)).toEqual({ at: 'closing' });
		expect(done.left.key).toBe(false);
		expect(bench.device.state.meter.meter.decoder).toMatchObject({
			...{ keyChange: null, keyRegister: { krn: 1, decoderKeyHex: KEY_11 } },
		});
	});

	it('ends where the line is lost, and says what may be left', async () => {
		const { bench, run, target } = setUp(7);
		const before = bench.passed.in.octets;
		const port = bench.port('wrapper', { cut: { way: 'in', octet: before + 9000 } });
		const connector = benchConnector(bench.order(port));
		const done = await run({ kind: 'whole' }, { connector, target });
		const cut = done.results.find(({ end }) => 'cut' in end);
		expect(cut?.end).toEqual({ verdict: 'unknown', cut: 'unplugged' });
		const at = done.results.indexOf(cut!);
		expect(at).toBeGreaterThan(2);
		for (const { end } of done.results.slice(at + 1))
			expect(end).toEqual({ verdict: 'skipped', because: 'line-lost' });
		expect(bench.open).toBe(0);
	});

	it('is reported without a key, a secret or the digits of a token', async () => {
		const { bench, run } = setUp(7, ['takes-a-used-token', 'credits-twice', 'takes-plain-enter']);
		const { secrets, client } = bench.order(bench.port());
		const keys = { keys: secrets.keys!, clientTitle: client.systemTitle };
		const done = await run({ kind: 'whole' }, { keys });
		const about = { drn: DRN, port: 'Virtual meter', who: 'Amina', choice: 'whole' } as const;
		const report = reportOf(done, about);
		expect(report.counts).toMatchObject({ failed: 4, unknown: 1, skipped: 0 });
		expect(report.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(reportOf(done, about)).toEqual(report);
		expect(reportOf(done, { ...about, who: 'Ben' }).sha256).not.toBe(report.sha256);
		const json = JSON.parse(report.json) as { cases: { id: string; rows?: object[] }[] };
		const failed = json.cases.find(({ id }) => id === 'used-token-refused');
		expect(failed?.rows?.length).toBeGreaterThan(3);
		for (const secret of [KEY_7, '000102030405060708090a0b0c0d0e0f', 'd0d1d2d3d4d5d6d7'])
			expect(report.json.toLowerCase()).not.toContain(secret);
		const tokens = bench.device.state.meter.entries.map(({ tokenHex }) => tokenHex);
		expect(tokens.length).toBeGreaterThan(90);
		for (const tokenHex of tokens) {
			expect(report.json).not.toContain(tokenHex);
			expect(report.json).not.toContain(asciiText(parseHex(tokenHex)));
		}
	});
});
