import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '#lib/server/environment.ts';
import { connectSecurityModule } from '#lib/server/security-module/process-client.ts';
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

function connect(answerWithinMs = 20_000) {
	const events: string[] = [];
	const module = connectSecurityModule({
		command: [MODULE_FILE, 'serve'],
		cwd: process.cwd(),
		environment: moduleEnvironment(settings()),
		answerWithinMs,
		log: (_, event) => events.push(event),
	});
	return { module, events };
}

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
		const module = connectSecurityModule({
			command: [
				'-e',
				`process.stdin.once('data', () => process.stdout.write('{"id":1,"resu', () => process.exit(1)))`,
			],
			cwd: process.cwd(),
			environment: {},
			answerWithinMs: 20_000,
			log: () => undefined,
		});
		for (let attempt = 0; attempt < 2; attempt += 1)
			await expect(module.usage({ after: 0 })).rejects.toMatchObject({
				kind: 'security-module-unavailable',
			});
		await module.close();
	}, 60_000);

	it('that says what is no answer is ended, and asked anew with the next question', async () => {
		const module = connectSecurityModule({
			command: ['-e', `process.stdin.on('data', () => console.log('what?'))`],
			cwd: process.cwd(),
			environment: {},
			answerWithinMs: 20_000,
			log: () => undefined,
		});
		await expect(module.attributes('x')).rejects.toMatchObject({
			kind: 'security-module-unavailable',
		});
		await module.close();
	}, 60_000);

	it('is started again after it was killed', async () => {
		const { module, events } = connect();
		await module.usage({ after: 0 });
		const first = module.pid();
		// Stopped before it is asked, so that it cannot answer before it dies.
		process.kill(first!, 'SIGSTOP');
		const asked = module.usage({ after: 0 });
		process.kill(first!, 'SIGKILL');
		await expect(asked).rejects.toMatchObject({ kind: 'security-module-unavailable' });
		expect(await module.usage({ after: 0 })).toEqual({ requests: 0, ids: [] });
		expect(module.pid()).not.toBe(first);
		expect(events).toContain('security-module-ended');
		await module.close();
	}, 60_000);

	it('is given up and replaced when it hangs', async () => {
		const { module, events } = connect(3_000);
		const first = await firstAnswer(module);
		process.kill(first, 'SIGSTOP');
		await expect(module.usage({ after: 0 })).rejects.toMatchObject({
			kind: 'security-module-unavailable',
		});
		expect(events).toContain('security-module-hung');
		expect(await firstAnswer(module)).not.toBe(first);
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

/** A start on a busy machine may itself outlast a short time limit: asked until it is there. */
async function firstAnswer(module: ReturnType<typeof connect>['module']): Promise<number> {
	for (;;) {
		try {
			await module.usage({ after: 0 });
			return module.pid()!;
		} catch {
			// Started again by the next question.
		}
	}
}
