import { describe, expect, it } from 'vitest';
import { dotPath, dotWidth, isShowable } from '#lib/ui/virtual-meter/dot-matrix.ts';
import {
	ledState,
	loadExample,
	loadStepOf,
	LOAD_STEPS_W,
	PULSES_PER_KWH,
	QUICKEST_PULSE_MS,
} from '#lib/ui/virtual-meter/load.ts';
import { readClock, readKwh } from '#lib/ui/virtual-meter/reading.ts';
import { segmentPaths, splitFigures } from '#lib/ui/virtual-meter/seven-segment.ts';

const CELL = { width: 10, height: 20, stroke: 2, pitch: 14 };
const segments = (text: string) => segmentPaths(text, CELL).lit.split('Z').length - 1;

describe('seven-segment figures', () => {
	it('light as many segments as each figure has', () => {
		expect([...'0123456789- '].map(segments)).toEqual([6, 2, 5, 5, 4, 5, 6, 3, 7, 6, 1, 0]);
	});

	it('keep the point in the cell of its figure', () => {
		expect(splitFigures('57.80')).toEqual([
			{ figure: '5', point: false },
			{ figure: '7', point: true },
			{ figure: '8', point: false },
			{ figure: '0', point: false },
		]);
		expect(segmentPaths('57.80', CELL).width).toBe(segmentPaths('5780', CELL).width);
		expect(segments('7.')).toBe(4);
	});

	it('stay dark for a sign they cannot show', () => {
		expect(segments('K')).toBe(0);
		expect(segmentPaths('', CELL)).toEqual({ lit: '', ghost: '', width: 0 });
	});
});

describe('the dots', () => {
	it('draw capitals for small letters', () => {
		expect(dotPath('kwh')).toBe(dotPath('KWH'));
		expect(dotWidth('KWH')).toBe(17);
	});

	it('know what they cannot show', () => {
		expect(isShowable('LOCKED 0:09')).toBe(true);
		expect(isShowable('é')).toBe(false);
	});
});

describe('a reading', () => {
	it.each([
		[0, '0.00'],
		[9, '0.00'],
		[57_899, '57.89'],
		[99_999_999, '99999.99'],
		[100_000_000, '100000.0'],
		[9_999_999_999, '9999999'],
	])('of %i Wh is %s kWh: cut, never more than there is', (energyWh, text) => {
		expect(readKwh(energyWh)).toBe(text);
	});

	it('of a clock has two places for the seconds', () => {
		expect([9, 60, 1280].map(readClock)).toEqual(['0:09', '1:00', '21:20']);
	});
});

describe('the metrology LED', () => {
	it('pulses a thousand times for each kWh', () => {
		const led = ledState(1000, 1);
		expect(led).toEqual({ kind: 'pulsing', periodMs: 3600 });
		expect(3_600_000 / 3600).toBe(PULSES_PER_KWH);
		expect(ledState(1000, 60)).toEqual({ kind: 'steady' });
		expect(ledState(10, 60)).toEqual({ kind: 'pulsing', periodMs: 6000 });
	});

	it('is dark without a load and never flashes more than three times a second', () => {
		expect(ledState(0, 3600)).toEqual({ kind: 'dark' });
		for (const loadW of LOAD_STEPS_W) {
			const led = ledState(loadW, 1);
			if (led.kind === 'pulsing') expect(led.periodMs).toBeGreaterThanOrEqual(QUICKEST_PULSE_MS);
		}
	});
});

describe('the load slider', () => {
	it('has a step for each load, and the nearest one for any other', () => {
		LOAD_STEPS_W.forEach((loadW, at) => expect(loadStepOf(loadW)).toBe(at));
		expect(loadStepOf(6500)).toBe(LOAD_STEPS_W.length - 1);
	});

	it('names something that draws so much', () => {
		expect([0, 60, 300, 2000, 7000].map(loadExample)).toEqual([
			...['none', 'small', 'middle', 'large', 'huge'],
		]);
	});
});
