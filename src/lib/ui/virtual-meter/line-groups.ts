/** Faults of the line in the groups a person looks for them in. */
import { LINE_FAULT_NAMES, LINE_FAULTS, type LineFaultName } from '#lib/link/line-faults.ts';

export const LINE_GROUPS = ['probe', 'meter', 'direct'] as const;
export type LineGroup = (typeof LINE_GROUPS)[number];

/** Whether it is the probe, the meter's manner, or that it speaks HDLC at once. */
export function lineGroupOf(name: LineFaultName): LineGroup {
	if (LINE_FAULTS[name].probe) return 'probe';
	return name.startsWith('direct-') ? 'direct' : 'meter';
}

/** The faults of one group, in the order of their table. */
export function faultsOf(group: LineGroup): readonly LineFaultName[] {
	return LINE_FAULT_NAMES.filter((name) => lineGroupOf(name) === group);
}
