/**
 * What stands under the virtual meter, behind folds: loaded when a meter is looked at, apart from the
 * catalogue of everybody.
 */
import { virtualMeterBench } from './en/virtual-meter-bench.ts';
import type { Widen } from './widen.ts';

export const virtualMeterBenchEn = virtualMeterBench;

export type VirtualMeterBenchWords = Widen<typeof virtualMeterBench>;
