import { beforeEach, describe, expect, it } from 'vitest';
import { AUDIENCE_TABLE, type AudienceFiles } from '#lib/core/sync/audiences.ts';
import { Keeping } from '../../service-worker/keeping.ts';
import { fakeCaches } from '../harness/fake-caches.ts';

const ORIGIN = 'https://app.test';
const at = (name: string): string => `_app/immutable/${name}`;
const NONE = { en: [], fr: [], pt: [], sw: [], ar: [] };

/** A version of the app whose scanner stands in a file of this name. */
const tableWith = (scanner: string): AudienceFiles => ({
	everybody: [at('home.js')],
	agent: [at('till.js')],
	technician: [],
	office: [],
	languages: { ...NONE, en: [at('en.js')], sw: [at('sw.js')] },
	onUse: {
		scanner: {
			doors: [at(scanner)],
			files: [at(scanner), at('zxing.js')],
			languages: { ...NONE, sw: [at('sw-scan.js')] },
		},
	},
});

let caches: CacheStorage;
let asked: string[];
let offline: boolean;

beforeEach(() => {
	caches = fakeCaches();
	asked = [];
	offline = false;
});

const cacheOf = new WeakMap<Keeping, string>();

function version(name: string, table: AudienceFiles | null = tableWith('scanner.js')): Keeping {
	const keeping = new Keeping({
		caches,
		fetch: async ({ url, cache }) => {
			if (offline) throw new TypeError('Failed to fetch');
			const path = url.slice(ORIGIN.length);
			asked.push(cache === 'reload' ? `reload ${path}` : path);
			if (path === `/${AUDIENCE_TABLE}`)
				return table ? Response.json(table) : new Response(null, { status: 404 });
			return new Response(`${path} of ${name}`);
		},
		origin: ORIGIN,
		...{ cache: `app-${name}`, versions: 'app-', own: ['/', '/icon.svg'] },
		preferred: ['sw-KE'],
	});
	cacheOf.set(keeping, `app-${name}`);
	return keeping;
}

/** In its own version's cache, whatever those of other versions have. */
const keeps = async (keeping: Keeping, name: string): Promise<boolean> => {
	const own = await caches.open(cacheOf.get(keeping) ?? '');
	return (await own.match(`${ORIGIN}/${at(name)}`)) !== undefined;
};

describe('a version that is installed', () => {
	it('keeps everybody’s files in the language of the browser, and nothing else', async () => {
		const app = version('1');
		await app.precache();
		expect(await (await app.kept('/'))?.text()).toBe('/ of 1');
		for (const name of ['home.js', 'sw.js']) expect(await keeps(app, name)).toBe(true);
		for (const name of ['en.js', 'till.js', 'scanner.js', 'zxing.js'])
			expect(await keeps(app, name)).toBe(false);
	});

	it('asks past the browser’s cache, except for files whose name is their content', async () => {
		await version('1').precache();
		expect(asked).toEqual(
			expect.arrayContaining(['reload /', 'reload /icon.svg', `/${at('home.js')}`]),
		);
	});

	it('fetches of the next version only what changed', async () => {
		await version('1').precache();
		asked = [];
		await version('2').precache();
		expect(asked.toSorted()).toEqual(['reload /', `reload /${AUDIENCE_TABLE}`, 'reload /icon.svg']);
	});

	it('is none, where its table cannot be had', async () => {
		const app = version('1', null);
		await expect(app.precache()).rejects.toThrow('404');
		expect(asked).toEqual([`reload /${AUDIENCE_TABLE}`]);
	});

	it('is none, when a file of it cannot be had', async () => {
		const app = version('1');
		offline = true;
		await expect(app.precache()).rejects.toThrow('Failed to fetch');
	});
});

describe('a part that is kept on use', () => {
	it('is kept whole once a page has loaded its door, in the device’s language', async () => {
		const app = version('1');
		await app.precache();
		expect(await app.keepUsed([`/${at('home.js')}`])).toBe(false);
		expect(await app.keepUsed([`/${at('scanner.js')}`])).toBe(true);
		for (const name of ['scanner.js', 'zxing.js', 'sw-scan.js'])
			expect(await keeps(app, name)).toBe(true);
	});

	it('comes in the new version before the old one is dropped, under its new name', async () => {
		const old = version('1');
		await old.precache();
		await old.keepUsed([`/${at('scanner.js')}`]);
		const next = version('2', tableWith('scanner-2.js'));
		await next.precache();
		for (const name of ['scanner-2.js', 'zxing.js']) expect(await keeps(next, name)).toBe(true);
		await next.takeOver();
		expect(await keeps(next, 'scanner-2.js')).toBe(true);
	});

	it('stays of the version before for a tab that still runs it, and goes with the next but one', async () => {
		const [first, second, third] = [version('1'), version('2'), version('3')];
		const versions = async () => (await caches.keys()).filter((name) => name.startsWith('app-'));
		for (const each of [first, second]) {
			await each.precache();
			await each.takeOver();
		}
		expect(await versions()).toEqual(['app-1', 'app-2']);
		// Begun again after the browser ended it in the middle.
		await second.takeOver();
		expect(await versions()).toEqual(['app-1', 'app-2']);
		await third.precache();
		await third.takeOver();
		expect(await versions()).toEqual(['app-2', 'app-3']);
	});

	it('comes in a version that was installed before it was used, when that completes itself', async () => {
		const old = version('1');
		await old.precache();
		const next = version('2', tableWith('scanner-2.js'));
		await next.precache();
		await old.keepUsed([`/${at('scanner.js')}`]);
		expect(await keeps(next, 'scanner-2.js')).toBe(false);
		await next.complete();
		expect(await keeps(next, 'scanner-2.js')).toBe(true);
	});

	it('is not noted where it could not be fetched whole, and the app stays as it was', async () => {
		const app = version('1');
		await app.precache();
		offline = true;
		await expect(app.keepUsed([`/${at('scanner.js')}`])).rejects.toThrow();
		offline = false;
		await app.complete();
		expect(await keeps(app, 'scanner.js')).toBe(false);
		expect(await keeps(app, 'home.js')).toBe(true);
	});

	it('is nothing to a version that has it no more', async () => {
		const old = version('1');
		await old.precache();
		await old.keepUsed([`/${at('scanner.js')}`]);
		const next = version('2', { ...tableWith('-'), onUse: {} });
		await next.precache();
		expect(await keeps(next, 'home.js')).toBe(true);
	});
});

describe('an audience or a language that a page asks for', () => {
	it('is kept, and in the next version too', async () => {
		const old = version('1');
		await old.precache();
		await old.keepAudience('agent');
		const next = version('2');
		await next.precache();
		for (const app of [old, next])
			for (const name of ['till.js', 'en.js']) expect(await keeps(app, name)).toBe(true);
	});

	it('takes the place of the language before in the next version', async () => {
		const old = version('1');
		await old.precache();
		await old.keepLanguage('en');
		const next = version('2');
		await next.precache();
		expect(await keeps(next, 'en.js')).toBe(true);
		expect(await keeps(next, 'sw.js')).toBe(false);
	});
});
