/** What a refusal's code says: title and sentence, in the app's own words where it has them. */
import { refusalCodeOf } from '#lib/core/vending/refusals.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import { words } from '#lib/ui/state/language.ts';

/** @param facts formatted, as the sentence needs them @param problems of another language than the screen's */
export function codeWords(
	code: string,
	facts: Readonly<Record<string, string>> = {},
	problems: FirstWords['problems'] = words.problems,
): { title: string; detail: string } {
	const own = problems[refusalCodeOf(code)];
	return { title: own.title, detail: own.detail({ ...facts }) };
}
