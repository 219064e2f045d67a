/** The credit that a person reads off the meter's display, `12.4` kWh, as whole Wh. */
import { latinDigits } from '#lib/core/units/digits.ts';
import { DECIMAL_COMMA } from '#lib/core/units/money.ts';

/** No household's meter shows more: 99,999 kWh. */
const MOST_WH = 99_999_000;

/** Why a typed credit is none, in order of precedence. */
export type CreditRefusal = 'empty' | 'not-a-number' | 'too-much';

/**
 * Latin or Arabic digits, up to three decimals behind a point or a comma; more are cut off. A meter that lends shows a minus: nothing
 * is left then.
 */
export function parseCredit(
	text: string,
): { readonly creditWh: number } | { readonly refusal: CreditRefusal } {
	const plain = latinDigits(text)
		.trim()
		.replace(/\s*kwh$/i, '')
		.replace(DECIMAL_COMMA, '.')
		.replace('−', '-');
	if (plain === '') return { refusal: 'empty' };
	const [, minus, whole = '', decimals = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain) ?? [];
	if (minus === undefined || (whole === '' && decimals === '')) return { refusal: 'not-a-number' };
	if (whole.replace(/^0+/, '').length > 5) return { refusal: 'too-much' };
	const creditWh = Number(`${whole}${decimals.slice(0, 3).padEnd(3, '0')}`);
	if (creditWh > MOST_WH) return { refusal: 'too-much' };
	return { creditWh: minus ? 0 : creditWh };
}
