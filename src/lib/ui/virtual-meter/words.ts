/** What the virtual meter says, in the page's language: files of their own. */
import type { Language } from '#lib/core/units/languages.ts';
import type { Words } from '#lib/core/words/catalogue.ts';
import { pageLanguage } from '#lib/ui/state/language.ts';

type MeterWords = Words['virtualMeter'];

const CATALOGUES: Readonly<Record<Language, () => Promise<MeterWords>>> = {
	en: async () => (await import('#lib/core/words/en/on-use/virtual-meter.ts')).virtualMeter,
	fr: async () => (await import('#lib/core/words/fr/on-use/virtual-meter.ts')).virtualMeter,
	pt: async () => (await import('#lib/core/words/pt/on-use/virtual-meter.ts')).virtualMeter,
	sw: async () => (await import('#lib/core/words/sw/on-use/virtual-meter.ts')).virtualMeter,
	ar: async () => (await import('#lib/core/words/ar/on-use/virtual-meter.ts')).virtualMeter,
};

/** Set once `loadWords` has resolved, which each of the routes waits for before it draws. */
export let words: MeterWords;

/** Rejects where the file cannot be had. */
export async function loadWords(): Promise<void> {
	words = await CATALOGUES[pageLanguage]();
}
