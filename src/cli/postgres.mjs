/** Finds the programs of a PostgreSQL server for the tests; on Debian they can be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { asRoot, findOrInstall } from './debian.mjs';

/** Where Debian, Fedora and Homebrew put them. */
const KNOWN = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'];
const OLDEST = 14;

/** @returns {string | undefined} the folder of `postgres` and `initdb`; `TOKENLINE_POSTGRES` names another one */
export function findPostgres() {
	const wanted = process.env.TOKENLINE_POSTGRES;
	return (wanted ? [wanted] : [...onPath(), ...known()]).find(isServer);
}

function onPath() {
	return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** The newest version first. */
function known() {
	return KNOWN.filter((folder) => existsSync(folder))
		.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'bin')))
		.sort((one, other) => version(other) - version(one));
}

/** @param {string} folder */
const version = (folder) => Number(/(\d+)/.exec(folder)?.[1] ?? 0);

/** @param {string} folder */
function isServer(folder) {
	if (!['postgres', 'initdb'].every((name) => existsSync(join(folder, name)))) return false;
	const said = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout;
	return Number(/(\d+)/.exec(said ?? '')?.[1] ?? 0) >= OLDEST;
}

/**
 * The programs only: no database cluster is made and no service started for the machine.
 * @returns {string | undefined} their folder, installed where that is possible
 */
export function ensurePostgres() {
	return findOrInstall(
		findPostgres,
		'Installing PostgreSQL from Debian for the tests (a minute) …',
		['postgresql-common', 'postgresql'],
		withoutCluster,
	);
}

/** Debian's package would make a cluster of its own and start it. @param {string[]} rights */
function withoutCluster(rights) {
	const set = `mkdir -p /etc/postgresql-common/createcluster.d &&
		echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/tokenline.conf`;
	asRoot(rights, ['sh', '-c', set]);
}
