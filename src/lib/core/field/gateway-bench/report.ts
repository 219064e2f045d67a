/**
 * The report of a run: JSON for programs, and the digest by which a paper, a file and the journal are known to
 * be about the same run.
 *
 * Always holds: no key, secret or digit of a token is in it; frames are the redacted rows of the log.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { formatHex } from '../../bytes/hex.ts';

import type { LogDetail } from '../frame-log/log-row.ts';
import type { BenchRun, CaseResult } from './bench-run.ts';
import { caseRow } from './cases.ts';
import { CASE_VERDICTS, type CaseVerdict } from './terms.ts';

export const REPORT_FORMAT = 'tokenline-gateway-bench';
const REPORT_VERSION = 1;

/** What a run does not know by itself. */
export interface ReportAbout {
	readonly drn: string;
	/** By which port. */
	readonly port: string;
	/** Who ran it. */
	readonly who: string;
	readonly choice: 'whole' | 'quick' | 'chosen';
}

export interface BenchReport {
	/** The file, byte for byte what the digest is of. */
	readonly json: string;
	/** SHA-256 of the file, 64 hexadecimal digits. */
	readonly sha256: string;
	readonly counts: Readonly<Record<CaseVerdict, number>>;
}

/** How many cases ended how. */
export function countVerdicts(results: readonly CaseResult[]): Record<CaseVerdict, number> {
	const count = (verdict: CaseVerdict) =>
		results.filter(({ end }) => end.verdict === verdict).length;
	const entries = CASE_VERDICTS.map((verdict) => [verdict, count(verdict)] as const);
	return Object.fromEntries(entries) as Record<CaseVerdict, number>;
}

/** The report of a run. */
export function reportOf(run: BenchRun, about: ReportAbout): BenchReport {
	const counts = countVerdicts(run.results);
	const { startedMs, endedMs, found, left, digest } = run;
	const json = JSON.stringify(
		{
			...{ format: REPORT_FORMAT, version: REPORT_VERSION, ...about },
			started: iso(startedMs),
			ended: iso(endedMs),
			...{ deviceName: found.deviceName, firmware: found.firmware, key: found.key },
			counts,
			left,
			frames: digest,
			cases: run.results.map(plainCase),
		},
		undefined,
		1,
	);
	return { json, sha256: formatHex(sha256(utf8ToBytes(json))), counts };
}

const iso = (atMs: number): string => new Date(atMs).toISOString();

function plainCase({ id, end, frames, rows, tookMs }: CaseResult) {
	const { group, clause } = caseRow(id);
	return {
		id,
		group,
		clause,
		...end,
		tookMs,
		frames,
		...(rows.length > 0 && { rows: rows.map(plainRow) }),
	};
}

const plainRow = ({ row, octets }: LogDetail) => ({
	...{ number: row.number, at: iso(row.atMs), direction: row.direction },
	...{ what: row.what, problem: row.problem, octets: octets.hex },
	...(octets.hidden > 0 && { octetsNotShown: octets.hidden }),
});
