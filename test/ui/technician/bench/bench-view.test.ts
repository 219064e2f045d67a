/** What the bench says of a run: one sentence, each case, what was left. */
import { describe, expect, it } from 'vitest';
import type { BenchRun, CaseResult } from '#lib/core/field/gateway-bench/bench-run.ts';
import { NOTHING_FOUND } from '#lib/core/field/gateway-bench/bench.ts';
import type { CaseEnd } from '#lib/core/field/gateway-bench/case-run.ts';
import { CASE_IDS } from '#lib/core/field/gateway-bench/cases.ts';
import { reportOf } from '#lib/core/field/gateway-bench/report.ts';
import {
	EXCEPTION,
	NO_ANSWER,
	TAKEN,
	VALIDATION_FAILURE,
} from '#lib/core/field/gateway-bench/sight.ts';
import { JOURNAL_CONTENTS } from '#lib/core/sync/field-deeds.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { technicianEn } from '#lib/core/words/technician.ts';
import {
	byGroup,
	endText,
	headline,
	leftTexts,
	reportFacts,
} from '#lib/ui/technician/bench/bench-view.ts';
import { benchDeed } from '#lib/ui/technician/bench/deed.ts';
import { testKeyOf } from '#lib/ui/technician/bench/papers.ts';
import * as v from 'valibot';

const words = technicianEn.bench;
const PASSED: CaseEnd = { verdict: 'passed' };
const FAILED: CaseEnd = { verdict: 'failed', expected: [VALIDATION_FAILURE], found: TAKEN };
const result = (id: CaseResult['id'], end: CaseEnd): CaseResult => ({
	...{ id, end, frames: 2, rows: [], tookMs: 5 },
});
const CLEAN = {
	...{ key: false, limitW: null, limitChanged: false, creditUnits: 0, storeCleared: false },
};
const run = (results: readonly CaseResult[], left: BenchRun['left'] = CLEAN): BenchRun => ({
	...{ startedMs: 0, endedMs: 60_000, results, left },
	found: { ...NOTHING_FOUND, key: { ea: 7, sgc: '201457', krn: 1, ti: 1 }, firmware: '1.4' },
	digest: { sha256: 'ab'.repeat(32), frames: 20 },
});
const ABOUT = { drn: '12345678903', port: 'FT232R', who: 'Amina', choice: 'whole' } as const;

describe('a run in words', () => {
	it('is good only where every case passed', () => {
		const skipped = result('clock-right', { verdict: 'skipped', because: 'takes-time' });
		const passed = result('credit-counted', PASSED);
		const failed = result('used-token-refused', FAILED);
		expect(headline([passed], words)).toEqual({ tone: 'good', title: 'All 1 cases passed' });
		expect(headline([passed, skipped], words).tone).toBe('wait');
		expect(headline([passed, skipped, failed], words)).toEqual({
			...{ tone: 'bad', title: '1 case failed' },
		});
	});

	it('says of a case what was expected and found', () => {
		expect(endText(PASSED, words)).toEqual({});
		expect(endText(FAILED, words)).toEqual({
			...{ expected: 'refused: not valid', found: 'token carried out' },
		});
		const exception = { ...EXCEPTION, value: 'deciphering-error' };
		const unknown = { verdict: 'unknown', expected: [TAKEN, NO_ANSWER], found: exception } as const;
		expect(endText(unknown, words)).toEqual({
			expected: 'token carried out or no answer',
			found: 'an exception (deciphering-error)',
			note: words.result.unjudged,
		});
		expect(endText({ verdict: 'unknown', cut: 'unplugged' }, words)).toEqual({
			note: words.result.cut,
		});
	});

	it('has every case in its group, in order', () => {
		const all = byGroup(CASE_IDS.map((id) => result(id, PASSED)));
		expect(all.map(({ group }) => group)).toEqual([
			...['line', 'security', 'tokens', 'decoder', 'key-change'],
		]);
		expect(all.flatMap(({ results }) => results)).toHaveLength(CASE_IDS.length);
		expect(byGroup([result('clock-right', PASSED)])).toHaveLength(1);
	});

	it('says what was left, and nothing where nothing was', () => {
		expect(leftTexts(run([]), words)).toEqual([]);
		expect(leftTexts(run([], { ...CLEAN, limitW: 90_004 }), words)).toEqual([]);
		const left = { ...CLEAN, key: true, limitChanged: true, creditUnits: 15, storeCleared: true };
		expect(leftTexts(run([], left), words)).toEqual([
			...[words.left.key, words.left.limit, words.left.credit('1.5 kWh'), words.left.store],
		]);
	});

	it('has a head on paper', () => {
		const done = run([result('credit-counted', PASSED)]);
		const text = { time: (ms: number) => `${ms} ms`, count: String, drn: (drn: string) => drn };
		const facts = reportFacts(done, reportOf(done, ABOUT), ABOUT, words, text);
		expect(facts).toContainEqual({ name: 'Meter', value: '12345678903' });
		expect(facts).toContainEqual({ name: 'Firmware', value: '1.4' });
		expect(facts).toContainEqual({
			...{ name: 'Key', value: 'EA07, supply group 201457, revision 1, tariff index 1' },
		});
		expect(facts.map(({ name }) => name)).not.toContain(words.report.name);
		expect(facts.at(-1)?.value).toMatch(/^[0-9a-f]{64}$/);
	});

	it('is a deed that the journal takes', () => {
		const results = [result('credit-counted', PASSED), result('used-token-refused', FAILED)];
		const report = reportOf(run(results), ABOUT);
		const probe = {
			label: { kind: 'serial', name: 'FT232R', usb: '0403:6001' },
			baud: 9600,
		} as const;
		const deed = benchDeed(report, { ...probe, opening: 'mode-e' }, { ...ABOUT, jobId: null });
		expect(v.parse(JOURNAL_CONTENTS['bench-report'], deed.content)).toMatchObject({
			...{ passed: 1, failed: 1, skipped: 0, reportDigest: report.sha256 },
		});
		const stream = benchDeed(
			report,
			{ ...probe, opening: undefined, baud: 0 },
			{ ...ABOUT, jobId: null },
		);
		expect(stream.content.probe.baud).toBeNull();
	});
});

describe('papers', () => {
	const PAPERS: VirtualMeterProvision = {
		drn: '12345678903',
		label: 'A meter',
		ea: 7,
		tct: '02',
		sgc: '201457',
		krn: 1,
		kt: 2,
		ti: '01',
		ken: 255,
		baseYear: 2014,
		decoderKeyHex: '87f3ecbb2e46b48f',
		manufacturedAtMs: 0,
	};

	it('of the test estate are a key', () => {
		expect(testKeyOf(PAPERS)).toMatchObject({ ea: 7, ti: 1, baseDate: 2014 });
	});

	it.each([{ kt: 7 }, { ea: 11 as const }, { ti: 'x' }])('with %j are none', (change) => {
		expect(testKeyOf({ ...PAPERS, ...change })).toBeUndefined();
	});
});
