/**
 * Who an app's files are for, and what page and service worker say to each other about it: a consumer's
 * phone never fetches what only other people's screens use, nor the sentences of a language that nobody
 * reads on it.
 */
import { FALLBACK, isLanguage, type Language } from '#lib/core/units/languages.ts';

/** Those beside the consumer, by the first folder of their routes. */
export const AUDIENCES = ['agent', 'technician', 'office'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Files of one build as paths below the origin without a leading slash, by who needs them. */
export type AudienceFiles = Readonly<Record<'everybody' | Audience, readonly string[]>> & {
	/** The sentences of each language. */
	readonly languages: Readonly<Record<Language, readonly string[]>>;
};

/** Where a build keeps its `AudienceFiles`. */
export const AUDIENCE_TABLE = '_app/audiences.json';

/** A page asks its service worker to keep an audience's files; answered on the port that came with it. */
export interface KeepAudience {
	readonly type: 'KEEP_AUDIENCE';
	readonly audience: Audience;
}

/** A page asks its service worker to keep the language of its screens in the place of the one before; answered alike. */
export interface KeepLanguage {
	readonly type: 'KEEP_LANGUAGE';
	readonly language: Language;
}

/** Whether the files are kept: the screens of that audience start without a network. */
export interface AudienceKept {
	readonly kept: boolean;
}

/** What a message asks to be kept; undefined for any other message. */
export function audienceToKeep(message: unknown): Audience | undefined {
	if (typeof message !== 'object' || message === null) return undefined;
	const { type, audience } = message as Partial<Record<keyof KeepAudience, unknown>>;
	return type === 'KEEP_AUDIENCE' ? AUDIENCES.find((each) => each === audience) : undefined;
}

/** The language a message asks to be kept; undefined for any other message. */
export function languageToKeep(message: unknown): Language | undefined {
	if (typeof message !== 'object' || message === null) return undefined;
	const { type, language } = message as Partial<Record<keyof KeepLanguage, unknown>>;
	return type === 'KEEP_LANGUAGE' && isLanguage(language) ? language : undefined;
}

/** The paths that are kept for everybody in this language, and for these audiences, whose screens are English. */
export function pathsFor(
	files: AudienceFiles,
	audiences: readonly Audience[],
	language: Language,
): string[] {
	const names = [
		...files.everybody,
		...files.languages[language],
		...(audiences.length > 0 ? files.languages[FALLBACK] : []),
		...audiences.flatMap((audience) => files[audience]),
	];
	return [...new Set(names)].map((name) => `/${name}`);
}
