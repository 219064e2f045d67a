/** Finds the programs of a PostgreSQL server for the tests; on Debian they can be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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
 * Installs Debian's package where that is possible without asking anybody: the programs only. No database
 * cluster is made and no service started for the machine.
 */
export function ensurePostgres() {
	const found = findPostgres();
	if (found || process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return found;
	const root = process.getuid?.() === 0;
	const prefix = root ? [] : ['sudo', '-n'];
	if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return undefined;
	console.log('Installing PostgreSQL from Debian for the tests (a minute) …');
	for (const args of [
		['update', '-qq'],
		['install', '-y', '-qq', '--no-install-recommends', 'postgresql-common'],
	])
		aptGet(prefix, args);
	withoutCluster(prefix);
	aptGet(prefix, ['install', '-y', '-qq', '--no-install-recommends', 'postgresql']);
	return findPostgres();
}

/** @param {string[]} prefix @param {string[]} args */
function aptGet(prefix, args) {
	const [command, ...rest] = [
		...prefix,
		'env',
		'DEBIAN_FRONTEND=noninteractive',
		'apt-get',
		...args,
	];
	spawnSync(/** @type {string} */ (command), rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Debian's package would make a cluster of its own and start it. @param {string[]} prefix */
function withoutCluster(prefix) {
	const set = `mkdir -p /etc/postgresql-common/createcluster.d &&
		echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/tokenline.conf`;
	const [command, ...rest] = [...prefix, 'sh', '-c', set];
	spawnSync(/** @type {string} */ (command), rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}
