import { describe, expect, it } from 'vitest';
import {
	audienceToKeep,
	languageToKeep,
	partsUsed,
	pathsFor,
	usedPaths,
	type Audience,
	type KeptGroups,
} from '#lib/core/sync/audiences.ts';
import { type BuiltFile, sortByAudience } from '../../src/cli/audiences.ts';

const file = (fileName: string, loads: string[] = [], modules: string[] = []): BuiltFile => ({
	...{ fileName, needs: [], loads, modules },
});
const kept = (audiences: Audience[], onUse: string[] = []): KeptGroups => ({ audiences, onUse });
const door = (audience: string, loads: string[]) =>
	file(`${audience}.js`, loads, [`src/routes/${audience}/+page.svelte`]);

const BUILT = [
	file('start.js', ['entry.js']),
	file('entry.js', ['home.js', 'technician.js', 'office.js', 'shared.js', 'en.js', 'sw.js']),
	file('home.js', ['shared.js', 'home.css', 'scanner.js', 'en-doctor.js', 'sw-doctor.js']),
	file('scanner.js', ['tables.js', 'en-scan.js', 'sw-scan.js'], ['src/scan/Scanner.svelte']),
	file('en-scan.js', ['scan-words.js'], ['src/lib/core/words/en/on-use/scan.ts']),
	file('sw-scan.js', ['scan-words.js'], ['src/lib/core/words/sw/on-use/scan.ts']),
	file('scan-words.js'),
	file('en-doctor.js', [], ['src/lib/core/words/en/later/doctor.ts']),
	file('sw-doctor.js', [], ['src/lib/core/words/sw/later/doctor.ts']),
	file('shared.js'),
	file('home.css'),
	door('technician', ['shared.js', 'dlms.js', 'tables.js', 'technician.css', 'words.js']),
	file('dlms.js', ['worker.js']),
	file('worker.js'),
	file('technician.css'),
	door('office', ['tables.js', 'shared.js', 'scanner.js']),
	file('tables.js'),
	file('picture.png'),
	file('en.js', ['words.js', 'shared.js'], ['src/lib/core/words/en/first.ts']),
	file('sw.js', ['plural.js', 'entry.js'], ['src/lib/core/words/sw/first.ts']),
	file('words.js'),
	file('plural.js'),
];

