/** A run of the bench that is over. */
import type { LogDetail } from '../frame-log/log-row.ts';
import type { FoundMeter } from './bench.ts';
import type { CaseEnd } from './case-run.ts';
import type { CaseId } from './cases.ts';
import type { LeftBehind } from './left-behind.ts';

export interface CaseResult {
	readonly id: CaseId;
	readonly end: CaseEnd;
	/** Frames that passed in it. */
	readonly frames: number;
	/** The newest of them, where it failed or is unknown. */
	readonly rows: readonly LogDetail[];
	readonly tookMs: number;
}

export interface BenchRun {
	/** Epoch milliseconds of our clock. */
	readonly startedMs: number;
	readonly endedMs: number;
	readonly results: readonly CaseResult[];
	readonly found: FoundMeter;
	/** SHA-256 over every frame of the run. */
	readonly digest: { readonly sha256: string; readonly frames: number };
	readonly left: LeftBehind;
}
