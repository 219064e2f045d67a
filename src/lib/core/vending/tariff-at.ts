/**
 * Time of use: the plain tariff of one moment. A token of units is priced once, when it is bought: the meter
 * counts units and knows no hours, so what a later hour costs is no business of this sale. The hour that
 * counts is the utility's civil one, as the edge read it.
 */
import type { CivilMoment } from '#lib/core/units/instant.ts';
import type { PlainTariff, Tariff, TimeWindow } from './tariff.ts';

/** With the blocks of the first period that holds the moment, and that period's name behind the tariff's. */
export function tariffAt(tariff: Tariff, moment: CivilMoment): PlainTariff {
	const { timeOfUse = [], ...plain } = tariff;
	const period = timeOfUse.find(({ windows }) => windows.some((window) => holds(window, moment)));
	if (period === undefined) return plain;
	return { ...plain, name: `${plain.name}, ${period.name}`, blocks: period.blocks };
}

function holds(window: TimeWindow, { month, weekday, minuteOfDay }: CivilMoment): boolean {
	return (
		(window.months?.includes(month) ?? true) &&
		(window.weekdays?.includes(weekday) ?? true) &&
		minuteOfDay >= window.fromMinute &&
		minuteOfDay < window.toMinute
	);
}
