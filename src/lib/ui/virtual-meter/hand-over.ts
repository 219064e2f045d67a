/**
 * Tokens handed to a virtual meter in their order: each is put on the display by a tap and given to the
 * meter by Enter, and the next one's turn comes when the meter has taken it. Pure.
 */
import { isTaken, type TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { parseToken } from '#lib/core/sts/token-number.ts';

/** More than a purchase ever has. */
const MAX_TOKENS = 12;

/** What a link offers: twenty digits each, in their order; anything else in it is passed over. */
export function readOffered(texts: readonly string[]): string[] {
	return texts.slice(0, MAX_TOKENS).flatMap((text) => {
		const parsed = parseToken(text);
		return 'digits' in parsed ? [parsed.digits] : [];
	});
}

/**
 * What is left to hand over after the meter's word on some digits. One that the meter has taken before is
 * done too: the person was here already.
 */
export function leftAfter(
	tokens: readonly string[],
	digits: string,
	result: TokenResult,
): readonly string[] {
	const isDone = isTaken(result) || result === 'UsedError';
	return isDone && tokens[0] === digits ? tokens.slice(1) : tokens;
}

/** The query that offers these tokens; empty for none. */
export function offeringQuery(tokens: readonly string[]): string {
	return tokens.length === 0 ? '' : `?${tokens.map((digits) => `token=${digits}`).join('&')}`;
}
