/** A run as the journal has it. */
import type { Deed } from '#lib/browser/sync/field-journal.ts';
import { OPENINGS, type Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import { REPORT_FORMAT, type BenchReport } from '#lib/core/field/gateway-bench/report.ts';
import type { PortLabel } from '#lib/link/line.ts';

/** How the meter was reached. */
export interface BenchProbe {
	readonly label: PortLabel;
	readonly opening: Opening | undefined;
	/** 0 on a stream. */
	readonly baud: number;
}

/** What is written down; what could not be judged counts as not tried. */
export function benchDeed(
	{ sha256, counts }: BenchReport,
	{ label, opening = OPENINGS[0], baud }: BenchProbe,
	about: { readonly jobId: string | null; readonly drn: string; readonly choice: string },
): Deed<'bench-report'> {
	return {
		kind: 'bench-report',
		content: {
			probe: {
				...{ label: label.name, kind: label.kind, usb: label.usb ?? null },
				...{ opening, baud: baud > 0 ? baud : null },
			},
			reportDigest: sha256,
			suite: `${REPORT_FORMAT} ${about.choice}`,
			passed: counts.passed,
			failed: counts.failed,
			skipped: counts.unknown + counts.skipped,
		},
		jobId: about.jobId,
		drn: about.drn,
	};
}
