/**
 * Where what was typed parts from the token: the one slip that explains all of it, the simplest first.
 * Places count from 0 over the digits of the token.
 */
import { GROUP_DIGITS } from '../../sts/token-number.ts';

/** How typed digits differ from a token's. */
export type Slip =
	/** One digit is another. */
	| { readonly kind: 'digit'; readonly at: number; readonly typed: string }
	/** Two neighbours have changed places; `at` is the first of them. */
	| { readonly kind: 'swapped'; readonly at: number }
	/** Digits of the token were left out from `at` on. */
	| { readonly kind: 'missing'; readonly at: number; readonly count: number }
	/** Digits were typed before the token's digit `at` that are not in it. */
	| { readonly kind: 'extra'; readonly at: number; readonly count: number }
	/** More than one thing; `at` is where the first of it is. */
	| { readonly kind: 'several'; readonly at: number };

/** How many digits two texts begin with in common. */
function commonStart(a: string, b: string): number {
	let at = 0;
	while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
	return at;
}

/**
 * Digits that are too many or too few in one place, or nothing. Where it may have been in several places,
 * whole groups are taken for groups.
 */
function gap(longer: string, shorter: string): { at: number; count: number } | undefined {
	const count = longer.length - shorter.length;
	const fits = (at: number) => longer.slice(0, at) + longer.slice(at + count) === shorter;
	const at = commonStart(longer, shorter);
	if (!fits(at)) return undefined;
	const atGroup = at - (at % GROUP_DIGITS);
	return { at: count % GROUP_DIGITS === 0 && fits(atGroup) ? atGroup : at, count };
}

function sameLength(token: string, typed: string, at: number): Slip {
	const rest = at + 1;
	if (token.slice(rest) === typed.slice(rest))
		return { kind: 'digit', at, typed: typed[at] as string };
	const swapped = token[at] === typed[rest] && token[rest] === typed[at];
	return swapped && token.slice(rest + 1) === typed.slice(rest + 1)
		? { kind: 'swapped', at }
		: { kind: 'several', at };
}

/** @param token twenty digits @param typed digits, any number of them @returns null: they are the same */
export function findSlip(token: string, typed: string): Slip | null {
	if (token === typed) return null;
	const at = commonStart(token, typed);
	if (token.length === typed.length) return sameLength(token, typed, at);
	if (token.length > typed.length) {
		const missing = gap(token, typed);
		return missing ? { kind: 'missing', ...missing } : { kind: 'several', at };
	}
	const extra = gap(typed, token);
	return extra ? { kind: 'extra', ...extra } : { kind: 'several', at };
}
