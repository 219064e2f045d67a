/**
 * Who an app's files are for, and what page and service worker say to each other about it: a consumer's
 * phone never fetches what only other people's screens use, nor the sentences of a language that nobody
 * reads on it; what consumers seldom use is kept from when it was used once.
 */
import { FALLBACK, isLanguage, type Language } from '#lib/core/units/languages.ts';

/** Those beside the consumer, by the first folder of their routes. */
export const AUDIENCES = ['agent', 'technician', 'office'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The style page is for those who make the screens. */
const STAFF = new Set<string>([...AUDIENCES, 'style']);

/** @param path of a page, or a route's id */
export const isStaffs = (path: string): boolean => STAFF.has(path.split('/')[1] ?? '');

/** Names of files, as paths below the origin without a leading slash. */
export type FileNames = readonly string[];

/** A part of the consumer's app that is not kept before it was used once. */
export interface OnUseFiles {
	/** Whoever loads one of these uses the part. */
	readonly doors: FileNames;
	/** What it needs beside everybody's files, the doors among them. */
	readonly files: FileNames;
	/** Its own sentences. */
	readonly languages: Readonly<Record<Language, FileNames>>;
}

/** Files of one build, by who needs them. */
export type AudienceFiles = Readonly<Record<'everybody' | Audience, FileNames>> & {
	/** The sentences of each language. */
	readonly languages: Readonly<Record<Language, FileNames>>;
	/** Parts that are kept on use, by name. */
	readonly onUse: Readonly<Record<string, OnUseFiles>>;
};

/** Where a build keeps its `AudienceFiles`. */
export const AUDIENCE_TABLE = '_app/audiences.json';

/** What a device keeps beside everybody's files. */
export interface KeptGroups {
	readonly audiences: readonly Audience[];
	/** Parts that were used, by name; one that this build no longer has is nothing. */
	readonly onUse: readonly string[];
}

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

/** A page tells what it loaded before it had a service worker; not answered. */
export interface KeepUsed {
	readonly type: 'KEEP_USED';
	/** Paths of the origin. */
	readonly paths: readonly string[];
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

/** The paths a message says were loaded; none in any other message. */
export function usedPaths(message: unknown): string[] {
	if (typeof message !== 'object' || message === null) return [];
	const { type, paths } = message as Partial<Record<keyof KeepUsed, unknown>>;
	if (type !== 'KEEP_USED' || !Array.isArray(paths)) return [];
	return paths.filter((path) => typeof path === 'string');
}

/** Names of the parts into which these paths of the origin lead. */
export function partsUsed(files: AudienceFiles, paths: readonly string[]): string[] {
	const loaded = new Set(paths.map((path) => path.replace(/^\//, '')));
	return Object.keys(files.onUse).filter((name) =>
		files.onUse[name]?.doors.some((door) => loaded.has(door)),
	);
}

/**
 * The paths that are kept for everybody in this language, for these audiences, whose screens are English,
 * and for the parts that were used.
 */
export function pathsFor(
	files: AudienceFiles,
	{ audiences, onUse }: KeptGroups,
	language: Language,
): string[] {
	const parts = onUse.map((name) => files.onUse[name]).filter((part) => part !== undefined);
	const names = [
		...files.everybody,
		...files.languages[language],
		...(audiences.length > 0 ? files.languages[FALLBACK] : []),
		...audiences.flatMap((audience) => files[audience]),
		...parts.flatMap((part) => [...part.files, ...part.languages[language]]),
	];
	return [...new Set(names)].map((name) => `/${name}`);
}
