import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { undoTamper } from '#lib/core/meter/hands.ts';
import { USUAL_METER } from '#lib/core/meter/make-settings.ts';
import { eventsOf } from '#lib/core/meter/meter-events.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { TAMPER_KINDS } from '#lib/core/meter/tampers.ts';
import { advance, advanceTo, tamper } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, MADE_TID, managementToken, meterOnBench } from './bench-meter.ts';

const HOUR_MS = 3_600_000;
const CLEAR = managementToken(5, 0, MADE_TID + 7);
const meter = advance(meterOnBench({ creditWh: 50_000 }), { loadW: 1000, instantMs: MADE_MS });

describe.each(TAMPER_KINDS)('a tamper: %s', (kind) => {
	const touched = tamper(meter, MADE_MS + 1000, kind);

	it('is noted once, counted, and stays until a token', () => {
		expect(touched.tampers).toMatchObject({ present: [kind], noted: [kind] });
		expect(touched.tampers.counts[kind]).toBe(1);
		expect(eventsOf(touched.events, 'fraud')).toEqual([
			{ kind: 'tamper-detected', atMs: MADE_MS + 1000, tamper: kind },
		]);
		expect(tamper(touched, MADE_MS + 1000, kind)).toEqual(touched);
		const over = undoTamper(touched, MADE_MS + 2000, kind);
		expect(over.tampers).toMatchObject({ present: [], noted: [kind] });
		expect(over.events.at(-1)).toEqual({
			kind: 'tamper-ended',
			atMs: MADE_MS + 2000,
			tamper: kind,
		});
		expect(undoTamper(over, MADE_MS + 2000, kind)).toEqual(over);
		const cleared = enterToken(over, CLEAR, MADE_MS + 3000).meter;
		expect(cleared.tampers.noted).toEqual([]);
		expect(relayOf(cleared.supply)).toBe('closed');
	});

	it('opens the relay as the make says', () => {
		const opens = USUAL_METER.openingTampers.includes(kind);
		expect(relayOf(touched.supply)).toBe(opens ? 'open-tamper' : 'closed');
		const settings = { ...USUAL_METER, openingTampers: opens ? [] : [kind] };
		const other = tamper({ ...meter, settings }, MADE_MS, kind);
		expect(relayOf(other.supply)).toBe(opens ? 'closed' : 'open-tamper');
	});

	it('that begins anew after a token is noted anew', () => {
		const cleared = enterToken(touched, CLEAR, MADE_MS + 3000).meter;
		const again = tamper(cleared, MADE_MS + 4000, kind);
		expect(again.tampers.counts[kind]).toBe(2);
		expect(again.tampers.noted).toEqual([kind]);
	});
});

describe('a reversed current', () => {
	it('is counted as drawn, and apart as long as it is reversed', () => {
		const reversed = tamper(meter, MADE_MS + HOUR_MS, 'reversed-current');
		const right = undoTamper(reversed, MADE_MS + 3 * HOUR_MS, 'reversed-current');
		const { supply } = advanceTo(right, MADE_MS + 4 * HOUR_MS);
		expect(supply).toMatchObject({ totalWh: 4000, creditWh: 46_000, reversed: false });
		expect(supply.reversedEnergy).toEqual({ units: 2000, rest: 0 });
	});
});
