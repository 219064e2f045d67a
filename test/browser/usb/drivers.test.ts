import { describe, expect, it } from 'vitest';
import { cdcAcm } from '#lib/browser/usb/cdc-acm.ts';
import { ch34x, ch34xRate } from '#lib/browser/usb/ch34x.ts';
import type { ChipDriver, ChipRequest } from '#lib/browser/usb/chip-driver.ts';
import { cp210x, cp210xLineControl } from '#lib/browser/usb/cp210x.ts';
import { ftdi, ftdiDivisor } from '#lib/browser/usb/ftdi.ts';
import { encodeLineCoding } from '#lib/browser/usb/line-coding.ts';
import { pl2303, pl2303g } from '#lib/browser/usb/pl2303.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { eightN1, type LineSettings, sevenE1 } from '#lib/link/line.ts';
import {
	cdcChip,
	ch34xChip,
	cp210xChip,
	type FakeChip,
	ftdiChip,
	pl2303Chip,
} from '../../harness/fake-chips.ts';

const sevenO1 = (baud: number): LineSettings => ({ baud, dataBits: 7, parity: 'odd' });

/** A request as one line: type, recipient, request, value, index, content or length. */
const shown = (request: ChipRequest): string => {
	const { requestType, recipient, request: code, value, index } = request.setup;
	const hex = (number: number) => number.toString(16);
	const rest =
		'length' in request ? `?${request.length}` : request.content ? formatHex(request.content) : '';
	return `${requestType} ${recipient} ${hex(code)} ${hex(value)} ${hex(index)} ${rest}`.trimEnd();
};

const chip = { interfaceNumber: 0, answers: [Uint8Array.of(0x31, 0)] };
const configured = (driver: ChipDriver, settings: LineSettings, context = chip) =>
	driver.configure(settings, context)?.map(shown);

describe('FTDI', () => {
	// FTDI AN232B-05's own table, but for 57 600 Bd: 3 MHz / 57 600 = 52.083, nearest eighth 52.125, where
	// the table has 52.
	it.each([
		[300, 0x2710], // 10 000
		[600, 0x1388], // 5000
		[1200, 0x09c4], // 2500
		[2400, 0x04e2], // 1250
		[4800, 0x0271], // 625
		[9600, 0x4138], // 312.5
		[19_200, 0x809c], // 156.25
		[38_400, 0xc04e], // 78.125
		[57_600, 0xc034], // 52.125
		[115_200, 0x001a], // 26.042 → 26
		[230_400, 0x000d], // 13.02 → 13
		[460_800, 0x4006], // 6.51 → 6.5
		[921_600, 0x8003], // 3.255 → 3.25
		[55_944, 0x14035], // 53.625: 3/8, 5/8, 3/4 and 7/8 need the seventeenth bit
	])('divides for %i Bd by %#', (baud, divisor) => {
		expect(ftdiDivisor(baud)).toBe(divisor);
	});

	it('refuses what fourteen bits cannot divide, and the two special codes', () => {
		expect(ftdiDivisor(183)).toBeUndefined();
		expect(ftdiDivisor(2_000_000)).toBeUndefined();
		expect(configured(ftdi, eightN1(50))).toBeUndefined();
	});

	it('asks what the chip knows', () => {
		expect(ftdi.start(0).map(shown)).toEqual([
			'vendor device 0 0 0',
			'vendor device 9 4 0',
			'vendor device 2 0 0',
		]);
		expect(configured(ftdi, sevenE1(300))).toEqual([
			'vendor device 3 2710 0',
			'vendor device 4 207 0',
		]);
		expect(configured(ftdi, eightN1(55_944))).toEqual([
			'vendor device 3 4035 1',
			'vendor device 4 8 0',
		]);
		expect(ftdi.power(chip).map(shown)).toEqual(['vendor device 1 303 0']);
		expect(ftdi.purge(chip).map(shown)).toEqual(['vendor device 0 1 0', 'vendor device 0 2 0']);
	});

	it('takes two octets of status off each packet, and reads them', () => {
		expect(ftdi.unwrap?.(Uint8Array.of(0x01, 0x60))).toEqual({
			octets: new Uint8Array(),
			disturbed: [],
		});
		expect(ftdi.unwrap?.(Uint8Array.of(0x01, 0x7e, 0x2f))).toEqual({
			octets: Uint8Array.of(0x2f),
			disturbed: ['overrun', 'parity', 'framing', 'breaks'],
		});
		expect(ftdi.unwrap?.(new Uint8Array())).toEqual({ octets: new Uint8Array(), disturbed: [] });
	});
});

