/**
 * What is wanted of a meter at a glance, as a table: objects by class and family of logical names (IEC
 * 62056-61, dlms.md §8), the attributes of each, in the order in which people want to know them.
 */
import { obis, type Obis } from '#lib/core/dlms/cosem/obis.ts';
import { isOfPattern, obisGroups, type ObisPattern, obisPattern } from '../obis-pattern.ts';

export const GLANCE_PARTS = [
	'device-name',
	'serial',
	'firmware',
	'clock',
	'sts',
	'account',
	'credit',
	'relay',
	'charge',
	'gateway',
	'limiter',
	'energy',
	'power-quality',
	'counter',
	'event-code',
	'log',
] as const;
export type GlancePart = (typeof GLANCE_PARTS)[number];

interface WantedRow {
	readonly part: GlancePart;
	readonly classIds: readonly number[];
	readonly names: readonly ObisPattern[];
	readonly attributes: readonly number[];
	/** Objects read at most; what a meter has beyond is counted only. */
	readonly most: number;
	/** What most meters call it: asked for where there is no object list to be had. */
	readonly usual: readonly string[];
}

const ANY = ['*.*.*.*.*.*'];

const row = (
	part: GlancePart,
	classIds: readonly number[],
	names: readonly string[],
	attributes: readonly number[],
	most: number,
	usual: readonly string[],
): WantedRow => ({ part, classIds, names: names.map(obisPattern), attributes, most, usual });

const VALUE_AND_UNIT = [2, 3];

const WANTED: readonly WantedRow[] = [
	row('device-name', [1], ['0.0.42.0.0'], [2], 1, ['0.0.42.0.0']),
	row('serial', [1], ['0.*.96.1.0-10'], [2], 11, ['0.0.96.1.0']),
	row('firmware', [1], ['0-1.*.0.2.0-8'], [2], 8, ['1.0.0.2.0', '1.0.0.2.8']),
	row('clock', [8], ANY, [2, 3, 7, 8, 9], 1, ['0.0.1.0.0']),
	row('sts', [116], ANY, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1, ['0.0.19.60.0', '0.0.19.50.0']),
	row('account', [111], ANY, [2, 3, 4, 15, 5, 6, 8, 16, 17], 1, ['0.0.19.0.0']),
	row('credit', [112], ANY, [2, 3, 4, 5, 6, 7, 8, 9, 10], 8, ['0.0.19.10.0']),
	row('relay', [70], ANY, [2, 3, 4], 4, ['0.0.96.3.10']),
	row('charge', [113], ANY, [2, 3, 4, 8, 9, 11, 12, 13], 8, ['0.0.19.20.0']),
	row('gateway', [115], ANY, [], 1, ['0.0.19.40.0']),
	row('limiter', [71], ANY, [2, 3, 4, 5, 6, 7, 10], 4, ['0.0.17.0.0']),
	row(
		'energy',
		[3, 4],
		['1.*.1-10.8.0-8', '1.*.15-16.8.0-8', '1.*.21-70.8.0'],
		VALUE_AND_UNIT,
		48,
		['1.0.1.8.0', '1.0.2.8.0'],
	),
	row(
		'power-quality',
		[3, 4],
		['1.*.1-16.7.0', '1.*.21-76.7.0', '1.*.91.7.0'],
		VALUE_AND_UNIT,
		48,
		['1.0.32.7.0', '1.0.31.7.0', '1.0.1.7.0'],
	),
	row('counter', [1, 3], ['0.*.96.20.*', '0.*.96.7.*', '0.*.96.15.*'], [2], 32, [
		'0.0.96.20.0',
		'0.0.96.7.0',
	]),
	row('event-code', [1], ['0.*.96.11.*'], [2], 16, ['0.0.96.11.0']),
	row('log', [7], ANY, [7, 8, 4], 24, ['1.0.99.1.0', '0.0.99.98.0']),
];

/** One object that is wanted and may be there. */
export interface WantedObject {
	readonly part: GlancePart;
	readonly classId: number;
	readonly logicalName: Obis;
}

/** What a meter is asked before its object list: who it is, and its clock. */
export const FIRST_OBJECTS: readonly WantedObject[] = [
	{ part: 'device-name', classId: 1, logicalName: obis('0.0.42.0.0') },
	{ part: 'serial', classId: 1, logicalName: obis('0.0.96.1.0') },
	{ part: 'clock', classId: 8, logicalName: obis('0.0.1.0.0') },
];

/** What most meters call what is wanted, where no object list says it. */
export const USUAL_OBJECTS: readonly WantedObject[] = WANTED.flatMap(({ part, classIds, usual }) =>
	usual.map((name) => ({ part, classId: classIds[0] as number, logicalName: obis(name) })),
);

/** The part of the glance that an object belongs to; undefined for one that is not wanted. */
export function wantedPart(classId: number, logicalName: Obis): GlancePart | undefined {
	const rows = WANTED.filter(({ classIds }) => classIds.includes(classId));
	if (rows.length === 0) return undefined;
	const groups = obisGroups(logicalName);
	return rows.find(({ names }) => names.some((pattern) => isOfPattern(groups, pattern)))?.part;
}

/** The attributes that are read of an object of a part, in order. */
export function wantedAttributes(part: GlancePart): readonly number[] {
	return rowOf(part).attributes;
}

/** How many objects of a part are read. */
export function mostOf(part: GlancePart): number {
	return rowOf(part).most;
}

function rowOf(part: GlancePart): WantedRow {
	return WANTED[GLANCE_PARTS.indexOf(part)] as WantedRow;
}
