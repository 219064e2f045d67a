/**
 * Which files of a build each audience needs: a consumer's phone never fetches what only a technician's,
 * an agent's or the office's screens use, and of the languages only its own; what consumers seldom use is
 * kept from when it was used once. Everything that is not theirs alone is everybody's.
 */

import { type Audience, type AudienceFiles, type OnUseFiles } from '#lib/core/sync/audiences.ts';
import { FALLBACK, LANGUAGES, type Language } from '#lib/core/units/languages.ts';

/** One file of a build. */
export interface BuiltFile {
	readonly fileName: string;
	/** Source modules in it, as paths from the project's root. */
	readonly modules: readonly string[];
	/** Files without which it does not run. */
	readonly needs: readonly string[];
	/** Files it loads, at once or later. */
	readonly loads: readonly string[];
}

/** Starts of source paths that make a file a door: what is reached only through it is for those who go through it. */
type Doors = readonly string[];

/** The till's rows are counted on a till only. */
const AUDIENCE_DOORS: Readonly<Record<Audience, Doors>> = {
	agent: ['src/routes/agent/', 'src/lib/browser/sync/watch-till.ts'],
	technician: ['src/routes/technician/'],
	office: ['src/routes/office/'],
};

/**
 * Parts of the consumer's app that are kept on use, by name. A door is loaded with `import()`, or is a
 * route's page; it stands in no file that everybody needs at once, which the build checks.
 */
const ON_USE_DOORS: Readonly<Record<string, Doors>> = {
	scanner: ['src/lib/ui/components/scan/ScanSheet.svelte', 'src/lib/core/sync/scanned-text.ts'],
	/** What reads codes where the browser does not, which is large. */
	'code-reader': ['src/lib/browser/scan/kept-reader.ts'],
	/** How a meter's electricity goes, and what looks after reminders. */
	use: [
		'src/routes/(consumer)/meter/[drn]/use/',
		'src/lib/ui/components/meter/AmountAdvice.svelte',
		'src/lib/ui/components/use/DueReminders.svelte',
		'src/lib/ui/components/fbe/FbeRemind.svelte',
		'src/lib/ui/state/reminder-desk.svelte.ts',
	],
	'virtual-meters': ['src/routes/virtual-meter/+page.svelte'],
	'virtual-meter': [
		'src/routes/virtual-meter/[drn]/',
		'src/lib/ui/virtual-meter/standing-glance.ts',
	],
	/** Of use with the network only. */
	fetch: ['src/routes/(consumer)/fetch/'],
	style: ['src/routes/style/'],
	deliver: ['src/routes/(consumer)/purchases/[id]/deliver/'],
	'virtual-port': ['src/lib/browser/worker/start-meter-worker.ts'],
};

/** What everybody reads, before the first screen or with another one, and what only those read who use a part. */
const firstWordsOf = (language: Language): string => `src/lib/core/words/${language}/first.ts`;
const ownWordsOf = (language: Language): Doors => [
	firstWordsOf(language),
	`src/lib/core/words/${language}/later/`,
];
const onUseWordsOf = (language: Language): string => `src/lib/core/words/${language}/on-use/`;
const wordsOf = (language: Language): Doors => [...ownWordsOf(language), onUseWordsOf(language)];

const standsIn =
	(starts: Doors) =>
	({ modules }: BuiltFile): boolean =>
		modules.some((path) => starts.some((start) => path.startsWith(start)));

const namesOf = (built: readonly BuiltFile[]): string[] => built.map(({ fileName }) => fileName);

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

/** A door that is needed by files for those who do not go through it would be missing offline. */
function refuseNeededDoors(
	reached: ReadonlySet<string>,
	files: ReadonlyMap<string, BuiltFile>,
	doors: ReadonlySet<string>,
): void {
	for (const name of reached)
		for (const needed of files.get(name)?.needs ?? [])
			if (doors.has(needed)) {
				const modules = (file: string): string =>
					(files.get(file)?.modules ?? []).slice(0, 3).join(', ');
				throw new Error(
					`${name} (${modules(name)}) imports ${needed} (${modules(needed)}) at once: ` +
						'a door of an audience, a language or a part that is kept on use is loaded with import()',
				);
			}
}

/**
 * Sorts the files of a build. A file that no route reaches is everybody's: better too much than offline without it.
 * @throws Error where files need a door at once behind which they do not stand, or a part has no door
 */
export function sortByAudience(
	built: readonly BuiltFile[],
	onUseDoors: Readonly<Record<string, Doors>> = ON_USE_DOORS,
): AudienceFiles {
	const files = new Map(built.map((file) => [file.fileName, file]));
	const behind = (starts: Doors): BuiltFile[] => built.filter(standsIn(starts));
	const languageDoors = behind(LANGUAGES.flatMap(wordsOf));
	const onUseParts = behind(Object.values(onUseDoors).flat());
	const doors = [...behind(Object.values(AUDIENCE_DOORS).flat()), ...onUseParts, ...languageDoors];
	const barred = new Set(namesOf(doors));
	const behindDoors = closure([...barred], files, new Set());
	const roots = namesOf(built).filter((name) => !behindDoors.has(name));
	const everybody = closure(roots, files, barred);
	refuseNeededDoors(everybody, files, barred);

	/** Not through everybody's files: what these load later is for those who go through its own doors. */
	const through = (own: readonly BuiltFile[], shut: readonly BuiltFile[]): string[] =>
		[...closure(namesOf(own), files, new Set([...namesOf(shut), ...everybody]))].sort();
	/** Staff's screens are English, those that they share with consumers too; a till prints in every language. */
	const staffs = new Set(namesOf(behind([onUseWordsOf(FALLBACK), ...LANGUAGES.map(firstWordsOf)])));
	const audience = (name: Audience): string[] =>
		through(
			behind(AUDIENCE_DOORS[name]),
			languageDoors.filter(({ fileName }) => !staffs.has(fileName)),
		);
	const language = (name: Language): string[] => {
		const own = behind(ownWordsOf(name));
		return through(
			own,
			doors.filter((file) => !own.includes(file)),
		);
	};
	const inEach = (of: (language: Language) => string[]): Record<Language, string[]> => ({
		en: of('en'),
		fr: of('fr'),
		pt: of('pt'),
		sw: of('sw'),
		ar: of('ar'),
	});
	const onUse = (name: string, starts: Doors): OnUseFiles => {
		const own = behind(starts);
		if (own.length === 0)
			throw new Error(`no file of the build is a door of ${name}: its path has changed`);
		// A part that leads to another one is kept without it.
		const others = onUseParts.filter((file) => !own.includes(file));
		const needed = through(own, [...languageDoors, ...others]);
		refuseNeededDoors(new Set(needed), files, new Set(namesOf(others)));
		const loaded = new Set(needed.flatMap((name) => files.get(name)?.loads ?? []));
		const sentences = (name: Language): string[] => {
			const read = behind([onUseWordsOf(name)]).filter(({ fileName }) => loaded.has(fileName));
			return through(
				read,
				doors.filter((file) => !read.includes(file)),
			);
		};
		return { doors: namesOf(own).sort(), files: needed, languages: inEach(sentences) };
	};
	return {
		everybody: [...everybody].sort(),
		agent: audience('agent'),
		technician: audience('technician'),
		office: audience('office'),
		languages: inEach(language),
		onUse: Object.fromEntries(
			Object.entries(onUseDoors).map(([name, starts]) => [name, onUse(name, starts)]),
		),
	};
}
