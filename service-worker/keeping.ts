/**
 * What the service worker keeps of the app, per version: everybody's files from its installation, an
 * audience's, a language's and a part's from when they are asked for or used; and from version to version
 * whatever was kept before.
 */
import {
	AUDIENCE_TABLE,
	partsUsed,
	pathsFor,
	type Audience,
	type AudienceFiles,
} from '#lib/core/sync/audiences.ts';
import type { Language } from '#lib/core/units/languages.ts';
import {
	keptGroups,
	keptLanguage,
	noteAudience,
	noteLanguage,
	notePart,
	noteVersion,
	versionInUse,
} from './notes.ts';
import { BY_CONTENT } from './routing.ts';

export interface KeepingPorts {
	readonly caches: CacheStorage;
	readonly fetch: (request: Request) => Promise<Response>;
	/** The app's own origin, with which relative paths begin. */
	readonly origin: string;
	/** The cache of this version. */
	readonly cache: string;
	/** How the caches of all versions begin. */
	readonly versions: string;
	/** Paths that are kept whatever the table says: the shell, the manifest, icons. */
	readonly own: readonly string[];
	/** Languages that the browser's holder reads, the best first. */
	readonly preferred: readonly string[];
}

const TABLE = `/${AUDIENCE_TABLE}`;

export class Keeping {
	readonly #ports: KeepingPorts;

	constructor(ports: KeepingPorts) {
		this.#ports = ports;
	}

	/** At installation. Rejects unless everything is here, so that the version before stays. */
	async precache(): Promise<void> {
		const { caches, own } = this.#ports;
		const cache = await caches.open(this.#ports.cache);
		const table = await this.#ask(TABLE);
		if (!table.ok) throw new TypeError(`${TABLE} was answered with ${table.status}`);
		await cache.put(this.#address(TABLE), table);
		await this.#keepFiles([...own, ...(await this.#paths())]);
	}

	/** A file of this version, where it is kept; a file whose name is its content, of any version. */
	async kept(path: string): Promise<Response | undefined> {
		return (await this.#own(path)) ?? (await this.#byContent(path));
	}

	async #own(path: string): Promise<Response | undefined> {
		const cache = await this.#ports.caches.open(this.#ports.cache);
		return cache.match(this.#address(path));
	}

	async #byContent(path: string): Promise<Response | undefined> {
		return path.startsWith(BY_CONTENT) ? this.#ports.caches.match(this.#address(path)) : undefined;
	}

	/** Keeps an audience's files from now on, in this version and those to come. */
	keepAudience(audience: Audience): Promise<void> {
		return this.#keepMore({ audiences: [audience] }, () =>
			noteAudience(this.#ports.caches, audience),
		);
	}

	/** Keeps a language in the place of the one before, whose sentences go with this version. */
	async keepLanguage(language: Language): Promise<void> {
		const { caches, preferred } = this.#ports;
		const before = await keptLanguage(caches, preferred);
		if (before.noted && before.language === language) return;
		await this.#keepMore({ language }, () => noteLanguage(caches, language));
	}

	/** A page loaded these paths: keeps the parts into which they lead. @returns whether there are any */
	async keepUsed(paths: readonly string[]): Promise<boolean> {
		const table = await this.#table();
		const onUse = table ? partsUsed(table, paths) : [];
		if (onUse.length === 0) return false;
		await this.#keepMore({ onUse }, async () => {
			for (const name of onUse) await notePart(this.#ports.caches, name);
		});
		return true;
	}

	/** What was noted while this version waited, or got lost since. */
	async complete(): Promise<void> {
		await this.#keepMore({}, () => Promise.resolve());
	}

	/**
	 * This version is in use from now on. Of those before, only the last one's files stay: a tab that still runs
	 * it may need one of them before it loads anew.
	 */
	async takeOver(): Promise<void> {
		const { caches, cache, versions } = this.#ports;
		const before = await versionInUse(caches);
		// Taken up again after the browser ended it in the middle, it must not forget who was before.
		if (before === cache) return;
		const old = (await caches.keys()).filter(
			(name) => name.startsWith(versions) && name !== cache && name !== before,
		);
		await Promise.all(old.map((name) => caches.delete(name)));
		await noteVersion(caches, cache);
	}

	/** Rejects, and notes nothing, when offline before everything was here, or out of space. */
	async #keepMore(more: More, note: () => Promise<void>): Promise<void> {
		const missing: string[] = [];
		for (const path of await this.#paths(more)) if (!(await this.#own(path))) missing.push(path);
		await this.#keepFiles(missing);
		await note();
	}

	async #paths({ audiences = [], onUse = [], language }: More = {}): Promise<readonly string[]> {
		const { caches, preferred } = this.#ports;
		const table = await this.#table();
		if (!table) throw new TypeError('this version is not installed yet');
		const groups = await keptGroups(caches);
		const all = {
			audiences: [...groups.audiences, ...audiences],
			onUse: [...groups.onUse, ...onUse],
		};
		return pathsFor(table, all, language ?? (await keptLanguage(caches, preferred)).language);
	}

	async #table(): Promise<AudienceFiles | undefined> {
		const table = await this.#own(TABLE);
		return table && ((await table.json()) as AudienceFiles);
	}

	async #keepFiles(paths: readonly string[]): Promise<void> {
		const cache = await this.#ports.caches.open(this.#ports.cache);
		await Promise.all(
			paths.map(async (path) => {
				const response = await this.#file(path);
				if (!response.ok) throw new TypeError(`${path} was answered with ${response.status}`);
				await cache.put(this.#address(path), response);
			}),
		);
	}

	/** A file whose name is its content is taken from wherever it is: another version's cache, the browser's. */
	async #file(path: string): Promise<Response> {
		if (!path.startsWith(BY_CONTENT)) return this.#ask(path);
		return (await this.#byContent(path)) ?? this.#ports.fetch(new Request(this.#address(path)));
	}

	/** Past the browser's cache: a new version must not be built from old files. */
	#ask(path: string): Promise<Response> {
		return this.#ports.fetch(new Request(this.#address(path), { cache: 'reload' }));
	}

	readonly #address = (path: string): string => `${this.#ports.origin}${path}`;
}

interface More {
	readonly audiences?: readonly Audience[];
	readonly onUse?: readonly string[];
	readonly language?: Language;
}
