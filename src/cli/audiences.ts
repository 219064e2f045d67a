/**
 * Which files of a build each audience needs: a consumer's phone never fetches what only a technician's,
 * an agent's or the office's screens use. Everything that is not theirs alone is everybody's.
 */

import { AUDIENCES, type Audience, type AudienceFiles } from '#lib/core/sync/audiences.ts';

/** One file of a build. */
export interface BuiltFile {
	readonly fileName: string;
	/** Source modules in it, as paths from the project's root. */
	readonly modules: readonly string[];
	/** Files it loads, at once or later. */
	readonly loads: readonly string[];
}

const audienceOf = ({ modules }: BuiltFile): Audience | undefined =>
	AUDIENCES.find((audience) => modules.some((path) => path.startsWith(`src/routes/${audience}/`)));

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
	const doors = built.filter((file) => audienceOf(file) !== undefined);
	const barred = new Set(doors.map(({ fileName }) => fileName));
	const behindDoors = closure([...barred], files, new Set());
	const roots = built.map(({ fileName }) => fileName).filter((name) => !behindDoors.has(name));
	const everybody = closure(roots, files, barred);
	const of = (audience: Audience): string[] => {
		const own = doors.filter((file) => audienceOf(file) === audience);
		const needed = closure(
			own.map(({ fileName }) => fileName),
			files,
			new Set(),
		);
		return [...needed].filter((name) => !everybody.has(name)).sort();
	};
	return {
		everybody: [...everybody].sort(),
		agent: of('agent'),
		technician: of('technician'),
		office: of('office'),
	};
}
