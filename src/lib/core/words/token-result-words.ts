/** The shape of what a meter says about a token: on its own display, and in plain words. */
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { METER_VERDICTS } from './meter-display.ts';

/** What the sentences need, already formatted. */
export interface TokenResultFacts {
	/** What the meter holds now, `115.6 kWh`. */
	readonly credit: string;
	/** Parts of a key change still wanted, `2, 3`; empty when the key has changed. */
	readonly missing: string;
}

interface PlainWords {
	readonly title: string;
	readonly detail: (facts: TokenResultFacts) => string;
}

interface TokenResultWords extends PlainWords {
	/** At most sixteen capitals and figures, as on the meter. */
	readonly display: string;
}

/** The plain words of each result beside what the meter's display says. */
export function withDisplays(
	rows: Readonly<Record<TokenResult, PlainWords>>,
): Record<TokenResult, TokenResultWords> {
	const results = Object.keys(METER_VERDICTS) as TokenResult[];
	return Object.fromEntries(
		results.map((result) => [result, { display: METER_VERDICTS[result], ...rows[result] }]),
	) as Record<TokenResult, TokenResultWords>;
}
