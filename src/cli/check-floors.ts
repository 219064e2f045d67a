/**
 * The one law of arrows, checked: a file imports from its own room or from a lower floor; never up,
 * never sideways between siblings. Also keeps time and chance out of the pure core.
 * Exit status 1 with a sentence per broken arrow.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

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
	{ path: 'src/lib/core/sync/', floor: 3 },
	{ path: 'src/lib/core/words/', floor: 3 },
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

/** What the pure core must be given as arguments. */
const IMPURE =
	/\b(Date\.now|new Date\(\)|Math\.random|performance\.now|crypto\.|setTimeout|process\.)/;

function filesBelow(path: string): string[] {
	return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory()
			? filesBelow(join(path, entry.name))
			: /\.(ts|svelte|mjs|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts')
				? [join(path, entry.name)]
				: [],
	);
}

const roomOf = (file: string): Room | undefined => ROOMS.find((room) => file.startsWith(room.path));

/** The file or package that a specifier names, as a path from the root where it is ours. */
function target(specifier: string, from: string): string {
	if (specifier.startsWith('#lib/')) return normalize(`src/lib/${specifier.slice(5)}`);
	if (specifier.startsWith('$lib/')) return normalize(`src/lib/${specifier.slice(5)}`);
	if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
	return specifier;
}

function brokenArrow(from: string, to: string): string | undefined {
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

const complaints: string[] = [];
let arrows = 0;
for (const file of ['src', 'service-worker'].flatMap(filesBelow).map((f) => relative('.', f))) {
	const text = readFileSync(file, 'utf8');
	const script = file.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
		: text;
	for (const { fileName } of ts.preProcessFile(script, true, true).importedFiles) {
		arrows += 1;
		if (fileName.startsWith('$lib/'))
			complaints.push(
				`${file} imports ${fileName}: write it as #lib/… so that plain Node finds it`,
			);
		const why = brokenArrow(file, target(fileName, file));
		if (why) complaints.push(`${file} imports ${fileName}: ${why}`);
	}
	if (file.startsWith('src/lib/core/')) {
		text.split('\n').forEach((line, index) => {
			const impure = /^\s*(\*|\/\/|\/\*)/.test(line) ? null : IMPURE.exec(line);
			if (impure)
				complaints.push(
					`${file}:${index + 1} uses ${impure[1]}: time and chance come into the core as arguments`,
				);
		});
	}
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exit(1);
console.log(`  ${arrows} imports keep the floor law`);
