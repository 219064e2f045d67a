/**
 * `npm start`: from a bare clone to a served app. Installs, builds, makes keys, migrates and seeds only
 * what is missing; a second start has nothing to do but to serve.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, fail, handOver, projectNode, ROOT, runStep } from './toolchain.mjs';

const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 4180);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;

/** @returns {Promise<boolean>} whether nobody else listens there */
const isFree = () =>
	new Promise((resolve) => {
		const trial = createServer();
		trial.once('error', () => resolve(false));
		trial.listen(port, host, () => trial.close(() => resolve(true)));
	});

ensureInstalled();
const digest = ensureBuilt();
if (!(await isFree()))
	fail(`port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`);

const env = {
	TOKENLINE_MODE: 'demo',
	TOKENLINE_ROOT: ROOT,
	TOKENLINE_HOME: join(ROOT, 'var'),
	SHUTDOWN_TIMEOUT: '5',
	...process.env,
	HOST: host,
	PORT: String(port),
	ORIGIN: origin,
};
// The server would prepare its state by itself; done here, a first start says what takes its time.
const stamp = join(env.TOKENLINE_HOME, 'prepared');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
	const args = ['src/cli/prepare.ts'];
	if (!runStep('keys, database and demo utility', process.execPath, args, { env }))
		fail('the demo could not be prepared; the reason is above.');
	writeFileSync(stamp, digest);
}

console.log(`\nTokenline is at  ${origin}\nCtrl-C ends it.\n`);
handOver(projectNode(), [join(ROOT, 'build')], env);
