/** What each token of a purchase is there for, and what is said of the whole. */
import { formatToken } from '#lib/core/sts/token-number.ts';
import { formatEnergy } from '#lib/core/units/energy.ts';
import type { Receipt, Token } from '#lib/core/sync/wire.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import { groupMeterNumber } from './meter-number.ts';

export interface TokenTask {
	/** `Token 2 of 4`. */
	readonly place: string;
	/** `New key, part 2 of 3`, `20.0 kWh`. */
	readonly what: string;
}

/** @param count writes a number in the language */
export function tokenTask(
	token: Token,
	tokens: readonly Token[],
	words: FirstWords,
	count: (value: number) => string,
): TokenTask {
	const parts = tokens.filter(({ kind }) => kind === 'key-change');
	const place = words.token.sequence(count(token.sequence), count(token.of));
	if (token.kind !== 'key-change') return { place, what: words.token.set.kinds[token.kind] };
	const part = parts.findIndex(({ digits }) => digits === token.digits) + 1;
	return { place, what: words.token.set.keyPart(count(part), count(parts.length)) };
}

export type TokenStory = 'one' | 'keysThenCredit' | 'keysOnly' | 'several';

/** What a person has to know about the tokens before the first is keyed in. */
export function decideTokenStory(tokens: readonly Token[]): TokenStory {
	const keys = tokens.filter(({ kind }) => kind === 'key-change').length;
	if (tokens.length === 1) return 'one';
	if (keys === tokens.length) return 'keysOnly';
	return keys > 0 ? 'keysThenCredit' : 'several';
}

/** The same as title and sentence. @param count writes a number in the language */
export function tokenStoryText(
	story: TokenStory,
	tokens: readonly Token[],
	words: FirstWords,
	count: (value: number) => string,
): { readonly title: string; readonly detail: string } {
	if (story === 'one') return words.purchase.stories.issued;
	const { title, detail } = words.token.set.stories[story];
	const keys = tokens.filter(({ kind }) => kind === 'key-change').length;
	return { title, detail: detail(count(tokens.length), count(keys)) };
}

/** Energy of all tokens together, 0.1 kWh. */
export function energyOf(tokens: readonly Token[]): number {
	return tokens.reduce((sum, { energyDeciKwh }) => sum + energyDeciKwh, 0);
}

/** All tokens as one text for another person, in the order of entry. */
export function sharedText(
	receipt: Pick<Receipt, 'drn'>,
	tokens: readonly Token[],
	words: FirstWords,
	language: string,
): string {
	const meter = groupMeterNumber(receipt.drn);
	const carried = energyOf(tokens);
	const energy = carried > 0 ? formatEnergy(carried, language) : '';
	const [only] = tokens;
	if (tokens.length === 1 && only)
		return words.token.shareText(formatToken(only.digits), meter, energy);
	const lines = tokens.map(({ sequence, digits }) =>
		words.token.set.shareLine(String(sequence), String(tokens.length), formatToken(digits)),
	);
	return words.token.set.shareText(lines.join('\n'), meter, energy);
}
