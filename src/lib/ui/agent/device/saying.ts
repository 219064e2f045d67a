/** The page's own words, currency and time, for what is said of the till. */
import { clock } from '#lib/ui/state/clock.ts';
import { HOME_CURRENCY } from '#lib/ui/state/home-currency.ts';
import { language } from '#lib/ui/state/language.ts';
import { till } from '../state/here.ts';
import type { Saying } from '../view/device-facts.ts';
import { words } from '../words.ts';

/** Reads reactive state: to be called where it is said. */
export const sayingHere = (): Saying => ({
	...{ own: words.device, language, nowMs: clock.nowMs },
	currency: till.terminal?.utility.currency ?? HOME_CURRENCY,
});
