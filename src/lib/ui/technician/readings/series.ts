/** The curves that a profile has, by name; of a register that counts up also what each row adds. */
import { firstIndexFrom } from '#lib/core/field/profile-reading/down-sample.ts';
import { placeOf } from '#lib/core/field/glance/registers.ts';
import { obisGroups } from '#lib/core/field/obis-pattern.ts';
import type { ProfileColumn } from '#lib/core/field/profile-reading/columns.ts';
import { type ProfileTable, stepsOf } from '#lib/core/field/profile-reading/table.ts';
import { words } from '#lib/ui/technician/words.ts';

export interface Series {
	readonly id: string;
	readonly name: string;
	readonly unit: string;
	readonly values: Float64Array;
}

const ELECTRICITY = 1;

/** What a column is called for people. */
export function columnName({ kind, logicalName, attribute, classId }: ProfileColumn): string {
	const [a, , c = 0] = obisGroups(logicalName);
	const place = kind === 'value' && a === ELECTRICITY && classId !== 1 ? placeOf(c) : undefined;
	if (!place)
		return kind === 'value' ? `${logicalName}/${attribute}` : words.glance.profile.columns[kind];
	const { measures, phases } = words.glance.registers;
	return [measures[place.measure], phases[place.phase]].filter((part) => part !== '').join(' ');
}

const COUNTED = ['Wh', 'varh', 'VAh'];
const THOUSAND = 1000;

/** Energy is read in thousands. */
function inThousands(unit: string, values: Float64Array): Pick<Series, 'unit' | 'values'> {
	const large = COUNTED.includes(unit) && values.some((value) => Math.abs(value) >= THOUSAND);
	return large
		? { unit: `k${unit}`, values: values.map((value) => value / THOUSAND) }
		: { unit, values };
}

/** Every curve of a table; what a register adds comes before the register itself. */
export function seriesOf({ columns }: ProfileTable): Series[] {
	return columns.flatMap(({ column, values }, at) => {
		const name = columnName(column);
		const plain = { id: `${at}`, name, ...inThousands(column.unit, values) };
		if (!COUNTED.includes(column.unit) || !countsUp(values)) return [plain];
		const added = stepsOf(values);
		const { perRow } = words.technicianMeter.readings;
		return [{ id: `${at}+`, name: perRow(name), ...inThousands(column.unit, added) }, plain];
	});
}

/** Most steps of a register go up; one that goes down now and then was set back. */
const MOST_STEPS = 0.95;

function countsUp(values: Float64Array): boolean {
	let [up, steps] = [0, 0];
	let before = NaN;
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		if (!Number.isNaN(before)) {
			steps += 1;
			if (value >= before) up += 1;
		}
		before = value;
	}
	return steps > 0 && up / steps >= MOST_STEPS && before > 0;
}

/** The index nearest to an instant; −1 where there is none. */
export function nearestIndex(times: Float64Array, atMs: number): number {
	const after = firstIndexFrom(times, atMs);
	if (after === 0) return times.length === 0 ? -1 : 0;
	if (after === times.length) return after - 1;
	const [before, next] = [times[after - 1] as number, times[after] as number];
	return atMs - before <= next - atMs ? after - 1 : after;
}

/** The least and the greatest value between two instants; undefined where there is none. */
export function extent(
	times: Float64Array,
	values: Float64Array,
	fromMs: number,
	toMs: number,
): readonly [least: number, greatest: number] | undefined {
	let [least, greatest] = [Infinity, -Infinity];
	for (let at = firstIndexFrom(times, fromMs); at < times.length; at += 1) {
		if ((times[at] as number) > toMs) break;
		const value = values[at] as number;
		if (value < least) least = value;
		if (value > greatest) greatest = value;
	}
	return least <= greatest ? [least, greatest] : undefined;
}
