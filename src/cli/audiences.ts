/**
 * Which files of a build each audience needs: a consumer's phone never fetches what only a technician's,
 * an agent's or the office's screens use, and of the languages only its own. Everything that is not theirs
 * alone is everybody's.
 */

import { AUDIENCES, type Audience, type AudienceFiles } from '#lib/core/sync/audiences.ts';
import { LANGUAGES, type Language } from '#lib/core/units/languages.ts';

/** One file of a build. */
export interface BuiltFile {
	readonly fileName: string;
	/** Source modules in it, as paths from the project's root. */
	readonly modules: readonly string[];
	/** Files it loads, at once or later. */
	readonly loads: readonly string[];
}

/** Sources that make a file a door: what is reached only through it is for those who go through it. */
const AUDIENCE_DOORS = doorsOf(AUDIENCES, (audience) => `src/routes/${audience}/`);
const LANGUAGE_DOORS = doorsOf(
	LANGUAGES,
	(language) => `src/lib/core/words/${language}/catalogue.ts`,
);

function doorsOf<Name extends string>(
	names: readonly Name[],
	start: (name: Name) => string,
): Record<Name, string> {
	return Object.fromEntries(names.map((name) => [name, start(name)])) as Record<Name, string>;
}

/** Screens that nobody keeps: they are there while the network is. */
const UNKEPT = ['src/routes/style/'];

const isDoor =
	(...starts: readonly string[]) =>
	({ modules }: BuiltFile): boolean =>
		modules.some((path) => starts.some((start) => path.startsWith(start)));

/** Everything that is reached from `from`, without stepping into files that `barred` names. */
function closure(
	from: readonly string[],
	files: ReadonlyMap<string, BuiltFile>,
	barred: ReadonlySet<string>,
): Set<string> {
	const reached = new Set<string>();
	const waiting = from.filter((name) => !barred.has(name));
	for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
		if (reached.has(name)) continue;
		reached.add(name);
		waiting.push(...(files.get(name)?.loads ?? []).filter((next) => !barred.has(next)));
	}
	return reached;
}

/** Sorts the files of a build. A file that no route reaches is everybody's: better too much than offline without it. */
export function sortByAudience(built: readonly BuiltFile[]): AudienceFiles {
	const files = new Map(built.map((file) => [file.fileName, file]));
	const doors = built.filter(
		isDoor(...Object.values(AUDIENCE_DOORS), ...Object.values(LANGUAGE_DOORS), ...UNKEPT),
	);
	const barred = new Set(doors.map(({ fileName }) => fileName));
	const behindDoors = closure([...barred], files, new Set());
	const roots = built.map(({ fileName }) => fileName).filter((name) => !behindDoors.has(name));
	const everybody = closure(roots, files, barred);
	const languageDoors = doors
		.filter(isDoor(...Object.values(LANGUAGE_DOORS)))
		.map(({ fileName }) => fileName);
	/** Whatever chooses among the languages leads to all of them: behind a door is at most its own. */
	const through = (start: string, shut: readonly string[]): string[] => {
		const own = doors.filter(isDoor(start));
		const needed = closure(
			own.map(({ fileName }) => fileName),
			files,
			new Set(shut),
		);
		return [...needed].filter((name) => !everybody.has(name)).sort();
	};
	const audience = (name: Audience): string[] => through(AUDIENCE_DOORS[name], languageDoors);
	const language = (name: Language): string[] => {
		const own = isDoor(LANGUAGE_DOORS[name]);
		const others = doors.filter((file) => !own(file)).map(({ fileName }) => fileName);
		return through(LANGUAGE_DOORS[name], others);
	};
	return {
		everybody: [...everybody].sort(),
		agent: audience('agent'),
		technician: audience('technician'),
		office: audience('office'),
		languages: {
			en: language('en'),
			fr: language('fr'),
			pt: language('pt'),
			sw: language('sw'),
			ar: language('ar'),
		},
	};
}
