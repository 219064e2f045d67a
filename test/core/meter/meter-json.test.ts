import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { EVENT_CAPACITY, eventsOf } from '#lib/core/meter/meter-events.ts';
import { creditToken, keyChange, MADE_MS, MADE_TID, meterOnBench } from './bench-meter.ts';

function usedMeter() {
	let meter = meterOnBench();
	const [firstSection] = keyChange({ sgc: '000123' });
	for (const token of [creditToken(10, MADE_TID + 1), firstSection as string, '1234'])
		meter = enterToken(meter, token, MADE_MS + 60_000).meter;
	return meter;
}

/** As much of a stored meter's shape as the tests meddle with. */
interface Stored {
	decoder: object;
	supply: object;
}

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a stored meter', () => {
	it('comes back as it was, in the middle of anything', () => {
		for (const meter of [meterOnBench(), meterOnBench({ ea: 11 }), usedMeter()])
			expect(parseVirtualMeter(stored(meter))).toEqual({ meter });
	});

	it.each([null, 7, 'meter', [], {}])('%j is not a meter', (value) => {
		expect(parseVirtualMeter(value)).toEqual({ refusal: 'not-a-meter' });
	});

	it('of another version is refused by name', () => {
		expect(parseVirtualMeter({ ...usedMeter(), version: 3 })).toEqual({
			refusal: 'unknown-version',
		});
	});

	it.each<[string, (meter: Stored) => void]>([
		['drn', (meter) => Object.assign(meter, { drn: '12345678904' })],
		['supply.creditWh', (meter) => Object.assign(meter.supply, { creditWh: -1 })],
		['supply.creditWh', (meter) => Object.assign(meter.supply, { creditWh: 0.5 })],
		['decoder.tidStore', (meter) => Object.assign(meter.decoder, { tidStore: [2, 1] })],
		['decoder.lockout', (meter) => Object.assign(meter.decoder, { lockout: null })],
		['extra', (meter) => Object.assign(meter, { extra: 1 })],
	])('that is corrupt at %s says where', (place, spoil) => {
		const meter = stored(usedMeter()) as Stored;
		spoil(meter);
		expect(parseVirtualMeter(meter)).toEqual({ refusal: 'corrupt', place });
	});

	it('never tells its key when it is refused', () => {
		const meter = stored(usedMeter()) as { decoder: { keyRegister: { decoderKeyHex: string } } };
		meter.decoder.keyRegister.decoderKeyHex = 'deadbeef';
		const refused = parseVirtualMeter(meter);
		expect(refused).toEqual({ refusal: 'corrupt', place: 'decoder.keyRegister.decoderKeyHex' });
		expect(JSON.stringify(refused)).not.toContain('deadbeef');
	});

	it('keeps a hundred events of each log', () => {
		let meter = meterOnBench();
		for (let entry = 0; entry < 300; entry += 1)
			meter = enterToken(meter, '1', MADE_MS + entry).meter;
		expect(eventsOf(meter.events, 'payment')).toHaveLength(EVENT_CAPACITY);
		expect(meter.events.map(({ kind }) => kind)).toContain('manufactured');
		expect(parseVirtualMeter(stored(meter))).toEqual({ meter });
	});
});
