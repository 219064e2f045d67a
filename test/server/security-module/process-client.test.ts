import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '#lib/server/environment.ts';
import {
	connectSecurityModule,
	type ModuleProcess,
} from '#lib/server/security-module/process-client.ts';
import { moduleEnvironment, MODULE_FILE } from '#lib/server/security-module/spawn-settings.ts';

let home: string;
const settings = () => readSettings({ TOKENLINE_HOME: home }, process.cwd());

function run(command: string, environment: Record<string, string>) {
	return spawnSync(process.execPath, [MODULE_FILE, command], {
		env: environment,
		encoding: 'utf8',
		input: '',
	});
}

function connect(limits: Partial<Limits> = {}) {
	return open([MODULE_FILE, 'serve'], moduleEnvironment(settings()), limits);
}

/** A process that does what the script says and nothing else. */
function connectScript(script: string, limits: Partial<Limits> = {}) {
	return open(['-e', script], {}, limits);
}

type Limits = Pick<ModuleProcess, 'startWithinMs' | 'answerWithinMs' | 'backOff'>;

function open(
	command: readonly string[],
	environment: Record<string, string>,
	limits: Partial<Limits>,
) {
	const events: string[] = [];
	const module = connectSecurityModule({
		...{ command, environment, cwd: process.cwd() },
		...{ startWithinMs: 50_000, answerWithinMs: 20_000, ...limits },
		log: (_, event) => events.push(event),
	});
	return { module, events };
}

const AT_ONCE = { firstMs: 0, lastMs: 0 };
const NOT_IN_THIS_TEST = { firstMs: 3_600_000, lastMs: 3_600_000 };
const STAYS_SILENT = 'process.stdin.resume();';

beforeAll(() => {
	home = mkdtempSync(join(tmpdir(), 'tokenline-module-'));
	expect(run('init', moduleEnvironment(settings())).stdout).toBe('made\n');
});
afterAll(() => rmSync(home, { recursive: true }));