describe('CP210x', () => {
	it.each([
		[eightN1(300), 0x0800],
		[sevenE1(300), 0x0720],
		[sevenO1(300), 0x0710],
	])('codes the form of %o', (settings, code) => {
		expect(cp210xLineControl(settings)).toBe(code);
	});

	it('asks what the chip knows, of its interface', () => {
		const second = { ...chip, interfaceNumber: 2 };
		expect(cp210x.start(2).map(shown)).toEqual(['vendor interface 0 1 2']);
		expect(configured(cp210x, sevenE1(300), second)).toEqual([
			'vendor interface 1e 0 2 2c010000',
			'vendor interface 3 720 2',
		]);
		expect(configured(cp210x, eightN1(115_200))?.[0]).toBe('vendor interface 1e 0 0 00c20100');
		expect(cp210x.power(second).map(shown)).toEqual(['vendor interface 7 303 2']);
		expect(cp210x.purge(second).map(shown)).toEqual(['vendor interface 12 f 2']);
	});

	it('refuses rates that not all of the family keep', () => {
		expect(configured(cp210x, eightN1(299))).toBeUndefined();
		expect(configured(cp210x, eightN1(921_601))).toBeUndefined();
	});
});

describe('CH34x', () => {
	// By hand: 48 MHz / 2^(12 − 3·prescaler − factor) / divisor, each 0.16 % fast.
	it.each([
		[300, { prescaler: 0, factor: 0, divisor: 39 }, 'd980'], // 11 718.75 / 39 = 300.5
		[600, { prescaler: 1, factor: 0, divisor: 156 }, '6481'], // 93 750 / 156 = 601.0
		[1200, { prescaler: 1, factor: 0, divisor: 78 }, 'b281'], // 93 750 / 78 = 1201.9
		[2400, { prescaler: 1, factor: 0, divisor: 39 }, 'd981'], // 93 750 / 39 = 2403.8
		[4800, { prescaler: 2, factor: 0, divisor: 156 }, '6482'], // 750 000 / 156 = 4807.7
		[9600, { prescaler: 2, factor: 0, divisor: 78 }, 'b282'], // 750 000 / 78 = 9615.4
		[19_200, { prescaler: 2, factor: 0, divisor: 39 }, 'd982'], // 750 000 / 39 = 19 230.8
		[57_600, { prescaler: 3, factor: 0, divisor: 104 }, '9883'], // 6 000 000 / 104 = 57 692
		[115_200, { prescaler: 3, factor: 0, divisor: 52 }, 'cc83'], // 6 000 000 / 52 = 115 385
		[921_600, { prescaler: 3, factor: 1, divisor: 13 }, 'f387'], // 12 000 000 / 13 = 923 077
	] as const)('makes %i Bd', (baud, rate, registers) => {
		expect(ch34xRate(baud)).toEqual(rate);
		expect(configured(ch34x, eightN1(baud))).toEqual([
			`vendor device 9a 1312 ${registers}`,
			'vendor device 9a 2518 c3',
		]);
	});

	it('refuses a rate that it would miss by more than a receiver bears', () => {
		expect(ch34xRate(40)).toBeUndefined();
		expect(ch34xRate(2_200_000)).toBeUndefined();
		expect(configured(ch34x, eightN1(40))).toBeUndefined();
	});

	it('codes the form', () => {
		expect(configured(ch34x, sevenE1(300))?.[1]).toBe('vendor device 9a 2518 da');
		expect(configured(ch34x, sevenO1(300))?.[1]).toBe('vendor device 9a 2518 ca');
	});

	it('leaves an old chip at 8N1, and says so', () => {
		const old = { ...chip, answers: [Uint8Array.of(0x27, 0)] };
		expect(configured(ch34x, eightN1(9600), old)).toEqual(['vendor device 9a 1312 b282']);
		expect(configured(ch34x, sevenE1(300), old)).toBeUndefined();
		const mute = { ...chip, answers: [new Uint8Array()] };
		expect(configured(ch34x, sevenE1(300), mute)).toBeUndefined();
	});

	it('asks what the chip knows', () => {
		expect(ch34x.start(0).map(shown)).toEqual(['vendor device 5f 0 0 ?2', 'vendor device a1 0 0']);
		expect(ch34x.power(chip).map(shown)).toEqual(['vendor device a4 ff9f 0']);
		expect(ch34x.purge(chip)).toEqual([]);
	});
});