describe('the files of a build', () => {
	const sorted = sortByAudience(BUILT, { scanner: ['src/scan/'] });

	it('are everybody’s when a consumer’s screen loads them, or nobody does', () => {
		expect(sorted.everybody).toEqual([
			...['entry.js', 'home.css', 'home.js', 'picture.png', 'shared.js', 'start.js'],
		]);
	});
	it('are an audience’s when only its screens load them, through others too', () => {
		expect(sorted.technician).toEqual([
			...['dlms.js', 'tables.js', 'technician.css', 'technician.js', 'words.js', 'worker.js'],
		]);
		expect(sorted.office).toEqual(
			expect.arrayContaining(['office.js', 'scanner.js', 'en-scan.js', 'tables.js']),
		);
		expect(sorted.office).not.toContain('sw-scan.js');
		expect(sorted.agent).toEqual([]);
	});
	it('are of a language when only its sentences are in them, those of another screen too', () => {
		expect(sorted.languages.en).toEqual(['en-doctor.js', 'en.js', 'words.js']);
		expect(sorted.languages.sw).toEqual(['plural.js', 'sw-doctor.js', 'sw.js']);
		expect(sorted.languages.fr).toEqual([]);
	});
	it('are of a part when only whoever uses it loads them, its sentences in each language apart', () => {
		expect(sorted.onUse).toEqual({
			scanner: {
				doors: ['scanner.js'],
				files: ['scanner.js', 'tables.js'],
				languages: {
					en: ['en-scan.js', 'scan-words.js'],
					fr: [],
					pt: [],
					sw: ['scan-words.js', 'sw-scan.js'],
					ar: [],
				},
			},
		});
	});
	it('are a till’s in every language in which it prints, and in no other staff’s or consumer’s', () => {
		const till = sortByAudience(
			[
				...BUILT,
				door('agent', ['writing.js']),
				file('writing.js', ['en.js', 'sw.js', 'sw-paper.js']),
				file('sw-paper.js', ['plural.js'], ['src/lib/core/words/sw/customer-paper.ts']),
			],
			{ scanner: ['src/scan/'] },
		);
		expect(till.agent).toEqual(
			expect.arrayContaining(['writing.js', 'sw.js', 'sw-paper.js', 'plural.js']),
		);
		expect(till.agent).not.toContain('sw-doctor.js');
		const others = [till.everybody, till.technician, till.office, ...Object.values(till.languages)];
		expect(others.flat()).not.toContain('sw-paper.js');
		expect(till.technician).not.toContain('sw.js');
	});
	it('are refused where everybody needs a door at once', () => {
		const needing = BUILT.map((each) =>
			each.fileName === 'home.js' ? { ...each, needs: ['scanner.js'] } : each,
		);
		expect(() => sortByAudience(needing, { scanner: ['src/scan/'] })).toThrow(/home\.js.*scanner/);
	});
	it('are refused where a part leads nowhere, because its door was renamed', () => {
		expect(() => sortByAudience(BUILT, { scanner: ['src/skan/'] })).toThrow(/door of scanner/);
	});
	it('are another part’s when one part leads to it later, and refused when it needs it at once', () => {
		const parts = { scanner: ['src/scan/'], album: ['src/album/'] };
		const album = (more: Partial<BuiltFile>): BuiltFile[] => [
			...BUILT,
			{ ...file('album.js', ['scanner.js', 'frame.js'], ['src/album/Album.svelte']), ...more },
			file('frame.js'),
		];
		expect(sortByAudience(album({}), parts).onUse.album?.files).toEqual(['album.js', 'frame.js']);
		expect(() => sortByAudience(album({ needs: ['scanner.js'] }), parts)).toThrow(/album\.js/);
	});
	it('are a part’s where a page has loaded its door, not another of its files', () => {
		expect(partsUsed(sorted, ['/home.js', '/scanner.js'])).toEqual(['scanner']);
		expect(partsUsed(sorted, ['/tables.js', '/scan-words.js'])).toEqual([]);
	});
	it('of a part that was used are kept in the language of the device', () => {
		const paths = pathsFor(sorted, kept([], ['scanner', 'of-another-version']), 'sw');
		expect(paths).toEqual(
			expect.arrayContaining(['/home.js', '/scanner.js', '/tables.js', '/sw-scan.js']),
		);
		expect(paths).not.toContain('/en-scan.js');
		expect(pathsFor(sorted, kept([]), 'sw')).not.toContain('/scanner.js');
	});
	it('are kept in one language, and in English beside it for an audience that reads English', () => {
		const paths = pathsFor(sorted, kept([]), 'sw');
		expect(paths).toEqual(expect.arrayContaining(['/entry.js', '/sw.js', '/plural.js']));
		expect(paths).not.toContain('/en.js');
		expect(pathsFor(sorted, kept(['technician']), 'sw')).toEqual(
			expect.arrayContaining(['/sw.js', '/en.js', '/technician.js']),
		);
	});
	it('are paths of the origin, each once', () => {
		expect(pathsFor(sorted, kept([]), 'en')).not.toContain('/technician.js');
		const both = pathsFor(sorted, kept(['technician', 'office']), 'en');
		expect(both).toContain('/technician.js');
		expect(both.filter((path) => path === '/tables.js')).toHaveLength(1);
	});
});

describe('what a page asks the service worker to keep', () => {
	it('is an audience by name', () => {
		expect(audienceToKeep({ type: 'KEEP_AUDIENCE', audience: 'technician' })).toBe('technician');
	});
	it.each([null, undefined, 'KEEP_AUDIENCE', {}, { type: 'SKIP_WAITING' }])(
		'is nothing in %j',
		(message) => expect(audienceToKeep(message)).toBeUndefined(),
	);
	it('is nothing for an audience that does not exist', () => {
		expect(audienceToKeep({ type: 'KEEP_AUDIENCE', audience: 'thieves' })).toBeUndefined();
	});
	it('is a language by its tag, and no audience then', () => {
		const wish = { type: 'KEEP_LANGUAGE', language: 'sw' };
		expect(languageToKeep(wish)).toBe('sw');
		expect(audienceToKeep(wish)).toBeUndefined();
	});
	it.each([null, {}, { type: 'KEEP_LANGUAGE' }, { type: 'KEEP_LANGUAGE', language: 'tlh' }])(
		'is no language in %j',
		(message) => expect(languageToKeep(message)).toBeUndefined(),
	);
	it('is what the page loaded, as far as it says paths', () => {
		const message = { type: 'KEEP_USED', paths: ['/a.js', 7, null] };
		expect(usedPaths(message)).toEqual(['/a.js']);
		expect(audienceToKeep(message)).toBeUndefined();
	});
	it.each([null, {}, { type: 'KEEP_USED' }, { type: 'KEEP_USED', paths: '/a.js' }])(
		'is no path in %j',
		(message) => expect(usedPaths(message)).toEqual([]),
	);
});
