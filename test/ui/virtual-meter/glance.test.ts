import { describe, expect, it } from 'vitest';
import type { MeterHere } from '#lib/browser/store/virtual-meters.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import type { VirtualMeterSummary } from '#lib/core/sync/wire.ts';
import { glances, NONE_HERE } from '#lib/ui/virtual-meter/glance.ts';
import { glancesOf } from '#lib/ui/virtual-meter/standing-glance.ts';
import { KEY_7, MADE_MS, meterOnBench } from '../../core/meter/bench-meter.ts';

const DRN = '12345678903';
const HOUR = 3_600_000;

function running(creditWh: number, loadW: number): MeterHere {
	const made = meterOnBench({ creditWh });
	const meter = { ...made, supply: { ...made.supply, loadW } };
	const provision = {
		...{ drn: DRN, label: 'Blue house', ea: 7 as const, tct: '02', sgc: '201457', krn: 1, kt: 2 },
		...{
			ti: '01',
			ken: 255,
			baseYear: 2014 as const,
			decoderKeyHex: KEY_7,
			manufacturedAtMs: MADE_MS,
		},
	} as const;
	const cosem = createCosemMeter(meter, MADE_MS);
	const more = { counters: {}, lapse: 1, lineFaults: [], savedAtMs: MADE_MS } as const;
	const standing = { provision, cosem, ...more };
	return { kind: 'standing', drn: DRN, label: 'Blue house', standing };
}

const listOf = (
	here: readonly MeterHere[],
	offered: readonly VirtualMeterSummary[],
	nowMs: number,
) => glances(glancesOf(here, offered, nowMs), offered);

describe('the list of virtual meters', () => {
	it('shows each meter once, those of this device first, which knows how they stand', () => {
		const offered = [
			{ drn: DRN, label: 'Blue house', ea: 7 },
			{ drn: '0123456789019', label: 'Corner shop', ea: 11 },
		] as const;
		const list = listOf([running(5000, 1000)], offered, MADE_MS + HOUR);
		expect(list).toEqual([
			{
				...{ drn: DRN, drnGrouped: '1234 5678 903', label: 'Blue house', ea: '07' },
				standing: { kind: 'running', figure: '4.00', prepaid: true, supplyOn: true },
			},
			{
				...{ drn: '0123456789019', drnGrouped: '0123 4567 89019', label: 'Corner shop', ea: '11' },
				standing: { kind: 'new' },
			},
		]);
	});

	it('counts what was used since the meter was saved', () => {
		const [glance] = listOf([running(5000, 1000)], [], MADE_MS + 9 * HOUR);
		expect(glance?.standing).toEqual({
			kind: 'running',
			figure: '0.00',
			prepaid: true,
			supplyOn: false,
		});
	});

	it('names a meter that cannot be read, with what the service knows of it', () => {
		const broken = { kind: 'unreadable', drn: DRN, label: 'Old', refusal: 'not-json' } as const;
		expect(listOf([broken], [], 0)[0]).toMatchObject({ label: 'Old', ea: '' });
		const offer = { drn: DRN, label: 'New', ea: 7 } as const;
		expect(listOf([broken], [offer], 0)).toEqual([
			{
				...{ drn: DRN, drnGrouped: '1234 5678 903', label: 'New', ea: '07' },
				standing: { kind: 'unreadable' },
			},
		]);
	});

	it('is what the service offers where this device has none', () => {
		const offer = { drn: DRN, label: 'Blue house', ea: 7 } as const;
		expect(glances(NONE_HERE([offer], 0), [offer])).toMatchObject([{ standing: { kind: 'new' } }]);
	});
});
