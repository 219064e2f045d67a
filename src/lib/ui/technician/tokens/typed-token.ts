/** A token as it is typed: grouped while it grows, judged without a word too early. Pure; digits stay text. */
import { checkToken } from '#lib/core/field/delivery/queued-token.ts';
import { parseToken, TOKEN_DIGITS } from '#lib/core/sts/token-number.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import { count } from '#lib/ui/state/language.ts';
import { tokenGroups } from '#lib/ui/view/meter-number.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { words } from '../words.ts';

const own = words.technicianTokens.field;

/** What stands in the field, grouped where it has digits only. */
export function groupTyped(text: string): string {
	const plain = latinDigits(text).replace(/[\s\u00a0\u202f-]/g, '');
	return /^\d*$/.test(plain) ? tokenGroups(plain).join(' ') : text;
}

export interface TypedToken {
	/** Twenty digits; undefined where what was typed is no token. */
	readonly digits: string | undefined;
	readonly tone: Tone;
	readonly text: string;
}

/** @param listed digits that are in the list @param taken digits that the meter has taken */
export function judgeTyped(
	text: string,
	listed: readonly string[],
	taken: readonly string[],
): TypedToken {
	const parsed = parseToken(text);
	const bad = (said: string): TypedToken => ({ digits: undefined, tone: 'bad', text: said });
	if ('refusal' in parsed) {
		if (parsed.refusal === 'empty') return { digits: undefined, tone: 'neutral', text: own.hint };
		if (parsed.refusal !== 'too-short') return bad(words.delivery.tokenRefusals[parsed.refusal]);
		const missing = TOKEN_DIGITS - latinDigits(text).replace(/\D/g, '').length;
		return { digits: undefined, tone: 'neutral', text: own.missing(count(missing)) };
	}
	const { digits } = parsed;
	const checked = checkToken({ digits });
	if ('refusal' in checked) return bad(words.delivery.tokenRefusals[checked.refusal]);
	if (taken.includes(digits)) return bad(own.taken);
	if (listed.includes(digits)) return bad(own.listed);
	return { digits, tone: 'good', text: own.whole };
}