describe('CDC and what speaks like it', () => {
	it.each([
		[sevenE1(300), '2c010000000207'],
		[eightN1(9600), '80250000000008'],
		[sevenO1(115_200), '00c20100000107'],
	])('codes the line %o', (settings, hex) => {
		expect(formatHex(encodeLineCoding(settings))).toBe(hex);
	});

	it('asks what a CDC device knows, of its interface for requests', () => {
		const second = { ...chip, interfaceNumber: 2 };
		expect(cdcAcm.start(2)).toEqual([]);
		expect(configured(cdcAcm, eightN1(9600), second)).toEqual([
			'class interface 20 0 2 80250000000008',
		]);
		expect(cdcAcm.power(second).map(shown)).toEqual(['class interface 22 3 2']);
	});

	it('wakes a PL2303HX as its maker does, and a G not at all', () => {
		expect(pl2303.start(0).map(shown)).toEqual([
			'vendor device 1 8484 0 ?1',
			'vendor device 1 404 0',
			'vendor device 1 8484 0 ?1',
			'vendor device 1 8383 0 ?1',
			'vendor device 1 8484 0 ?1',
			'vendor device 1 404 1',
			'vendor device 1 8484 0 ?1',
			'vendor device 1 8383 0 ?1',
			'vendor device 1 0 1',
			'vendor device 1 1 0',
			'vendor device 1 2 44',
		]);
		expect(pl2303g.start(0)).toEqual([]);
		expect(pl2303.purge(chip).map(shown)).toEqual(['vendor device 1 8 0', 'vendor device 1 9 0']);
		expect(pl2303g.purge(chip).map(shown)).toEqual(['vendor device 80 7 3']);
	});

	it('refuses a PL2303 the rates that it would not keep', () => {
		expect(configured(pl2303, eightN1(300))).toHaveLength(1);
		expect(configured(pl2303, eightN1(10_400))).toBeUndefined();
		expect(configured(pl2303g, eightN1(10_400))).toBeUndefined();
	});
});

describe('every driver on the model of its chip', () => {
	const RATES = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];
	const PAIRS: readonly [ChipDriver, () => FakeChip][] = [
		[ftdi, ftdiChip],
		[cp210x, cp210xChip],
		[ch34x, () => ch34xChip()],
		[pl2303, () => pl2303Chip('HX')],
		[pl2303g, () => pl2303Chip('G')],
		[cdcAcm, cdcChip],
	];

	it.each(PAIRS.map(([driver, make]) => [make().name, driver, make] as const))(
		'sets %s to every rate of the trade, in each form, and powers the probe',
		(_name, driver, make) => {
			const model = make();
			const tell = (requests: readonly ChipRequest[]): Uint8Array[] =>
				requests.flatMap((request) => {
					if ('length' in request) return [model.answer(request.setup) ?? new Uint8Array()];
					expect(model.take(request.setup, request.content ?? new Uint8Array())).toBe(true);
					return [];
				});
			const context = { interfaceNumber: 0, answers: tell(driver.start(0)) };
			for (const baud of RATES)
				for (const settings of [eightN1(baud), sevenE1(baud), sevenO1(baud)]) {
					tell(driver.configure(settings, context) ?? []);
					const { dataBits, parity } = model.side;
					expect({ dataBits, parity }).toEqual({
						dataBits: settings.dataBits,
						parity: settings.parity,
					});
					// A receiver bears a few percent over ten bits; the sender's own error is among them.
					expect(Math.abs((model.side.baud ?? 0) / baud - 1)).toBeLessThan(0.005);
				}
			tell(driver.power(context));
			expect(model.side).toMatchObject({ dtr: true, rts: true });
			tell(driver.purge(context));
		},
	);
});
