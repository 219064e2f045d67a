/** Which way a text on a paper runs. */
export type Direction = 'ltr' | 'rtl';

/** From a start of an isolate to its end; one within another goes with it (Unicode Bidirectional Algorithm, P2). */
const ISOLATED = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/g;
const FROM_RIGHT =
	/[\u061c\u200f\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const DIRECTED = /[\u061c\u200e\u200f\p{L}]/u;

/**
 * By its first letter that is not isolated, as Unicode has it; a text without one, such as the groups of a number,
 * runs from left to right on whatever paper it stands.
 */
export function directionOf(said: string): Direction {
	let outside = said;
	for (let before = ''; before !== outside;) {
		before = outside;
		outside = outside.replace(ISOLATED, '');
	}
	const first = DIRECTED.exec(outside)?.[0];
	return first !== undefined && FROM_RIGHT.test(first) ? 'rtl' : 'ltr';
}
