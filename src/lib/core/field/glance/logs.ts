/** Which logs and load profiles a meter has (class 7), by their logical names (dlms.md §8). */
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { isOfPattern, obisGroups, obisPattern } from '../obis-pattern.ts';
import type { Reading } from '../reading.ts';
import { wholeWithin } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectsOf } from './known-facts.ts';

const FAMILIES = [
	{ kind: 'load-profile-1', names: '1.*.99.1.*' },
	{ kind: 'load-profile-2', names: '1.*.99.2.*' },
	{ kind: 'billing', names: '0.*.98.1.*' },
	{ kind: 'event-log', names: '0.*.99.98.*' },
	{ kind: 'power-failure-log', names: '1.*.99.97.*' },
	{ kind: 'charge-collections', names: '0.*.99.14.*' },
	{ kind: 'token-credits', names: '0.*.99.15.*' },
	{ kind: 'parameter-changes', names: '0.*.99.16.*' },
	{ kind: 'token-transfers', names: '0.*.99.17.*' },
] as const;
export type LogKind = (typeof FAMILIES)[number]['kind'] | 'other';

export interface LogGlance {
	readonly logicalName: Obis;
	readonly kind: LogKind;
	/** Group E: which of its kind. */
	readonly detail: number;
	readonly entriesInUse: Reading<number>;
	readonly capacity: Reading<number>;
	/** Seconds between two rows; 0 where they come as things happen. */
	readonly periodS: Reading<number>;
}

const PATTERNS = FAMILIES.map(({ kind, names }) => ({ kind, pattern: obisPattern(names) }));
const MOST = 2 ** 32 - 1;

/** What kind of log a profile's logical name says it is. */
export function logKind(logicalName: Obis): LogKind {
	const groups = obisGroups(logicalName);
	return PATTERNS.find(({ pattern }) => isOfPattern(groups, pattern))?.kind ?? 'other';
}

export function logGlances(reading: GlanceReading): LogGlance[] {
	return objectsOf(reading, 'log').map((object) => {
		const attribute = attributesOf(reading, object);
		const { logicalName } = object;
		return {
			logicalName,
			kind: logKind(logicalName),
			detail: obisGroups(logicalName)[4] ?? 0,
			entriesInUse: attribute(7, wholeWithin(0, MOST)),
			capacity: attribute(8, wholeWithin(0, MOST)),
			periodS: attribute(4, wholeWithin(0, MOST)),
		};
	});
}
