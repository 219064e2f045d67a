/** A noun beside its number, by the rules of the language. */
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';

/** Forms by the categories of CLDR that the language has; `other` stands in for those it lacks. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
	readonly other: string;
};

/**
 * The form that goes with a number.
 * @returns a function of the number as it was formatted (Latin digits, whatever parts its thousands; what is
 *   not a number takes `other`) and the forms
 */
export function pluralIn(language: Language): (count: string, forms: Forms) => string {
	const rules = new Intl.PluralRules(LANGUAGE_FACTS[language].format);
	return (count, forms) => {
		const digits = count.replace(/\D/g, '');
		return (digits && forms[rules.select(Number(digits))]) || forms.other;
	};
}