describe('the module’s process', () => {
	it('answers questions at the same time, each with its own answer', async () => {
		const { module } = connect();
		const slots = ['lakeside-town-1', 'public-test', 'nowhere', 'lakeside-hills'];
		const answers = await Promise.all(slots.map((slot) => module.attributes(slot)));
		expect(answers.map((answer) => ('slot' in answer ? answer.slot : answer.refusal))).toEqual([
			'lakeside-town-1',
			'public-test',
			'vending-key-unknown',
			'lakeside-hills',
		]);
		await module.close();
		await expect(module.usage({ after: 0 })).rejects.toMatchObject({
			kind: 'security-module-unavailable',
		});
	}, 60_000);

	it('that ends in the middle of an answer is one that did not answer, and nothing worse', async () => {
		const { module, events } = connectScript(
			`process.stdin.once('data', () => process.stdout.write('{"id":1,"resu', () => process.exit(1)))`,
			{ backOff: AT_ONCE },
		);
		for (let attempt = 0; attempt < 2; attempt += 1)
			await expect(module.usage({ after: 0 })).rejects.toMatchObject({
				kind: 'security-module-unavailable',
			});
		expect(events).toEqual(['security-module-ended', 'security-module-ended']);
		await module.close();
	}, 60_000);

	it('that says what is no answer is ended, and asked anew with the next question', async () => {
		for (const said of ['what?', 'null', '1']) {
			const { module } = connectScript(`process.stdin.on('data', () => console.log('${said}'))`);
			await expect(module.attributes('x')).rejects.toMatchObject({
				kind: 'security-module-unavailable',
			});
			await module.close();
		}
	}, 60_000);

	it('may take longer to start than to answer: what was asked meanwhile waits for it', async () => {
		// No process starts within a millisecond; this one says all in one piece, as soon as it has both questions.
		const { module, events } = connectScript(
			`let heard = '';
			process.stdin.on('data', (chunk) => {
				heard += chunk;
				if (heard.split('\\n').length < 3) return;
				console.log(['{"ready":true}', '{"id":2,"result":"second"}', '{"id":1,"result":"first"}'].join('\\n'));
			});`,
			{ answerWithinMs: 1 },
		);
		const first = module.attributes('x');
		await setTimeout(50);
		expect(await Promise.all([first, module.attributes('y')])).toEqual(['first', 'second']);
		expect(events).toEqual([]);
		await module.close();
	}, 60_000);

	it('that is ready and says no more is hung', async () => {
		const { module, events } = connectScript(
			`console.log('{"ready":true}', '\\n{"ready":true}'); ${STAYS_SILENT}`,
			{ answerWithinMs: 1 },
		);
		await expect(module.attributes('x')).rejects.toThrow('no answer in time');
		expect(events[0]).toBe('security-module-hung');
		await module.close();
	}, 60_000);

	it('that does not start is named as such, and left alone for a while', async () => {
		const { module, events } = connectScript(STAYS_SILENT, {
			startWithinMs: 1,
			backOff: NOT_IN_THIS_TEST,
		});
		await expect(module.attributes('x')).rejects.toMatchObject({
			kind: 'security-module-unavailable',
			message: expect.stringContaining('it did not start in time') as string,
		});
		expect(events[0]).toBe('security-module-not-started');
		await expect(module.attributes('x')).rejects.toThrow('left alone');
		expect(module.pid()).toBeUndefined();
		await module.close();
	}, 60_000);

	it('that ends as it starts is said to, and started again after its pause', async () => {
		const { module, events } = connectScript('process.exit(2)', { backOff: AT_ONCE });
		for (let attempt = 0; attempt < 2; attempt += 1)
			await expect(module.attributes('x')).rejects.toThrow('it ended as it started');
		expect(events).toEqual(['security-module-ended', 'security-module-ended']);
		await module.close();
	}, 60_000);

	it('that cannot be started at all is one that is not there', async () => {
		const nowhere = connectSecurityModule({
			...{ command: [MODULE_FILE, 'serve'], environment: {}, cwd: join(home, 'no-such-folder') },
			...{ startWithinMs: 50_000, answerWithinMs: 20_000, log: () => undefined },
		});
		await expect(nowhere.attributes('x')).rejects.toThrow('cannot be started');
	}, 60_000);

	it('is started again at once after it was killed at work', async () => {
		const { module, events } = connect({ backOff: NOT_IN_THIS_TEST });
		const first = await answering(module);
		// Stopped before it is asked, so that it cannot answer before it dies.
		process.kill(first, 'SIGSTOP');
		const asked = module.usage({ after: 0 });
		process.kill(first, 'SIGKILL');
		await expect(asked).rejects.toMatchObject({ kind: 'security-module-unavailable' });
		expect(await module.usage({ after: 0 })).toEqual({ requests: 0, ids: [] });
		expect(module.pid()).not.toBe(first);
		expect(events).toContain('security-module-ended');
		await module.close();
	}, 60_000);

	it('is given up and replaced when it hangs', async () => {
		const { module, events } = connect({ answerWithinMs: 3_000 });
		const first = await answering(module);
		process.kill(first, 'SIGSTOP');
		await expect(module.usage({ after: 0 })).rejects.toMatchObject({
			kind: 'security-module-unavailable',
		});
		expect(events).toContain('security-module-hung');
		expect(await answering(module)).not.toBe(first);
		await module.close();
	}, 60_000);

	it('refuses to work for a live utility, in a sentence', () => {
		const environment = { ...moduleEnvironment(settings()), TOKENLINE_MODE: 'live' };
		for (const command of ['init', 'serve']) {
			const done = run(command, environment);
			expect(done.status).toBe(2);
			expect(done.stderr).toMatch(/TEST tokens only .* hardware module\.\n$/);
		}
	});

	it('ends when its backend is gone', () => {
		expect(run('serve', moduleEnvironment(settings())).status).toBe(0);
	});
});

/** The process that answers the next question. */
async function answering({ usage, pid }: ReturnType<typeof connect>['module']): Promise<number> {
	await usage({ after: 0 });
	return pid()!;
}
