/**
 * The catalogues as chunks of their own, so that a person loads one language. A page has one language for
 * its life: it is loaded before the first screen is (`src/hooks.client.ts`), and another choice loads the
 * page again, which costs nothing because every fact is in the store.
 */
import type { Words } from '#lib/core/words/catalogue.ts';
import type { Language } from '#lib/core/units/languages.ts';

const CATALOGUES: Readonly<Record<Language, () => Promise<Words>>> = {
	en: async () => (await import('#lib/core/words/en/catalogue.ts')).en,
	fr: async () => (await import('#lib/core/words/fr/catalogue.ts')).fr,
	pt: async () => (await import('#lib/core/words/pt/catalogue.ts')).pt,
	sw: async () => (await import('#lib/core/words/sw/catalogue.ts')).sw,
	ar: async () => (await import('#lib/core/words/ar/catalogue.ts')).ar,
};

interface Spoken {
	readonly language: Language;
	readonly words: Words;
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
