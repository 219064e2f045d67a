/** Which files of a browser's build a route's first visit needs at once. Pure. */
import { isStaffs } from '#lib/core/sync/audiences.ts';
import type { FirstFiles } from '#lib/core/sync/first-files.ts';
import { LANGUAGES, type Language } from '#lib/core/units/languages.ts';

/** One script of a build. */
export interface FirstChunk {
	readonly fileName: string;
	/** The module that it is there for, as a path from the project's root. */
	readonly facade: string | undefined;
	/** What that module imports at once, as paths from the project's root. */
	readonly facadeImports: readonly string[];
	/** Files without which it does not run, styles too. */
	readonly needs: readonly string[];
	readonly octets: number;
}

/** The framework's own module for each page, layout and error page. */
const NODE = /\/client-optimized\/nodes\/\d+\.js$/;
/** What the framework names in every document by itself. */
const ENTRY = /\/runtime\/client\/entry\.js$|\/client-optimized\/app\.js$/;
const PAGE = /^src\/routes(.*)\/\+page\.svelte$/;

export function firstFilesTable(chunks: readonly FirstChunk[]): FirstFiles {
	const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
	const closure = (start: readonly FirstChunk[]): Set<string> => {
		const names = new Set(start.map(({ fileName }) => fileName));
		for (const name of names) for (const need of byName.get(name)?.needs ?? []) names.add(need);
		return names;
	};
	const named = closure(chunks.filter(({ facade }) => ENTRY.test(facade ?? '')));
	// A browser asks for six at a time: what takes longest comes first, styles before all.
	const weight = (name: string): number => byName.get(name)?.octets ?? Infinity;
	const filesOf = (start: readonly FirstChunk[]): string[] =>
		[...closure(start)]
			.filter((name) => !named.has(name))
			.sort(
				(one, other) => Number(weight(other) > weight(one)) - Number(weight(one) > weight(other)),
			);

	const nodes = chunks.filter(({ facade }) => NODE.test(facade ?? ''));
	const nodesOf = (module: string): FirstChunk[] =>
		nodes.filter(({ facadeImports }) => facadeImports.includes(module));
	const routes = nodes
		.flatMap(({ facadeImports }) => facadeImports.map((path) => PAGE.exec(path)?.[1]))
		// Pages of staff come after they signed in, on devices that keep them.
		.filter((route) => route !== undefined && !isStaffs(route))
		.map((route) => [
			route || '/',
			filesOf(modulesOf(route ?? '').flatMap((module) => nodesOf(module))),
		]);
	const languages = LANGUAGES.map((language) => [
		language,
		filesOf(chunks.filter(({ facade }) => facade === wordsOf(language))),
	]);
	return {
		routes: Object.fromEntries(routes) as FirstFiles['routes'],
		languages: Object.fromEntries(languages) as FirstFiles['languages'],
	};
}

const wordsOf = (language: Language): string => `src/lib/core/words/${language}/first.ts`;

/** The page itself, every layout that it may stand in, and what takes their place when something goes wrong. */
function modulesOf(route: string): string[] {
	const folders = route
		.split('/')
		.map((_, at, parts) => `src/routes${parts.slice(0, at + 1).join('/')}`);
	return [
		...folders.flatMap((folder) => [`${folder}/+layout.svelte`, `${folder}/+error.svelte`]),
		`src/routes${route}/+page.svelte`,
	];
}
