/** What the bench's screen says of a plan, of a case, of a run. */
import type { BenchRun, CaseResult } from '#lib/core/field/gateway-bench/bench-run.ts';
import type { CaseEnd } from '#lib/core/field/gateway-bench/case-run.ts';
import { caseRow } from '#lib/core/field/gateway-bench/cases.ts';
import { isClean } from '#lib/core/field/gateway-bench/left-behind.ts';
import {
	type BenchReport,
	countVerdicts,
	type ReportAbout,
} from '#lib/core/field/gateway-bench/report.ts';
import type { Sight } from '#lib/core/field/gateway-bench/sight.ts';
import {
	CASE_GROUPS,
	type CaseGroup,
	type CaseVerdict,
} from '#lib/core/field/gateway-bench/terms.ts';
import type { TechnicianWords } from '#lib/core/words/technician.ts';
import type { Tone } from '#lib/ui/view/tones.ts';

type BenchWords = TechnicianWords['bench'];

export const VERDICT_TONES: Readonly<Record<CaseVerdict, Tone>> = {
	passed: 'good',
	failed: 'bad',
	unknown: 'wait',
	skipped: 'neutral',
};

/** A sight in words. */
export const sightText = ({ kind, value = '' }: Sight, words: BenchWords): string =>
	words.sights[kind](value);

/** What a line of the table says beside the verdict. */
export interface EndText {
	readonly expected?: string;
	readonly found?: string;
	readonly note?: string;
}

export function endText(end: CaseEnd, words: BenchWords): EndText {
	if (end.verdict === 'passed') return {};
	if (end.verdict === 'skipped') return { note: words.skipped[end.because] };
	if ('cut' in end) return { note: words.result.cut };
	const expected = end.expected.map((sight) => sightText(sight, words)).join(words.result.or);
	const found = sightText(end.found, words);
	return { expected, found, ...(end.verdict === 'unknown' && { note: words.result.unjudged }) };
}

/** Results by group, in the order of the groups; a group without one is left out. */
export function byGroup(
	results: readonly CaseResult[],
): { readonly group: CaseGroup; readonly results: readonly CaseResult[] }[] {
	return CASE_GROUPS.map((group) => ({
		group,
		results: results.filter(({ id }) => caseRow(id).group === group),
	})).filter((each) => each.results.length > 0);
}

/** The one sentence on top. */
export function headline(
	results: readonly CaseResult[],
	words: BenchWords,
): { readonly tone: Tone; readonly title: string } {
	const { passed, failed, unknown, skipped } = countVerdicts(results);
	if (failed > 0) return { tone: 'bad', title: words.result.failed(failed) };
	return unknown + skipped > 0
		? { tone: 'wait', title: words.result.incomplete }
		: { tone: 'good', title: words.result.allPassed(passed) };
}

const WH_PER_UNIT = 100;

/** What a person must know before they walk away; empty where all is as it was. */
export function leftTexts({ left }: BenchRun, words: BenchWords): readonly string[] {
	if (isClean(left)) return [];
	const { key, limitChanged, creditUnits, storeCleared } = left;
	const credit = `${(creditUnits * WH_PER_UNIT) / 1000} kWh`;
	return [
		...(key ? [words.left.key] : []),
		...(limitChanged ? [words.left.limit] : []),
		...(creditUnits > 0 ? [words.left.credit(credit)] : []),
		...(storeCleared ? [words.left.store] : []),
	];
}

/** How figures are written on the paper. */
export interface PaperText {
	readonly time: (atMs: number) => string;
	readonly count: (value: number) => string;
	readonly drn: (drn: string) => string;
}

/** The lines on top of the paper: which meter, by whom, when, how, and by which digest it is known. */
export function reportFacts(
	run: BenchRun,
	report: BenchReport,
	about: ReportAbout,
	words: BenchWords,
	text: PaperText,
): { readonly name: string; readonly value: string }[] {
	const own = words.report;
	const { ea, sgc, krn, ti } = run.found.key;
	const told = (value: number | string | undefined): string => String(value ?? '?');
	const rows: (readonly [string, string | undefined])[] = [
		[own.meter, text.drn(about.drn)],
		[own.name, run.found.deviceName],
		[own.firmware, run.found.firmware],
		[own.key, own.keyAs(told(ea).padStart(2, '0'), told(sgc), told(krn), told(ti))],
		[own.who, about.who],
		[own.when, `${text.time(run.startedMs)} – ${text.time(run.endedMs)}`],
		[own.port, about.port],
		[own.frames(text.count(run.digest.frames)), run.digest.sha256],
		[own.digest, report.sha256],
	];
	return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
