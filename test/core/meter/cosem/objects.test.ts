/** Every object of every make: whole, of the types of its class, and found where it is. */
import { describe, expect, it } from 'vitest';
import { asciiOctets, doubleLong, integer, octetString } from '#lib/core/dlms/axdr/build.ts';
import { isOfType } from '#lib/core/dlms/cosem/class-row.ts';
import { attributeRow, classRow } from '#lib/core/dlms/cosem/classes.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { decodeData } from '#lib/core/dlms/axdr/decode.ts';
import { type ObjectEntry, objectListOf } from '#lib/core/dlms/cosem/object-list.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { disturbVoltage } from '#lib/core/meter/hands.ts';
import { advanceCosemMeter, createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { COSEM_OBJECTS } from '#lib/core/meter/cosem/objects.ts';
import { withPlants } from '#lib/core/meter/plants.ts';
import { PRESET_NAMES, type PresetName, presetOf } from '#lib/core/meter/presets.ts';
import { advance, powerUp, tamper } from '#lib/core/meter/virtual-meter.ts';
import { creditToken, MADE_MS, MADE_TID, meterOnBench } from '../bench-meter.ts';
import { Asker, CONSUMER, MANAGEMENT, PUBLIC, READING } from './asking.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = MADE_MS + 30 * HOUR_MS;

/** A meter of a make with a life behind it. */
function lived(preset: PresetName) {
	let meter = meterOnBench({
		...{ preset, creditWh: 90_000, emergencyWh: 5000 },
		debt: { rule: { kind: 'per-day', amountWh: 300 }, owedWh: 4000 },
	});
	meter = powerUp(meter, MADE_MS + 1000);
	meter = advance(meter, { loadW: 3000, instantMs: MADE_MS + 1000 });
	meter = disturbVoltage(meter, { phase: 1, kind: 'swell', forMs: 7000 }, MADE_MS + 2000);
	meter = tamper(meter, MADE_MS + HOUR_MS, 'reversed-current');
	meter = enterToken(meter, creditToken(30, MADE_TID + 100), MADE_MS + HOUR_MS).meter;
	return advanceCosemMeter(createCosemMeter(meter, MADE_MS), NOW_MS);
}

const entriesOf = (asker: Asker): readonly ObjectEntry[] => {
	const list = asker.get(15, '0.0.40.0.0', 2);
	if (typeof list === 'string') throw new Error(list);
	return objectListOf(list);
};

describe.each(PRESET_NAMES)('a meter of the make %s', (preset) => {
	const meter = lived(preset);
	const entries = entriesOf(new Asker(meter, NOW_MS));

	it('gives every attribute of its list, of the type of its class, as octets and back', () => {
		const asker = new Asker(meter, NOW_MS);
		const wrong = entries.flatMap(({ classId, logicalName, attributes }) =>
			attributes.flatMap(({ attribute }) => {
				const data = asker.get(classId, logicalName, attribute);
				if (typeof data === 'string') return [`${classId} ${logicalName} ${attribute}: ${data}`];
				expect(decodeData(encodeData(data))).toEqual(data);
				const type = attribute === 1 ? 'octet-string' : attributeRow(classId, attribute)?.type;
				return type && isOfType(type, data)
					? []
					: [`${classId} ${logicalName} ${attribute}: ${data.type}, not ${type}`];
			}),
		);
		expect(wrong).toEqual([]);
		expect(entries.length).toBeGreaterThan(60);
	});

	it('has no method that its classes do not have', () => {
		const unknown = entries.flatMap(({ classId, methods }) =>
			methods
				.filter(({ method }) => !classRow(classId)?.methods.some(({ index }) => index === method))
				.map(({ method }) => `${classId}/${method}`),
		);
		expect(unknown).toEqual([]);
	});

	it('gives whole objects as attribute 0', () => {
		const asker = new Asker(meter, NOW_MS);
		for (const { classId, logicalName, attributes } of entries)
			expect(asker.get(classId, logicalName, 0)).toMatchObject({
				value: { length: attributes.length },
			});
	});

	it('has the objects of its make and no others', () => {
		const { phases, mode, rates } = presetOf(preset);
		const has = (name: string) => entries.some(({ logicalName }) => logicalName === `${name}.255`);
		expect(has('1.0.52.7.0')).toBe(phases === 3);
		expect(has('1.0.72.36.0')).toBe(phases === 3);
		expect(has('0.0.17.0.1')).toBe(phases === 3);
		expect(has('0.0.13.0.0')).toBe(rates === 8);
		expect(has('1.0.1.8.8')).toBe(rates === 8);
		expect(has('0.0.19.10.0')).toBe(mode === 'prepayment');
		expect(has('0.0.19.10.1')).toBe(mode === 'prepayment');
		expect(has('0.0.99.14.0')).toBe(mode === 'prepayment');
		const asker = new Asker(meter, NOW_MS);
		for (const { classId, logicalName } of COSEM_OBJECTS)
			if (!entries.some((entry) => entry.logicalName === logicalName))
				expect(asker.get(classId, logicalName, 2)).toBe('object-undefined');
	});

	it('shows each role what it may read', () => {
		const names = (asker: Asker) => entriesOf(asker).map(({ logicalName }) => logicalName);
		expect(names(new Asker(meter, NOW_MS, READING))).toEqual(names(new Asker(meter, NOW_MS)));
		const few = names(new Asker(meter, NOW_MS, PUBLIC));
		expect(few).toContain('0.0.42.0.0.255');
		expect(few).not.toContain('1.0.1.8.0.255');
		expect(few.length).toBeLessThan(12);
		const own = ['0.0.19.0.0.255', '0.0.19.10.0.255', '0.0.19.40.0.255'];
		expect(names(new Asker(meter, NOW_MS, CONSUMER))).toEqual(
			names(new Asker(meter, NOW_MS)).filter((name) => few.includes(name) || own.includes(name)),
		);
	});

	it('lets a consumer do nothing but enter a token', () => {
		const asker = new Asker(meter, NOW_MS, CONSUMER);
		expect(asker.set(111, '0.0.19.0.0', 5, doubleLong(5))).toBe('read-write-denied');
		expect(asker.call(70, '0.0.96.3.10', 1, integer(0)).result).toBe('read-write-denied');
		expect(asker.call(8, '0.0.1.0.0', 6, integer(0)).result).toBe('read-write-denied');
		const token = octetString(asciiOctets('0'.repeat(20)));
		expect(asker.call(115, '0.0.19.40.0', 1, token).result).toBe('success');
		const planted = { ...meter, meter: withPlants(meter.meter, ['consumer-may-not-enter']) };
		const denied = new Asker(planted, NOW_MS, CONSUMER);
		expect(denied.call(115, '0.0.19.40.0', 1, token).result).toBe('read-write-denied');
		expect(new Asker(planted, NOW_MS, READING).call(115, '0.0.19.40.0', 1, token).result).toBe(
			'success',
		);
	});
});

describe('a meter of three phases and eight rates', () => {
	const asker = new Asker(lived('three-phase-tou'), NOW_MS, MANAGEMENT);
	const at = (name: string) => asker.value(3, name, 2);

	it('shows what its phases carry, together and apart', () => {
		expect(at('1.0.1.7.0')).toBe(3000);
		expect(['1.0.21.7.0', '1.0.41.7.0', '1.0.61.7.0'].map(at)).toEqual([1000, 1000, 1000]);
		expect(at('1.0.2.7.0')).toBe(3000);
		expect(at('1.0.3.7.0')).toBe(986);
		expect(at('1.0.13.7.0')).toBe(950);
		expect(at('1.0.128.7.0')).toBe(0);
		expect(Number(at('1.0.91.7.0'))).toBeLessThan(20);
	});

	it('shows rates that add up', () => {
		const rates = [1, 2, 3, 4, 5, 6, 7, 8].map((rate) => Number(at(`1.0.1.8.${rate}`)));
		expect(rates.reduce((sum, wh) => sum + wh, 0)).toBe(at('1.0.1.8.0'));
		expect(asker.value(1, '0.0.96.14.0', 2)).toBe(6);
	});

	it('shows demand: running, last, highest and lowest', () => {
		expect(asker.value(5, '1.0.1.4.0', 3)).toBe(3000);
		expect(asker.value(5, '1.0.1.4.0', 8)).toBe(900);
		expect(asker.value(4, '1.0.1.6.0', 2)).toBe(3000);
		expect(asker.value(4, '1.0.1.3.0', 2)).toBe(3000);
	});

	it('shows what it has counted of hands and mains', () => {
		expect(asker.value(1, '0.0.96.20.25', 2)).toBe(1);
		expect(asker.value(1, '0.0.96.20.0', 2)).toBe(0);
		expect(asker.value(1, '0.0.96.7.21', 2)).toBe(1);
		expect(asker.value(1, '1.0.32.36.0', 2)).toBe(1);
		expect(asker.value(1, '1.0.32.32.0', 2)).toBe(0);
		expect(asker.get(7, '1.0.99.97.0', 2)).toMatchObject({
			value: [{ value: [{}, { type: 'double-long-unsigned', value: 1 }] }],
		});
	});
});
