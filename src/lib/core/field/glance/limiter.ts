/** The limiter of a meter (class 71): what it watches, and above what it acts. */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { type ScalerUnit, unitSymbol } from '#lib/core/dlms/cosem/scaled.ts';
import { decimalIn, type Quantity } from '../quantity.ts';
import { type Reading, readingOf, valueOf } from '../reading.ts';
import { elementsIn, nameIn, scalerUnitIn, truthIn, wholeIn, wholeWithin } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectsOf, outcomeOf } from './known-facts.ts';
import type { PlannedRead } from '../batch.ts';

/** A threshold; `none` where it is the highest number its type holds, which meters send for no limit. */
export type Threshold = Quantity | 'none';

export interface LimiterGlance {
	readonly logicalName: Obis;
	readonly monitored: Reading<PlannedRead>;
	readonly active: Reading<Threshold>;
	readonly normal: Reading<Threshold>;
	readonly emergency: Reading<Threshold>;
	/** Seconds above before it acts. */
	readonly overS: Reading<number>;
	/** Seconds below before it gives way. */
	readonly underS: Reading<number>;
	readonly emergencyActive: Reading<boolean>;
}

/** Where scaler and unit stand in the classes of registers. */
const UNIT_ATTRIBUTES: Readonly<Record<number, number>> = { 3: 3, 4: 3, 5: 4 };

const MOST_U32 = 2 ** 32 - 1;

/** The monitored attribute of a limiter. */
function monitoredIn(data: Data): PlannedRead | undefined {
	const [classData, nameData, attributeData] = elementsIn(data) ?? [];
	const [classId, attribute] = [
		wholeWithin(1, 65_535)(classData),
		wholeWithin(-128, 127)(attributeData),
	];
	const logicalName = nameIn(nameData);
	return classId === undefined || attribute === undefined || !logicalName
		? undefined
		: { classId, logicalName, attribute };
}

/** The read that tells the unit of a limiter's thresholds, from its monitored_value. */
export function monitoredRead(data: Data): PlannedRead | undefined {
	const monitored = monitoredIn(data);
	const attribute = monitored && UNIT_ATTRIBUTES[monitored.classId];
	return attribute === undefined ? undefined : { ...(monitored as PlannedRead), attribute };
}

export function limiterGlances(reading: GlanceReading): LimiterGlance[] {
	return objectsOf(reading, 'limiter').map((object) => {
		const attribute = attributesOf(reading, object);
		const outcome = object.outcome(2);
		const unitRead = outcome && 'data' in outcome ? monitoredRead(outcome.data) : undefined;
		const unit: Reading<ScalerUnit> = unitRead
			? readingOf(
					outcomeOf(reading, unitRead.classId, unitRead.logicalName, unitRead.attribute),
					scalerUnitIn,
				)
			: { state: 'not-in-this-meter' };
		const threshold = (data: Data): Threshold | undefined => {
			if (isHighest(data)) return 'none';
			const decimal = decimalIn(data);
			if (!decimal) return undefined;
			const { scaler, unit: code } = valueOf(unit) ?? { scaler: 0, unit: 255 };
			return { raw: decimal.raw, scaler: decimal.scaler + scaler, unit: unitSymbol(code) };
		};
		/** Told once the unit is: a figure of another magnitude is worse than none. */
		const thresholdAt = (index: number): Reading<Threshold> =>
			unit.state === 'waiting' || unit.state === 'not-understood'
				? unit
				: attribute(index, threshold);
		return {
			logicalName: object.logicalName,
			monitored: attribute(2, monitoredIn),
			active: thresholdAt(3),
			normal: thresholdAt(4),
			emergency: thresholdAt(5),
			overS: attribute(6, wholeWithin(0, MOST_U32)),
			underS: attribute(7, wholeWithin(0, MOST_U32)),
			emergencyActive: attribute(10, truthIn),
		};
	});
}

function isHighest(data: Data): boolean {
	switch (data.type) {
		case 'double-long-unsigned':
			return wholeIn(data) === MOST_U32;
		case 'long-unsigned':
			return wholeIn(data) === 0xffff;
		case 'double-long':
			return wholeIn(data) === 2 ** 31 - 1;
		default:
			return false;
	}
}
