/** What is counted of the mains and of hands on the meter (class 1). */
import { doubleLongUnsigned } from '#lib/core/dlms/axdr/build.ts';
import type { TamperKind } from '../tampers.ts';
import type { VirtualMeter } from '../virtual-meter.ts';
import { cosemObject, type CosemObject, type Presence } from './cosem-object.ts';
import { isThreePhase } from './presence.ts';

const counter = (
	name: string,
	count: (meter: VirtualMeter) => number,
	presentIn?: Presence,
): CosemObject =>
	cosemObject(1, name, { 2: ({ meter }) => doubleLongUnsigned(count(meter.meter)) }, { presentIn });

/** Group E of the counter of each tamper. */
const TAMPER_COUNTERS: Readonly<Record<TamperKind, number>> = {
	'meter-cover': 0,
	'terminal-cover': 5,
	'magnetic-field': 15,
	'reversed-current': 25,
};

export const COUNTER_OBJECTS: readonly CosemObject[] = [
	counter('0.0.96.7.21', ({ mains }) => mains.failures),
	...(Object.keys(TAMPER_COUNTERS) as TamperKind[]).map((kind) =>
		counter(`0.0.96.20.${TAMPER_COUNTERS[kind]}`, ({ tampers }) => tampers.counts[kind]),
	),
	...[1, 2, 3].flatMap((phase) => {
		const group = 12 + phase * 20;
		const presentIn = phase > 1 ? isThreePhase : undefined;
		return [
			counter(`1.0.${group}.32.0`, ({ mains }) => mains.sags[phase - 1] ?? 0, presentIn),
			counter(`1.0.${group}.36.0`, ({ mains }) => mains.swells[phase - 1] ?? 0, presentIn),
		];
	}),
];
