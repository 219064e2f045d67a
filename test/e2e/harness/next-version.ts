/**
 * The app as its next version would be: the same files under another version, which is all that a browser goes
 * by. Made of the build in a moment, where a second build takes a minute.
 */
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BUILD = resolve('build');

/** What the built app is called. */
export function versionOf(build = BUILD): string {
	const text = readFileSync(join(build, 'client/_app/version.json'), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

/** Folder of a build that a backend can be started from, beside the libraries that it needs. */
export function nextVersion(version: string): string {
	const folder = mkdtempSync(resolve('.svelte-kit/next-version-'));
	cpSync(BUILD, folder, { recursive: true });
	const before = versionOf();
	for (const file of globSync('client/**/*.{js,json}', { cwd: folder })) {
		const path = join(folder, file);
		const text = readFileSync(path, 'utf8');
		if (!text.includes(before)) continue;
		writeFileSync(path, text.replaceAll(before, version));
		// Packed beforehand, they would be handed out in its place.
		for (const packed of ['.br', '.gz']) rmSync(`${path}${packed}`, { force: true });
	}
	return folder;
}
