/**
 * A run of the gateway's test bench: the cases of a plan, one after the other, against whatever a connector
 * opens.
 *
 * Always holds: after each case the meter is brought back before the next one begins, also when the run is
 * called off; frames are kept of the cases that did not pass, redacted, and at most so many.
 */
import type { TranslatorKeys } from '#lib/core/dlms/translator/translator.ts';
import { FrameLog } from '#lib/core/field/frame-log/frame-log.ts';
import type { FramePiece } from '#lib/core/field/frame-log/frame-piece.ts';
import type { LogDetail } from '#lib/core/field/frame-log/log-row.ts';
import type { BenchRun, CaseResult } from '#lib/core/field/gateway-bench/bench-run.ts';
import { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { Bench, type BenchTarget } from '#lib/core/field/gateway-bench/bench.ts';
import { bringBack, closeRun } from '#lib/core/field/gateway-bench/bring-back.ts';
import { type CaseEnd, CaseRun } from '#lib/core/field/gateway-bench/case-run.ts';
import type { CaseId } from '#lib/core/field/gateway-bench/cases.ts';
import { findMeter } from '#lib/core/field/gateway-bench/find-meter.ts';
import { leftBehind } from '#lib/core/field/gateway-bench/left-behind.ts';
import type { PlannedCase } from '#lib/core/field/gateway-bench/plan-run.ts';
import type { BenchStep, Program } from '#lib/core/field/gateway-bench/step.ts';
import type { HandRequest, SkipReason, WaitReason } from '#lib/core/field/gateway-bench/terms.ts';
import { breathe } from './ask-in-turn.ts';
import type { BenchConnector } from './bench-connector.ts';
import { BenchHands } from './bench-hands.ts';
import type { Timer } from './transport.ts';

/** Where a run is. */
export type BenchProgress =
	/** The first look at the meter. */
	| { readonly at: 'finding' }
	| { readonly at: 'case'; readonly id: CaseId; readonly number: number; readonly of: number }
	/** Something takes its time, within a case or while the meter is brought back. */
	| { readonly at: 'waiting'; readonly why: WaitReason; readonly untilMs: number }
	/** After the last case. */
	| { readonly at: 'closing' };

export interface BenchOrder {
	readonly plan: readonly PlannedCase[];
	readonly target: BenchTarget;
	readonly connector: BenchConnector;
	readonly timer: Timer;
	/** Keys by which frames are shown deciphered in the report. */
	readonly keys?: TranslatorKeys;
	/** Asks a person to do something at the meter; whether it was done. Absent: nobody is there. */
	readonly hand?: (request: HandRequest) => Promise<boolean>;
	/** Moves the meter's clock on instead of waiting, where somebody can. */
	readonly passTime?: (ms: number) => void;
	readonly progress?: (progress: BenchProgress) => void;
	/** After each case. */
	readonly result?: (result: CaseResult) => void;
	/** Calls the run off: the case on its way is left, the meter brought back. */
	readonly signal?: AbortSignal;
}

/** Frames of one case that are kept. */
export const MAX_ROWS = 200;
/** Frames that are read before the host gets its turn. */
const READ_AT_ONCE = 20;
const RUN_FRAMES = { frames: 4000, octets: 2 * 1024 * 1024 };

/** Runs a plan. Rejects for slips only. */
export function runBench(order: BenchOrder): Promise<BenchRun> {
	return new Runner(order).run();
}

class Runner {
	readonly #order: BenchOrder;
	readonly #bench: Bench;
	readonly #log = new FrameLog(RUN_FRAMES);
	readonly #digest = new LineRecorder('wrapper').digest;
	readonly #hands: BenchHands;
	/** Why no further case is tried. */
	#stopped: SkipReason | undefined;
	#found = false;

	constructor(order: BenchOrder) {
		this.#order = order;
		this.#bench = new Bench(order.target);
		if (order.keys) this.#log.useKeys(order.keys);
		this.#hands = new BenchHands(order, (piece) => this.#hear(piece));
	}

	async run(): Promise<BenchRun> {
		const { timer, plan, progress, signal } = this.#order;
		const startedMs = timer.nowMs();
		const results: CaseResult[] = [];
		const tried = plan.filter(({ skipped }) => !skipped).length;
		let number = 0;
		for (const planned of plan) {
			if (signal?.aborted) this.#stopped ??= 'called-off';
			// The first look rests upon a line that answers.
			if (!planned.row.gate && !this.#found && !this.#stopped) await this.#find();
			if (!planned.skipped) number += 1;
			const skipped = planned.skipped ?? this.#stopped ?? this.#barredOf(planned);
			if (!skipped) progress?.({ at: 'case', id: planned.row.id, number, of: tried });
			const result = skipped ? notTried(planned.row.id, skipped) : await this.#case(planned);
			results.push(result);
			this.#order.result?.(result);
		}
		progress?.({ at: 'closing' });
		if (this.#found) await this.#perform(nothing(), () => closeRun(this.#bench));
		await this.#hands.letGo();
		const { found } = this.#bench;
		return {
			...{ startedMs, endedMs: timer.nowMs(), results, found },
			digest: { sha256: this.#digest.hex(), frames: this.#digest.frames },
			left: leftBehind(this.#bench),
		};
	}

	#hear(piece: FramePiece): void {
		this.#log.add(piece);
		this.#digest.take(piece);
	}

	/** A case that needs tokens of ours, where there can be none. */
	#barredOf({ row }: PlannedCase): SkipReason | undefined {
		return row.needs.includes('test-key') ? this.#bench.barred : undefined;
	}

	async #find(): Promise<void> {
		this.#order.progress?.({ at: 'finding' });
		this.#found = true;
		const end = await this.#perform(findMeter(this.#bench), () => nothing());
		if ('cut' in end) this.#stopped = 'line-lost';
		else if (end.verdict === 'skipped') this.#stopped = 'called-off';
	}

	async #case({ row }: PlannedCase): Promise<CaseResult> {
		const { timer } = this.#order;
		const from = this.#log.newest;
		const startedMs = timer.nowMs();
		const bringsBack = () => (this.#found ? bringBack(this.#bench) : nothing());
		const end = await this.#perform(row.program(this.#bench), bringsBack);
		if ('cut' in end) this.#stopped = 'line-lost';
		else if (row.gate && end.verdict !== 'passed') this.#stopped = 'after-failure';
		const frames = this.#log.newest - from;
		const isKept = end.verdict === 'failed' || end.verdict === 'unknown';
		const rows = isKept ? await this.#rowsFrom(from) : [];
		return { id: row.id, end, frames, rows, tookMs: timer.nowMs() - startedMs };
	}

	async #rowsFrom(from: number): Promise<readonly LogDetail[]> {
		const { view } = this.#log;
		while (!view.read(READ_AT_ONCE)) await breathe(this.#order.timer);
		const numbers = view.rows().flatMap(({ number }) => (number > from ? [number] : []));
		return numbers.slice(-MAX_ROWS).flatMap((number) => view.detail(number) ?? []);
	}

	/** Carries a program out, and what brings the meter back after it. */
	async #perform(program: Program, back: () => Program): Promise<CaseEnd> {
		const { signal } = this.#order;
		const run = new CaseRun(program, back);
		let step: BenchStep | undefined = run.start();
		while (step) {
			if (signal?.aborted && run.mayCallOff) {
				step = run.callOff();
				continue;
			}
			const seen = await this.#hands.carryOut(step, run.mayCallOff ? signal : undefined);
			step = signal?.aborted && run.mayCallOff ? run.callOff() : run.take(seen);
		}
		return run.end;
	}
}

function* nothing(): Program {}

const notTried = (id: CaseId, because: SkipReason): CaseResult => ({
	id,
	end: { verdict: 'skipped', because },
	frames: 0,
	rows: [],
	tookMs: 0,
});
