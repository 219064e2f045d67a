/** The languages of the consumer's app: their names, their direction, and which one a person gets. */

export const LANGUAGES = ['en', 'fr', 'pt', 'sw', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

interface LanguageFacts {
	/** In itself, as whoever looks for it reads it. */
	readonly name: string;
	readonly direction: 'ltr' | 'rtl';
	/**
	 * BCP 47 tag of its numbers, money and dates. Digits are Latin in all of them, as on meters and money;
	 * Portuguese is written as in Mozambique.
	 */
	readonly format: string;
}

export const LANGUAGE_FACTS: Readonly<Record<Language, LanguageFacts>> = {
	en: { name: 'English', direction: 'ltr', format: 'en' },
	fr: { name: 'Français', direction: 'ltr', format: 'fr' },
	pt: { name: 'Português', direction: 'ltr', format: 'pt-MZ' },
	sw: { name: 'Kiswahili', direction: 'ltr', format: 'sw' },
	ar: { name: 'العربية', direction: 'rtl', format: 'ar-u-nu-latn' },
};

/** What everybody gets whose own language is not among them. */
export const FALLBACK: Language = 'en';

export const isLanguage = (text: unknown): text is Language =>
	LANGUAGES.some((language) => language === text);

/** The first of these BCP 47 tags that is one of our languages, whatever its region or script. */
export function languageFrom(tags: readonly string[]): Language {
	const wanted = tags.map((tag) => tag.toLowerCase().split('-')[0]);
	return wanted.find(isLanguage) ?? FALLBACK;
}
