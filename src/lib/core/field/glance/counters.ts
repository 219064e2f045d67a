/** What a meter counts of its own life: opened covers, power failures, events; and its last events. */
import type { EventName } from '#lib/core/dlms/profile/event-names.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { obisGroups } from '../obis-pattern.ts';
import type { Reading } from '../reading.ts';
import { wholeWithin } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectsOf } from './known-facts.ts';

export const COUNTER_KINDS = [
	'meter-cover',
	'terminal-cover',
	'other-tamper',
	'power-failures',
	'power-failures-of-a-phase',
	'other-power-failures',
	'events',
] as const;
export type CounterKind = (typeof COUNTER_KINDS)[number];

export interface CounterGlance {
	readonly logicalName: Obis;
	readonly kind: CounterKind;
	/** Group E: which phase, cover or log. */
	readonly detail: number;
	readonly count: Reading<number>;
}

/** The last event of a log. */
export interface LastEventGlance {
	readonly logicalName: Obis;
	/** Group E: which log. */
	readonly log: number;
	readonly code: Reading<number>;
	/** What the meter's profile says the code means. */
	readonly name: EventName | undefined;
}

const MOST = 2 ** 32 - 1;

export function counterGlances(reading: GlanceReading): CounterGlance[] {
	return objectsOf(reading, 'counter').map((object) => {
		const [, , , d = 0, detail = 0] = obisGroups(object.logicalName);
		return {
			logicalName: object.logicalName,
			kind: counterKind(d, detail),
			detail,
			count: attributesOf(reading, object)(2, wholeWithin(0, MOST)),
		};
	});
}

function counterKind(d: number, e: number): CounterKind {
	if (d === 15) return 'events';
	if (d === 20) return e === 0 ? 'meter-cover' : e === 5 ? 'terminal-cover' : 'other-tamper';
	if (e === 0 || e === 21) return 'power-failures';
	return e >= 1 && e <= 3 ? 'power-failures-of-a-phase' : 'other-power-failures';
}

export function lastEventGlances(
	reading: GlanceReading,
	names: Readonly<Record<number, EventName>>,
): LastEventGlance[] {
	return objectsOf(reading, 'event-code').map((object) => {
		const code = attributesOf(reading, object)(2, wholeWithin(0, MOST));
		return {
			logicalName: object.logicalName,
			log: obisGroups(object.logicalName)[4] ?? 0,
			code,
			name: code.state === 'read' ? names[code.value] : undefined,
		};
	});
}
