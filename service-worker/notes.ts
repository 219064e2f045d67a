/** What this device keeps beside everybody's files, remembered from version to version. */
import { AUDIENCES, type Audience, type KeptGroups } from '#lib/core/sync/audiences.ts';
import { isLanguage, languageFrom, type Language } from '#lib/core/units/languages.ts';

/** A cache of its own, which no new version clears; a note is an entry without a body. */
const NOTES = 'kept-audiences';
const AUDIENCE_NOTE = '/kept-audiences/';
const PART_NOTE = '/kept-on-use/';
/** One note: a device keeps one language. */
const LANGUAGE_NOTE = '/kept-language';

/** The version that is in use. */
const VERSION_NOTE = '/version-in-use';

const note = async (store: CacheStorage, path: string, body?: string): Promise<void> =>
	(await store.open(NOTES)).put(path, new Response(body));

export const noteAudience = (store: CacheStorage, audience: Audience): Promise<void> =>
	note(store, `${AUDIENCE_NOTE}${audience}`);

export const notePart = (store: CacheStorage, name: string): Promise<void> =>
	note(store, `${PART_NOTE}${name}`);

export const noteLanguage = (store: CacheStorage, language: Language): Promise<void> =>
	note(store, LANGUAGE_NOTE, language);

export async function keptGroups(store: CacheStorage): Promise<KeptGroups> {
	const requests = await (await store.open(NOTES)).keys();
	const noted = (start: string): string[] =>
		requests
			.map(({ url }) => new URL(url).pathname)
			.filter((path) => path.startsWith(start))
			.map((path) => path.slice(start.length));
	const audiences = noted(AUDIENCE_NOTE);
	return {
		audiences: AUDIENCES.filter((audience) => audiences.includes(audience)),
		onUse: noted(PART_NOTE),
	};
}

/** The language to keep; before a page has named one, the browser's, as a page would choose it. */
export async function keptLanguage(
	store: CacheStorage,
	preferred: readonly string[],
): Promise<{ language: Language; noted: boolean }> {
	const noted = await (await (await store.open(NOTES)).match(LANGUAGE_NOTE))?.text();
	return isLanguage(noted)
		? { language: noted, noted: true }
		: { language: languageFrom(preferred), noted: false };
}

export const noteVersion = (store: CacheStorage, cache: string): Promise<void> =>
	note(store, VERSION_NOTE, cache);

/** The cache of the version that took over last; undefined before any has. */
export async function versionInUse(store: CacheStorage): Promise<string | undefined> {
	return (await (await store.open(NOTES)).match(VERSION_NOTE))?.text();
}
