import { describe, expect, it } from 'vitest';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { formatAge } from '#lib/ui/view/ages.ts';
import { priceOffer } from '#lib/ui/view/offer.ts';
import { formatPrice, formatRate } from '#lib/core/units/price.ts';
import { audienceOf, currentWay, isFocused } from '#lib/ui/view/ways.ts';

const KES = { code: 'KES', minorDigits: 2 };
const MINUTE = 60_000;

describe('an age', () => {
	it.each([
		[0, 'now'],
		[59_999, 'now'],
		[MINUTE, '1 minute ago'],
		[119 * MINUTE, '1 hour ago'],
		[24 * 60 * MINUTE, 'yesterday'],
		[72 * 60 * MINUTE, '3 days ago'],
		// A clock that was set back.
		[-5 * MINUTE, 'now'],
	])('of %d ms reads %j', (ageMs, text) => {
		expect(formatAge(1e12 - ageMs, 1e12, 'en')).toBe(text);
	});
});

describe('a price', () => {
	it('has two decimals, and up to four where it needs them', () => {
		expect(formatPrice(12_230_000, KES, 'en')).toBe('KES\u00a012.23');
		expect(formatPrice(12_234_500, KES, 'en')).toBe('KES\u00a012.2345');
	});

	it('stands beside a rate', () => {
		expect(formatRate(1_600, 'en')).toBe('16%');
		expect(formatRate(1_650, 'en')).toBe('16.5%');
	});
});

describe('the ways of the frame', () => {
	it.each([
		['/', 'topUp'],
		['/meter/01234567897', 'topUp'],
		['/claim', 'topUp'],
		['/purchases/x', 'purchases'],
		['/virtual-meter/00000000018', 'virtualMeter'],
		['/elsewhere', undefined],
		['/technician', 'atTheMeter'],
		['/technician/readings', 'atTheMeter'],
		['/technician/tokens/x', 'tokens'],
		['/technician/frames', 'tools'],
		['/technicians', undefined],
		['/agent', 'sell'],
		['/agent/sales/x', 'sales'],
		['/agent/desk', 'sales'],
		['/agent/shift', 'shift'],
		['/agent/device', 'till'],
		['/agents', undefined],
		['/office', 'approvals'],
		['/office/agents/harbour-kiosk', 'agents'],
	])('%s belongs to %s', (path, way) => {
		expect(currentWay(path)).toBe(way);
	});

	it('are out of the way while an amount is chosen', () => {
		expect(isFocused('/meter/01234567897')).toBe(true);
		expect(isFocused('/claim')).toBe(true);
		expect(isFocused('/purchases')).toBe(false);
		expect(isFocused('/technician')).toBe(false);
	});

	it('are each audience’s own', () => {
		expect(audienceOf('/technician/jobs').ways.map(({ href }) => href)).toEqual([
			...['/technician', '/technician/tokens', '/technician/jobs', '/technician/tools'],
		]);
		expect(audienceOf('/office/journals').ways.map(({ href }) => href)).toEqual([
			...['/office', '/office/meters', '/office/tills', '/office/agents', '/office/journals'],
		]);
		expect(audienceOf('/').ways).toHaveLength(3);
	});
});

describe('the offer on a screen', () => {
	const asOfMs = Date.UTC(2026, 10, 21);
	const confirmation: MeterConfirmation = {
		drn: '01234567897',
		ownerMasked: 'A**** O*****',
		area: 'Milimani',
		state: 'active',
		virtual: false,
		sgc: '600001',
		krn: 1,
		ti: '01',
		ea: 7,
		tct: '02',
		minTenderMinor: 100,
		maxTenderMinor: 100_000,
		utility: {
			name: 'U',
			address: 'A',
			vatNumber: 'V',
			helpLine: 'H',
			currency: KES,
			timeZone: 'Africa/Nairobi',
		},
		tariff: {
			id: 't',
			version: 1,
			name: 'T',
			serviceFee: { fixedMinor: 0, basisPoints: 0 },
			arrears: { maxBasisPoints: 0 },
			vat: { basisPoints: 0, inclusive: false },
			fixedCharge: { perMonthMinor: 1_000 },
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 10_000_000 }],
			order: ['fixed-charge'],
		},
		account: {
			month: '2026-11',
			boughtDeciKwh: 10,
			fixedChargeDue: false,
			arrearsMinor: 0,
			leftOverMinor: 0,
		},
		asOfMs,
	};
	const energyAt = (nowMs: number) => {
		const offer = priceOffer(confirmation, 10_000, nowMs);
		return 'waterfall' in offer ? offer.waterfall.energyDeciKwh : 0;
	};

	it('is priced in the month of the sale', () => {
		expect(energyAt(asOfMs)).toBe(100);
		// The first of December in Nairobi, still November in UTC: the monthly charge is due again.
		expect(energyAt(Date.UTC(2026, 10, 30, 22))).toBe(90);
	});

	it('does not believe a clock that is behind the word of the backend', () => {
		expect(energyAt(0)).toBe(100);
	});
});
