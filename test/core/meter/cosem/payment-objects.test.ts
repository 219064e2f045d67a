import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { obis, obisOctets } from '#lib/core/dlms/cosem/obis.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { advance } from '#lib/core/meter/virtual-meter.ts';
import { creditToken, MADE_MS, MADE_TID, meterOnBench } from '../bench-meter.ts';
import { Asker, READING } from './asking.ts';

const HOUR_MS = 3_600_000;
const ACCOUNT = [111, '0.0.19.0.0'] as const;
const EMERGENCY = [112, '0.0.19.10.1'] as const;
const DEBT = [113, '0.0.19.20.1'] as const;

const asker = (making: Parameters<typeof meterOnBench>[0], loadW = 1000) =>
	new Asker(
		createCosemMeter(advance(meterOnBench(making), { loadW, instantMs: MADE_MS }), MADE_MS),
		MADE_MS,
	);

const enter = (client: Asker, token: string) =>
	client.call(115, '0.0.19.40.0', 1, build.octetString(build.asciiOctets(token)));

/** The names of the bits that are set, the first one first. */
function flags(client: Asker): string[] {
	const [octet] = client.value(...ACCOUNT, 4) as Uint8Array;
	return ['in', 'low', 'enabled', 'selectable', 'selected', 'in-use', 'out'].filter(
		(_, at) => ((octet as number) >> (7 - at)) & 1,
	);
}

const name = (text: string) => build.octetString(obisOctets(obis(text)));

describe('the account', () => {
	const client = asker({
		creditWh: 12_000,
		emergencyWh: 5000,
		debt: { rule: { kind: 'per-token', proportion: 2500 }, owedWh: 3000 },
	});
	const at = (hours: number) => {
		client.instantMs = MADE_MS + hours * HOUR_MS;
		return {
			flags: flags(client),
			inUse: client.value(...ACCOUNT, 3),
			available: client.value(...ACCOUNT, 5),
			toClear: client.value(...ACCOUNT, 6),
			debt: client.value(...ACCOUNT, 8),
			emergency: [client.value(...EMERGENCY, 2), client.value(...EMERGENCY, 8)],
		};
	};

	it('is true through all that happens to it', () => {
		expect(at(0)).toEqual({
			flags: ['in', 'enabled'],
			inUse: 1,
			available: 1200,
			toClear: 0,
			debt: 300,
			emergency: [500, 0],
		});
		expect(at(3)).toMatchObject({ flags: ['in', 'low', 'enabled'], available: 900 });
		expect(at(12)).toMatchObject({
			flags: ['selectable', 'out'],
			inUse: 1,
			available: 0,
			emergency: [500, 1],
		});
		expect(client.value(70, '0.0.96.3.10', 2)).toBe(false);
		expect(client.call(...EMERGENCY, 3, build.integer(0)).result).toBe('success');
		expect(at(12)).toMatchObject({
			flags: ['in', 'in-use'],
			inUse: 2,
			available: 500,
			toClear: 0,
			emergency: [500, 3],
		});
		expect(at(15)).toMatchObject({ available: 200, toClear: 300, emergency: [200, 3] });
		// 10 kWh: a quarter for the debt, three lent, the rest is credit.
		enter(client, creditToken(100, MADE_TID + 5000));
		expect(at(15)).toMatchObject({
			flags: ['in', 'low', 'enabled'],
			inUse: 1,
			available: 450,
			toClear: 0,
			debt: 50,
			emergency: [500, 0],
		});
		expect([2, 11, 12].map((attribute) => client.value(...DEBT, attribute))).toEqual([
			250, 250, 50,
		]);
		expect(client.get(7, '0.0.99.14.0', 2)).toMatchObject({
			value: [{ value: [{}, { value: 250 }, { value: 50 }] }],
		});
	});

	it('refers to what there is', () => {
		expect(client.get(...ACCOUNT, 9)).toEqual(
			build.array(name('0.0.19.10.0'), name('0.0.19.10.1')),
		);
		expect(client.get(...ACCOUNT, 10)).toEqual(
			build.array(name('0.0.19.20.0'), name('0.0.19.20.1')),
		);
		expect(client.value(...ACCOUNT, 11)).toHaveLength(3);
	});
});

describe('emergency credit', () => {
	it('is refused while there is credit, and to who may only read', () => {
		const client = asker({ creditWh: 1000, emergencyWh: 500 });
		expect(client.call(...EMERGENCY, 3, build.integer(0)).result).toBe('temporary-failure');
		const reading = new Asker(client.meter, MADE_MS, READING);
		expect(reading.call(...EMERGENCY, 3, build.integer(0)).result).toBe('read-write-denied');
	});

	it('that is used up leaves the account without credit', () => {
		const client = asker({ emergencyWh: 500 });
		client.call(...EMERGENCY, 3, build.integer(0));
		client.instantMs += HOUR_MS;
		expect(flags(client)).toEqual(['out']);
		expect(client.value(...EMERGENCY, 8)).toBe(4);
		expect(client.value(...ACCOUNT, 6)).toBe(50);
	});
});

describe('a charge each day', () => {
	it('shows its rule', () => {
		const client = asker(
			{
				creditWh: 5000,
				debt: { rule: { kind: 'per-day', amountWh: 400 }, owedWh: 900 },
			},
			0,
		);
		expect([3, 8, 12, 13].map((attribute) => client.value(...DEBT, attribute))).toEqual([
			1, 86_400, 90, 0,
		]);
		client.instantMs += 48 * HOUR_MS;
		expect([2, 11, 12].map((attribute) => client.value(...DEBT, attribute))).toEqual([80, 40, 10]);
	});
});

describe('the account of a meter in credit mode', () => {
	const client = asker({ preset: 'three-phase-postpaid' });

	it('says so, and has no credits', () => {
		expect(client.get(...ACCOUNT, 2)).toEqual(
			build.structure(build.enumerated(1), build.enumerated(2)),
		);
		expect(flags(client)).toEqual([]);
		expect(client.value(...ACCOUNT, 3)).toBe(0);
		expect(client.get(...ACCOUNT, 9)).toEqual(build.array());
		expect(client.get(...ACCOUNT, 12)).toEqual(build.array());
		expect(client.value(70, '0.0.96.3.10', 2)).toBe(true);
	});

	it('answers a credit token with a failed execution: no such function', () => {
		const { returned } = enter(client, creditToken(10, MADE_TID + 5));
		expect(returned).toMatchObject({
			value: [{ value: 7 }, { value: Uint8Array.of(8) }],
		});
	});

	it('registers what is used', () => {
		client.instantMs += HOUR_MS;
		expect(client.value(3, '1.0.1.8.0', 2)).toBe(1000);
		expect(client.value(113, '0.0.19.20.0', 2)).toBe(100);
		expect(client.get(7, '1.0.99.1.0', 3)).toMatchObject({ value: { length: 3 } });
	});
});
