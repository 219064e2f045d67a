/** What a refusal's code says: title and sentence, in the app's own words where it has them. */
import { isRefusalCode } from '#lib/core/vending/refusals.ts';
import { words } from '#lib/ui/state/language.ts';

/** @param facts formatted, as the sentence needs them */
export function codeWords(
	code: string,
	facts: Readonly<Record<string, string>> = {},
): { title: string; detail: string } {
	const own = words.problems[isRefusalCode(code) ? code : 'internal-error'];
	return { title: own.title, detail: own.detail({ ...facts }) };
}
