/** The language of this page: its catalogue, and its tag for numbers, money, dates and speech. */
import { en, type Words } from '#lib/core/words/catalogue.ts';
import type { Currency } from '#lib/core/units/money.ts';
import { formatAmount } from '#lib/core/units/money.ts';
import { formatEnergy } from '#lib/core/units/energy.ts';

/** BCP 47 tag. */
export const language = 'en';

/** Every sentence of the screens. */
export const words: Words = en;

/** An amount in this language. */
export const money = (amountMinor: number, currency: Currency): string =>
	formatAmount(amountMinor, currency, language);

/** Energy in this language. */
export const energy = (energyDeciKwh: number): string => formatEnergy(energyDeciKwh, language);

/** A whole number in this language. */
export const count = (value: number): string => new Intl.NumberFormat(language).format(value);
