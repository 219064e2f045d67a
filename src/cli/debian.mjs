/** What tests need and a machine may lack: on Debian it can be installed without asking anybody. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * @returns {string[] | undefined} what stands before a command that changes the system; undefined: it
 * cannot be changed
 */
export function debianRights() {
	if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined;
	if (process.getuid?.() === 0) return [];
	return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

/** Runs a command that changes the system, quietly. @param {string[]} rights @param {string[]} words */
export function asRoot(rights, words) {
	const [command, ...rest] = [...rights, 'env', 'DEBIAN_FRONTEND=noninteractive', ...words];
	spawnSync(/** @type {string} */ (command), rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Finds something, and where it is not there installs it from Debian and looks again.
 * @template Found
 * @param {() => Found | undefined} find
 * @param {string} sentence what is being done, and how long it takes
 * @param {string[]} packages in the order in which they are installed
 * @param {(rights: string[]) => void} [before] done when the first is there and before the others come
 * @returns {Found | undefined}
 */
export function findOrInstall(find, sentence, packages, before) {
	const found = find();
	const rights = found === undefined ? debianRights() : undefined;
	if (!rights) return found;
	console.log(sentence);
	asRoot(rights, ['apt-get', 'update', '-qq']);
	// Another run on this machine may be installing at this moment.
	const patiently = ['-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends'];
	/** @param {string[]} names */
	const install = (names) =>
		asRoot(rights, ['apt-get', 'install', '-y', '-qq', ...patiently, ...names]);
	const [first, ...others] = packages;
	if (before && first !== undefined) {
		install([first]);
		before(rights);
		install(others);
	} else install(packages);
	return find();
}
