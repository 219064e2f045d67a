/**
 * Rows of version 1 held the meter alone, without its DLMS side: that begins, as when it is switched on,
 * where the meter's own clock stood when it was stored.
 */
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { storedCosemMeter } from '#lib/core/meter/cosem/cosem-json.ts';
import { type MeterJsonRefusal, parseVirtualMeter } from '#lib/core/meter/meter-json.ts';

/** What was stored as a row of version 2, or why its meter is none; everything else as it is. */
export function migrateRow1(json: unknown): unknown {
	if (typeof json !== 'object' || json === null || !('row' in json) || json.row !== 1) return json;
	const { meter, ...kept } = { meter: undefined, ...json };
	if (meter === undefined) return json;
	const read = parseVirtualMeter(meter);
	if ('refusal' in read) return { refusal: read.refusal } satisfies { refusal: MeterJsonRefusal };
	const cosem = createCosemMeter(read.meter, read.meter.supply.countedMs);
	const stored = storedCosemMeter({ meter: cosem, counters: {} });
	return { ...kept, row: 2, lineFaults: [], stored };
}
