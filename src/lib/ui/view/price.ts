/** Prices and rates on a screen are written as on paper. */
export { formatPrice, formatRate } from '#lib/core/units/price.ts';
