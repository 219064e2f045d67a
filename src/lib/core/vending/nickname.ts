/**
 * A person's own word for a meter, `Home` or `Mother`: for their eyes only, never sent. It has to be told from
 * every other one at a glance, because money follows it. Pure.
 */

/** In order of precedence. */
export const NICKNAME_REFUSALS = [
	/** Nothing to be seen, or what would turn the line around it: controls, marks of direction. */
	'not-readable',
	'too-long',
	/** A sign alone is no name. */
	'no-letter',
	/** As many digits as a meter number or a token has: it would be taken for one. */
	'a-number',
	/** Another meter of this device is called that. */
	'taken',
] as const;
export type NicknameRefusal = (typeof NICKNAME_REFUSALS)[number];

/** Characters as a person counts them, nearly: code points. */
export const LONGEST_NICKNAME = 24;

/** Joiners inside emoji and Arabic or Indic words stay. */
const UNREADABLE =
	/[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const SEEN = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const FEWEST_OF_A_NUMBER = 11;

/**
 * @param text as typed
 * @param others nicknames of this device's other meters
 * @returns `nickname` null for an empty text, which takes the name away
 */
export function decideNickname(
	text: string,
	others: readonly string[],
): { readonly nickname: string | null } | { readonly refusal: NicknameRefusal } {
	const nickname = text
		.normalize('NFC')
		.replace(/[\s\p{Zs}]+/gu, ' ')
		.trim();
	if (nickname === '') return { nickname: null };
	if (UNREADABLE.test(nickname)) return { refusal: 'not-readable' };
	if ([...nickname].length > LONGEST_NICKNAME) return { refusal: 'too-long' };
	if (!SEEN.test(nickname)) return { refusal: 'no-letter' };
	if (nickname.replace(/\P{Nd}/gu, '').length >= FEWEST_OF_A_NUMBER) return { refusal: 'a-number' };
	const same = alike(nickname);
	return others.some((other) => alike(other) === same) ? { refusal: 'taken' } : { nickname };
}

/** Upper and lower case, wide and narrow letters are told apart by nobody who is in a hurry. */
const alike = (nickname: string): string => nickname.normalize('NFKC').toLowerCase();
