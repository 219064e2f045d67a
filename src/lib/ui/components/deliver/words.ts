/** The sentences of the screen that sends tokens to a meter, in the page's language: files of their own. */
import type { Language } from '#lib/core/units/languages.ts';
import type { DeliverWords } from '#lib/core/words/deliver.ts';

const CATALOGUES: Readonly<Record<Language, () => Promise<DeliverWords>>> = {
	en: async () => (await import('#lib/core/words/en/on-use/deliver.ts')).deliver,
	fr: async () => (await import('#lib/core/words/fr/on-use/deliver.ts')).deliver,
	pt: async () => (await import('#lib/core/words/pt/on-use/deliver.ts')).deliver,
	sw: async () => (await import('#lib/core/words/sw/on-use/deliver.ts')).deliver,
	ar: async () => (await import('#lib/core/words/ar/on-use/deliver.ts')).deliver,
};

/** Rejects where the file cannot be had. */
export const deliverWords = (language: Language): Promise<DeliverWords> => CATALOGUES[language]();
