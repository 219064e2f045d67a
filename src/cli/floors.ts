/**
 * The house as a table, and its one law as a function: a file imports from its own room or from a lower
 * floor; never up, never sideways between siblings.
 */
import { dirname, join, normalize } from 'node:path';

interface Room {
	/** Path prefix from the project's root. */
	path: string;
	floor: number;
}

/** The house of ARCHITECTURE.md, most specific prefix first. */
const ROOMS: Room[] = [
	{ path: 'src/lib/core/bytes/', floor: 0 },
	{ path: 'src/lib/core/units/', floor: 0 },
	{ path: 'src/lib/core/sts/', floor: 1 },
	{ path: 'src/lib/core/dlms/', floor: 1 },
	{ path: 'src/lib/core/meter/', floor: 2 },
	{ path: 'src/lib/core/vending/', floor: 2 },
	{ path: 'src/lib/core/field/', floor: 2 },
	{ path: 'src/lib/core/sync/', floor: 3 },
	{ path: 'src/lib/core/words/', floor: 3 },
	{ path: 'src/lib/core/paper/', floor: 4 },
	{ path: 'src/lib/link/', floor: 4 },
	{ path: 'src/lib/browser/', floor: 5 },
	{ path: 'src/lib/server/', floor: 5 },
	{ path: 'src/lib/ui/', floor: 6 },
	{ path: 'src/cli/', floor: 7 },
	{ path: 'src/routes/', floor: 7 },
	{ path: 'src/hooks.server.ts', floor: 7 },
	{ path: 'service-worker/', floor: 7 },
];

/** A screen never reaches the backend's code, whatever the floors say: it asks over the API. */
const FORBIDDEN: [from: RegExp, to: RegExp, why: string][] = [
	[/^src\/lib\/ui\//, /^src\/lib\/server\//, 'a screen asks the backend over the API'],
	[
		/^src\/routes\/(?!.*\+(server|page\.server|layout\.server)\.ts$)/,
		/^src\/lib\/server\//,
		'a page runs in the browser, where no backend code may go',
	],
	[
		/^service-worker\//,
		/^src\/lib\/(ui|link|server|browser\/(?!(store|api|sync)\/))/,
		'the service worker may use core and browser/{store,api,sync} only',
	],
	[
		/^src\/lib\/core\//,
		/^(svelte|@sveltejs|dexie|kysely|node:|workbox)/,
		'the core runs anywhere, without a host or a framework',
	],
];

const roomOf = (file: string): Room | undefined => ROOMS.find((room) => file.startsWith(room.path));

/** The file or package that a specifier names, as a path from the root where it is ours. */
export function target(specifier: string, from: string): string {
	if (specifier.startsWith('#lib/')) return normalize(`src/lib/${specifier.slice(5)}`);
	if (specifier.startsWith('$lib/')) return normalize(`src/lib/${specifier.slice(5)}`);
	if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
	return specifier;
}

/** Why an import breaks the law, as a sentence; undefined when it keeps it. */
export function brokenArrow(from: string, to: string): string | undefined {
	for (const [fromPattern, toPattern, why] of FORBIDDEN) {
		if (fromPattern.test(from) && toPattern.test(to)) return why;
	}
	const [source, aim] = [roomOf(from), roomOf(to)];
	if (!source || !aim || source === aim) return undefined;
	if (aim.floor > source.floor)
		return `floor ${source.floor} (${source.path}) may not reach up to floor ${aim.floor} (${aim.path})`;
	if (aim.floor === source.floor)
		return `${source.path} and ${aim.path} are siblings on floor ${aim.floor}; what both need belongs on a lower floor`;
	return undefined;
}

/** What the pure core must be given as arguments. */
const IMPURE =
	/\b(Date\.now|new Date\(\)|Math\.random|performance\.now|crypto\.|setTimeout|process\.)/;

/** The host's clock, chance or process in a line of the core; undefined where there is none. */
export function impurity(line: string): string | undefined {
	return /^\s*(\*|\/\/|\/\*)/.test(line) ? undefined : IMPURE.exec(line)?.[1];
}
