/** Energy and power-quality registers by what their logical names say (IEC 62056-61, groups C, D, E). */
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { unitSymbol } from '#lib/core/dlms/cosem/scaled.ts';
import { obisGroups } from '../obis-pattern.ts';
import { decimalIn, type Quantity } from '../quantity.ts';
import type { Reading } from '../reading.ts';
import { readingOf, WAITING } from '../reading.ts';
import { scalerUnitIn } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { type KnownObject, objectsOf } from './known-facts.ts';

/** What is measured, by group C of the sum of all phases. */
export const MEASURES = {
	1: 'active-import',
	2: 'active-export',
	3: 'reactive-import',
	4: 'reactive-export',
	5: 'reactive-quadrant-1',
	6: 'reactive-quadrant-2',
	7: 'reactive-quadrant-3',
	8: 'reactive-quadrant-4',
	9: 'apparent-import',
	10: 'apparent-export',
	11: 'current',
	12: 'voltage',
	13: 'power-factor',
	14: 'frequency',
	15: 'active-both-ways',
	16: 'active-net',
} as const;
export type Measure = (typeof MEASURES)[keyof typeof MEASURES] | 'neutral-current';

export interface RegisterGlance {
	readonly logicalName: Obis;
	readonly measure: Measure;
	/** `sum` of all phases. */
	readonly phase: 'sum' | 1 | 2 | 3;
	/** Tariff rate, 0 the total; registers of momentary values have none. */
	readonly rate: number;
	/** Group B: 0 is the meter itself. */
	readonly channel: number;
	readonly quantity: Reading<Quantity>;
}

const NEUTRAL_CURRENT = 91;
/** Each phase has its own twenty numbers of group C. */
const NUMBERS_OF_A_PHASE = 20;

export function registerGlances(
	reading: GlanceReading,
	part: 'energy' | 'power-quality',
): RegisterGlance[] {
	return objectsOf(reading, part).flatMap((object) => {
		const [, channel = 0, c = 0, , rate = 0] = obisGroups(object.logicalName);
		const place = placeOf(c);
		if (!place) return [];
		const { logicalName } = object;
		return [{ logicalName, ...place, rate, channel, quantity: quantityOf(object) }];
	});
}

/** What group C of a logical name says is measured, and of which phase; undefined for what is no such thing. */
export function placeOf(c: number): Pick<RegisterGlance, 'measure' | 'phase'> | undefined {
	if (c === NEUTRAL_CURRENT) return { measure: 'neutral-current', phase: 'sum' };
	const phase = Math.floor((c - 1) / NUMBERS_OF_A_PHASE);
	const measure = MEASURES[(((c - 1) % NUMBERS_OF_A_PHASE) + 1) as keyof typeof MEASURES];
	if (!measure || phase < 0 || phase > 3) return undefined;
	return { measure, phase: phase === 0 ? 'sum' : (phase as 1 | 2 | 3) };
}

/**
 * A register's value with its scaler and unit. A scaler that is rubbish makes the value so; one that is
 * refused leaves it raw, without a unit.
 */
function quantityOf(object: KnownObject): Reading<Quantity> {
	const scaling = readingOf(object.outcome(3), scalerUnitIn);
	if (scaling.state === 'waiting') return WAITING;
	const value = readingOf(object.outcome(2), decimalIn);
	if (value.state !== 'read') return value;
	if (scaling.state === 'not-understood') return scaling;
	const { scaler, unit } = scaling.state === 'read' ? scaling.value : { scaler: 0, unit: 255 };
	const { raw, scaler: own } = value.value;
	return { state: 'read', value: { raw, scaler: own + scaler, unit: unitSymbol(unit) } };
}
