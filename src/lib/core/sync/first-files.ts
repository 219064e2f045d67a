/**
 * What a route's first visit needs before its screen can be drawn, so that a page can name it at once: else a browser
 * learns of each file from the one before, and every step is a round trip of the person's network.
 */
import { type Language, languageFrom } from '#lib/core/units/languages.ts';
import type { FileNames } from './audiences.ts';

/** Files of one build, as paths below the origin without a leading slash. */
export interface FirstFiles {
	/** By the route's id: scripts and styles of its screen and of the layouts that it stands in. */
	readonly routes: Readonly<Record<string, FileNames>>;
	/** The sentences without which no screen of a language is drawn. */
	readonly languages: Readonly<Record<Language, FileNames>>;
}

/** Where a build keeps its `FirstFiles`. */
export const FIRST_FILES_TABLE = '_app/first-files.json';

/**
 * The file names that a document's head may name: those of its route, and of the language that its reader's browser
 * asks for. Nothing for a route that is no page of the table.
 *
 * @param acceptLanguage the request's header (RFC 9110, 12.5.4)
 */
export function firstFilesOf(
	{ routes, languages }: FirstFiles,
	routeId: string,
	acceptLanguage: string | null,
): FileNames {
	const own = Object.hasOwn(routes, routeId) ? routes[routeId] : undefined;
	return own ? [...languages[languageFrom(languageTags(acceptLanguage))], ...own] : [];
}

/** BCP 47 tags of an `Accept-Language`, the best liked first; one of weight 0 is not wanted. */
export function languageTags(acceptLanguage: string | null): string[] {
	return (acceptLanguage ?? '')
		.split(',')
		.map((part) => {
			const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
			const weight = parameters.find((text) => /^q=/i.test(text))?.slice(2);
			return { tag, weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ tag, weight }) => tag !== '' && weight > 0)
		.sort((one, other) => other.weight - one.weight)
		.map(({ tag }) => tag);
}

/** The elements of a document's head that have its browser fetch these files at once. Names are of a build: none needs quoting. */
export const headLinks = (files: FileNames): string =>
	files
		.map((name) =>
			name.endsWith('.css')
				? `<link rel="preload" as="style" crossorigin href="/${name}">`
				: `<link rel="modulepreload" href="/${name}">`,
		)
		.join('');
