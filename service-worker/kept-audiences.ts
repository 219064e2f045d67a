/** Whose files this device keeps beside everybody's, and in which language, remembered from version to version. */
import { AUDIENCES, type Audience } from '#lib/core/sync/audiences.ts';
import { isLanguage, languageFrom, type Language } from '#lib/core/units/languages.ts';

/** A cache of its own, which no new version clears. */
const NOTES = 'kept-audiences';
const noteOf = (audience: Audience): string => `/kept-audiences/${audience}`;

export async function noteAudience(audience: Audience): Promise<void> {
	const notes = await caches.open(NOTES);
	await notes.put(noteOf(audience), new Response());
}

export async function keptAudiences(): Promise<Audience[]> {
	const notes = await caches.open(NOTES);
	const kept = await Promise.all(AUDIENCES.map((audience) => notes.match(noteOf(audience))));
	return AUDIENCES.filter((_, at) => kept[at] !== undefined);
}

/** One note: a device keeps one language. */
const LANGUAGE_NOTE = '/kept-language';

export async function noteLanguage(language: Language): Promise<void> {
	const notes = await caches.open(NOTES);
	await notes.put(LANGUAGE_NOTE, new Response(language));
}

/** The language to keep; before a page has named one, the browser's, as a page would choose it. */
export async function keptLanguage(): Promise<{ language: Language; noted: boolean }> {
	const notes = await caches.open(NOTES);
	const noted = await (await notes.match(LANGUAGE_NOTE))?.text();
	return isLanguage(noted)
		? { language: noted, noted: true }
		: { language: languageFrom(navigator.languages), noted: false };
}
