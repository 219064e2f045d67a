/** What the sentences of a waterfall's line are told, formatted; empty where the line has no such fact. */
import { formatEnergy } from '#lib/core/units/energy.ts';
import { formatAmount, type Currency } from '#lib/core/units/money.ts';
import type { WaterfallLine } from './waterfall.ts';
import { formatPrice, formatRate } from '#lib/core/units/price.ts';

export interface LineFacts {
	readonly balanceAfter: string;
	readonly rate: string;
	readonly block: string;
	readonly energy: string;
	readonly price: string;
}

const NONE: LineFacts = { balanceAfter: '', rate: '', block: '', energy: '', price: '' };

export function lineFacts(line: WaterfallLine, currency: Currency, language: string): LineFacts {
	switch (line.kind) {
		case 'arrears':
			return { ...NONE, balanceAfter: formatAmount(line.balanceAfterMinor, currency, language) };
		case 'vat':
			return { ...NONE, rate: formatRate(line.basisPoints, language) };
		case 'energy-block':
			return {
				...NONE,
				block: new Intl.NumberFormat(language).format(line.block),
				energy: formatEnergy(line.energyDeciKwh, language),
				price: formatPrice(line.pricePerKwhE4, currency, language),
			};
		case 'service-fee':
		case 'fixed-charge':
		case 'brought-forward':
		case 'left-over':
			return NONE;
	}
}
