/** What the number field says while a meter number is being typed. */
import { latinDigits } from '#lib/core/units/digits.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';

type NumberRefusal = Extract<ReturnType<typeof decideMeterNumber>, { refusal: string }>['refusal'];

export type MeterVerdict =
	| { readonly kind: 'hint' }
	| { readonly kind: 'so-far'; readonly digits: number }
	| { readonly kind: 'sound'; readonly drn: string }
	| { readonly kind: 'refused'; readonly code: NumberRefusal };

const LONGEST = 13;

/** @param done the person says it is all: what is still missing is then a refusal, not a hint */
export function decideMeterVerdict(text: string, done: boolean): MeterVerdict {
	const decided = decideMeterNumber(text);
	if ('drn' in decided) return { kind: 'sound', drn: decided.drn };
	const digits = latinDigits(text).replace(/\D/g, '').length;
	if (!done) {
		if (decided.refusal === 'meter-number-empty') return { kind: 'hint' };
		if (decided.refusal === 'meter-number-length' && digits < LONGEST)
			return { kind: 'so-far', digits };
	}
	return { kind: 'refused', code: decided.refusal };
}
