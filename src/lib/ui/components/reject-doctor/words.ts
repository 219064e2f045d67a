/** What the reject doctor says, in the page's language: files of their own. */
import type { Language } from '#lib/core/units/languages.ts';
import type { Words } from '#lib/core/words/catalogue.ts';
import { pageLanguage } from '#lib/ui/state/language.ts';

type DoctorWords = Words['rejectDoctor'];

const CATALOGUES: Readonly<Record<Language, () => Promise<DoctorWords>>> = {
	en: async () => (await import('#lib/core/words/en/later/reject-doctor.ts')).rejectDoctor,
	fr: async () => (await import('#lib/core/words/fr/later/reject-doctor.ts')).rejectDoctor,
	pt: async () => (await import('#lib/core/words/pt/later/reject-doctor.ts')).rejectDoctor,
	sw: async () => (await import('#lib/core/words/sw/later/reject-doctor.ts')).rejectDoctor,
	ar: async () => (await import('#lib/core/words/ar/later/reject-doctor.ts')).rejectDoctor,
};

/** Set once `loadWords` has resolved, which each of the routes waits for before it draws. */
export let doctorWords: DoctorWords;

/** Rejects where the file cannot be had. */
export async function loadWords(): Promise<void> {
	doctorWords = await CATALOGUES[pageLanguage]();
}
