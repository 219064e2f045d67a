/**
 * The sentences before the first screen as chunks of their own, so that a person loads one language. A page has one language for
 * its life: it is loaded before the first screen is (`src/hooks.client.ts`), and another choice loads the
 * page again, which costs nothing because every fact is in the store.
 */
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import type { Language } from '#lib/core/units/languages.ts';

const CATALOGUES: Readonly<Record<Language, () => Promise<FirstWords>>> = {
	en: async () => (await import('#lib/core/words/en/first.ts')).first,
	fr: async () => (await import('#lib/core/words/fr/first.ts')).first,
	pt: async () => (await import('#lib/core/words/pt/first.ts')).first,
	sw: async () => (await import('#lib/core/words/sw/first.ts')).first,
	ar: async () => (await import('#lib/core/words/ar/first.ts')).first,
};

interface Spoken {
	readonly language: Language;
	readonly words: FirstWords;
}

let spoken: Spoken | undefined;

/** Loads the sentences of a language for this page; rejects where its file cannot be had. */
export async function speak(language: Language): Promise<void> {
	spoken = { language, words: await CATALOGUES[language]() };
}

/** Whether a language can be loaded now; once it could, it is in the browser's cache. */
export const canSpeak = (language: Language): Promise<boolean> =>
	CATALOGUES[language]().then(
		() => true,
		() => false,
	);

/** What this page speaks. A slip before `speak` has resolved. */
export function speaking(): Spoken {
	if (!spoken) throw new TypeError('the language of this page is not loaded yet');
	return spoken;
}
