/**
 * The currency of a sale that is asked for before this device has ever seen a meter: that of the utility
 * under whose name this app is served. The backend refuses any other, so a wrong one costs nothing.
 */
import type { Currency } from '#lib/core/units/money.ts';

export const HOME_CURRENCY: Currency = { code: 'KES', minorDigits: 2 };
