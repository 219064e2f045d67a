import { describe, expect, it } from 'vitest';
import { decideTariff } from '#lib/core/vending/decide-tariff.ts';
import type { Tariff, TariffPeriod } from '#lib/core/vending/tariff.ts';

const PERIOD: TariffPeriod = {
	name: 'peak',
	windows: [{ weekdays: [1, 5], fromMinute: 360, toMinute: 600 }],
	blocks: [{ upToDeciKwh: null, pricePerKwhE4: 40_000_000 }],
};
const FLAT: Tariff = {
	id: 'steps',
	version: 1,
	name: 'Steps',
	serviceFee: { fixedMinor: 100, basisPoints: 50 },
	arrears: { maxBasisPoints: 5_000 },
	vat: { basisPoints: 1_600, inclusive: true },
	fixedCharge: { perMonthMinor: 5_000 },
	blocks: [
		{ upToDeciKwh: 500, pricePerKwhE4: 0 },
		{ upToDeciKwh: null, pricePerKwhE4: 20_000_000 },
	],
	order: ['arrears', 'vat'],
};
const SOUND: Tariff = { ...FLAT, timeOfUse: [PERIOD] };
const windows = (...list: TariffPeriod['windows']) => ({
	timeOfUse: [{ ...PERIOD, windows: list }],
});
const price = (pricePerKwhE4: number, upToDeciKwh: number | null = null) => ({
	...{ upToDeciKwh, pricePerKwhE4 },
});

describe('decideTariff', () => {
	it('takes a tariff that can be sold by', () => {
		expect(decideTariff(SOUND)).toEqual({ tariff: SOUND });
		expect(decideTariff(FLAT)).toEqual({ tariff: FLAT });
	});

	it.each<[string, Partial<Tariff>, string[]]>([
		['no name', { name: ' ' }, ['/name']],
		[
			'a fee below nothing',
			{ serviceFee: { fixedMinor: -1, basisPoints: 0 } },
			['/serviceFee/fixedMinor'],
		],
		[
			'a share above the whole',
			{ arrears: { maxBasisPoints: 10_001 } },
			['/arrears/maxBasisPoints'],
		],
		['half a basis point', { vat: { basisPoints: 0.5, inclusive: true } }, ['/vat/basisPoints']],
		[
			'a charge that is no number',
			{ fixedCharge: { perMonthMinor: Number.NaN } },
			['/fixedCharge/perMonthMinor'],
		],
		['no blocks', { blocks: [] }, ['/blocks']],
		['a last block with an end', { blocks: [price(1, 10)] }, ['/blocks/0/upToDeciKwh']],
		['a last block for nothing', { blocks: [price(0)] }, ['/blocks/0/pricePerKwhE4']],
		[
			'a block without an end before the last',
			{ blocks: [price(1), price(1)] },
			['/blocks/0/upToDeciKwh'],
		],
		[
			'ends that do not rise',
			{ blocks: [price(1, 9), price(1, 9), price(1)] },
			['/blocks/1/upToDeciKwh'],
		],
		['a step taken twice', { order: ['vat', 'vat'] }, ['/order/1']],
		['two periods of one name', { timeOfUse: [PERIOD, PERIOD] }, ['/timeOfUse/1/name']],
		['a period that never holds', windows(), ['/timeOfUse/0/windows']],
		[
			'a window over midnight',
			windows({ fromMinute: 1_320, toMinute: 300 }),
			['/timeOfUse/0/windows/0/toMinute'],
		],
		[
			'a thirteenth month',
			windows({ months: [13], fromMinute: 0, toMinute: 1 }),
			['/timeOfUse/0/windows/0/months'],
		],
		[
			'no weekday at all',
			windows({ weekdays: [], fromMinute: 0, toMinute: 1 }),
			['/timeOfUse/0/windows/0/weekdays'],
		],
		[
			'a weekday twice',
			windows({ weekdays: [1, 1], fromMinute: 0, toMinute: 1 }),
			['/timeOfUse/0/windows/0/weekdays'],
		],
		[
			'a period without a price',
			{ timeOfUse: [{ ...PERIOD, blocks: [price(0)] }] },
			['/timeOfUse/0/blocks/0/pricePerKwhE4'],
		],
		['several at once', { name: '', blocks: [] }, ['/name', '/blocks']],
	])('refuses %s', (_, change, pointers) => {
		const decided = decideTariff({ ...SOUND, ...change });
		expect(decided).toMatchObject({ refusal: 'tariff-invalid' });
		if ('errors' in decided) expect(decided.errors.map(({ pointer }) => pointer)).toEqual(pointers);
	});
});
