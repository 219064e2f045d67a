/** The language of this page: its catalogue, and its tags for numbers, money, dates and speech. */
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import { leftToRight } from '#lib/core/words/isolate.ts';
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';
import type { Currency } from '#lib/core/units/money.ts';
import { formatAmount } from '#lib/core/units/money.ts';
import { formatEnergy } from '#lib/core/units/energy.ts';
import { speaking } from './catalogues.ts';

const spoken = speaking();

/** Which of our languages, and the tag of its voice. */
export const pageLanguage: Language = spoken.language;

/** BCP 47 tag of numbers, money and dates. */
export const language = LANGUAGE_FACTS[pageLanguage].format;

/** Every sentence of the screens, but for those that are loaded with one of them. */
export const words: FirstWords = spoken.words;

/** A figure beside its unit is read from left to right, also in a line that is not. */
const figure = (text: string): string =>
	LANGUAGE_FACTS[pageLanguage].direction === 'rtl' ? leftToRight(text) : text;

/** An amount in this language. */
export const money = (amountMinor: number, currency: Currency): string =>
	figure(formatAmount(amountMinor, currency, language));

/** Energy in this language. */
export const energy = (energyDeciKwh: number): string =>
	figure(formatEnergy(energyDeciKwh, language));

/** A whole number in this language. */
export const count = (value: number): string => new Intl.NumberFormat(language).format(value);
