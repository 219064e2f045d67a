/** The words of what stands behind the virtual meter's folds. */
import {
	virtualMeterBenchEn,
	type VirtualMeterBenchWords,
} from '#lib/core/words/virtual-meter-bench.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';

export const words: VirtualMeterBenchWords = virtualMeterBenchEn;

/** Every fault of the line has its words: the words stand below the line, so that is seen to here. */
export const lineFaultWords: Readonly<Record<LineFaultName, string>> =
	virtualMeterBenchEn.bench.line;
