/** Allowances that no test of something else ever uses up. */
import {
	RATE_SCOPES,
	rateVariable,
	type AccessSettings,
	type Rate,
	type RateScope,
} from '#lib/server/access/settings.ts';

/** Soon whole again, also after a clock was set back. */
const GENEROUS: Rate = { atOnce: 10_000, everyMs: 1 };

export const GENEROUS_RATES = Object.fromEntries(
	RATE_SCOPES.map((scope) => [scope, GENEROUS]),
) as Record<RateScope, Rate> satisfies AccessSettings['rates'];

/** The same, for a process. */
export const GENEROUS_ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
	RATE_SCOPES.map((scope) => [rateVariable(scope), `${GENEROUS.atOnce}/${GENEROUS.everyMs}`]),
);
