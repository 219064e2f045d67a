/**
 * Whether a token whose answer was lost has reached its meter: what the gateway says now, held against
 * what it said before the token was sent.
 *
 * Always holds: "not landed" is only said where nothing at all has changed, since it is what allows
 * sending again; everything else that is not plain is for a person.
 */
import { type GatewayReading, holdsToken } from './gateway-reading.ts';

/** Why nobody can know from here. */
export const UNCLEAR = [
	/** The meter does not tell the last token, or not when it came. */
	'token-not-told',
	/** Another token has come since: ours may have come before it. */
	'another-token-since',
] as const;
export type Unclear = (typeof UNCLEAR)[number];

export type Landing =
	| { readonly kind: 'landed' }
	| { readonly kind: 'not-landed' }
	| { readonly kind: 'unclear'; readonly why: Unclear };

const LANDED: Landing = { kind: 'landed' };
const NOT_LANDED: Landing = { kind: 'not-landed' };
const unclear = (why: Unclear): Landing => ({ kind: 'unclear', why });

export function judgeLanding(digits: string, before: GatewayReading, now: GatewayReading): Landing {
	if (now.token === null) return unclear('token-not-told');
	const sameTime = now.time === before.time;
	if (holdsToken(now, digits)) {
		// It stood there before as well: then only its time tells whether it came again.
		const stoodThere = before.token === null || holdsToken(before, digits);
		if (!stoodThere) return LANDED;
		if (now.time === null || before.time === null) return unclear('token-not-told');
		return sameTime ? NOT_LANDED : LANDED;
	}
	if (before.token === null) return unclear('token-not-told');
	return now.token === before.token && sameTime ? NOT_LANDED : unclear('another-token-since');
}
