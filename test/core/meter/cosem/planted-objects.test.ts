/** Objects that were planted too large or wrong: what they give is bounded all the same. */
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import {
	dateTimeOf,
	decodeDateTime,
	encodeDateTime,
	instantOf,
} from '#lib/core/dlms/axdr/date-time.ts';
import { MAX_MESSAGE_OCTETS } from '#lib/core/dlms/limits.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { objectListOf } from '#lib/core/dlms/cosem/object-list.ts';
import { selectEntries, selectRange } from '#lib/core/dlms/cosem/selection.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import { MOST_ROWS_AT_ONCE } from '#lib/core/meter/cosem/profile.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { MADE_MS, meterOnBench } from '../bench-meter.ts';
import { Asker } from './asking.ts';

const asker = (...plants: PlantName[]) =>
	new Asker(createCosemMeter(meterOnBench({ plants }), MADE_MS), MADE_MS);

const rowsIn = (data: Data | string): readonly Data[] => {
	if (typeof data === 'string' || data.type !== 'array') throw new Error(String(data));
	return data.value;
};

const PROFILE = [7, '1.0.99.1.0'] as const;
const CLOCK = { classId: 8, logicalName: obis('0.0.1.0.0'), attribute: 2, dataIndex: 0 };
const ENERGY = { classId: 3, logicalName: obis('1.0.1.8.0'), attribute: 2, dataIndex: 0 };
const time = (ms: number) => build.octetString(encodeDateTime(dateTimeOf(ms)));

describe('a profile of a million rows', () => {
	const client = asker('million-row-profile');

	it('says so, and gives any of them', () => {
		expect(client.value(...PROFILE, 7)).toBe(1_000_000);
		expect(client.value(...PROFILE, 8)).toBe(1_000_000);
		const [row] = rowsIn(client.get(...PROFILE, 2, selectEntries(1_000_000, 0)));
		expect(row).toMatchObject({
			value: [time(MADE_MS), { value: 99_999_900 }, { value: 400 }, { value: 0 }],
		});
		expect(rowsIn(client.get(...PROFILE, 2, selectEntries(500_000, 500_099)))).toHaveLength(100);
		expect(rowsIn(client.get(...PROFILE, 2, selectEntries(1_000_001, 0)))).toEqual([]);
	});

	it('gives those of a time, found without looking at all', () => {
		const dayMs = 86_400_000;
		const range = selectRange(CLOCK, time(MADE_MS - 100 * dayMs), time(MADE_MS - 99 * dayMs));
		expect(rowsIn(client.get(...PROFILE, 2, range))).toHaveLength(97);
		const after = selectRange(CLOCK, time(MADE_MS + 1000), time(MADE_MS + dayMs));
		expect(rowsIn(client.get(...PROFILE, 2, after))).toEqual([]);
	});

	it('gives no more at once than fits, and refuses what would look at every row', () => {
		const whole = client.get(...PROFILE, 2);
		expect(rowsIn(whole)).toHaveLength(MOST_ROWS_AT_ONCE);
		expect(encodeData(whole as Data).length).toBeLessThan(MAX_MESSAGE_OCTETS);
		expect(client.get(...PROFILE, 2, selectEntries(1, 0))).toBe('other-reason');
		expect(client.get(...PROFILE, 2, selectRange(CLOCK, time(0), time(MADE_MS)))).toBe(
			'other-reason',
		);
		const energies = selectRange(ENERGY, build.doubleLongUnsigned(0), build.doubleLongUnsigned(9));
		expect(client.get(...PROFILE, 2, energies)).toBe('other-reason');
	});
});

describe('an object list of two thousand entries', () => {
	it('has them, and each can be read', () => {
		const client = asker('huge-object-list');
		const entries = objectListOf(client.get(15, '0.0.40.0.0', 2) as Data);
		expect(entries).toHaveLength(2000);
		expect(new Set(entries.map(({ logicalName }) => logicalName)).size).toBe(2000);
		const last = entries.at(-1);
		expect(client.get(1, last?.logicalName ?? '', 2)).toEqual(build.unsigned(0));
		expect(asker().get(1, last?.logicalName ?? '', 2)).toBe('object-undefined');
	});
});

describe('a clock in 2099', () => {
	it('is what the clock shows, and no more', () => {
		const shown = (client: Asker) =>
			instantOf(decodeDateTime(client.value(8, '0.0.1.0.0', 2) as Uint8Array));
		expect(new Date(shown(asker('clock-in-2099')) ?? 0).getUTCFullYear()).toBe(2099);
		expect(shown(asker())).toBe(MADE_MS);
		expect(asker('clock-in-2099').get(7, '0.0.99.98.0', 2)).toEqual(
			asker().get(7, '0.0.99.98.0', 2),
		);
	});
});

describe('another system title', () => {
	it('is not that of this meter number', () => {
		const [sound, faulty] = [meterOnBench(), meterOnBench({ plants: ['another-system-title'] })];
		expect(systemTitleOf(faulty)).not.toEqual(systemTitleOf(sound));
		expect(systemTitleOf(faulty)).toHaveLength(8);
	});
});
