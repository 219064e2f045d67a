/** `npm run bridge` before `npm run meter`, each a process of its own, as a technician starts them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { eightN1 } from '#lib/link/line.ts';
import { TEST_METER } from '../../src/cli/meter/test-meter.ts';
import { pageOf } from '../harness/bridge.ts';
import { associationOf, linkOfClient, setupOf, TestClient } from '../link/test-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'tokenline-bridge-'));
const bearerFile = join(folder, 'bearer');
const started: ChildProcess[] = [];

/** Starts a command and gives what follows `said` in what it prints. */
async function start(command: string, words: readonly string[], said: RegExp): Promise<string> {
	const child = spawn(process.execPath, [`src/cli/${command}.ts`, ...words], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	started.push(child);
	for await (const line of createInterface(child.stdout)) {
		const match = said.exec(line);
		if (match) return match[1] ?? '';
	}
	throw new Error(`${command} ended without saying ${said}`);
}

let address: string;

beforeAll(async () => {
	const port = await start('meter', ['--wrapper', '0'], /^wrapper on 127\.0\.0\.1:(\d+)$/);
	const allow = ['--allow', `wall=tcp:127.0.0.1:${port}`, '--bearer-file', bearerFile];
	address = await start('bridge', [...allow, '--port', '0'], /^bridge on (ws:\S+)$/);
});

afterAll(async () => {
	for (const child of started) {
		const gone = once(child, 'exit');
		child.kill();
		await gone;
	}
	rmSync(folder, { recursive: true });
});

it('leads a page of the app, with the bearer, to a meter it associates with', async () => {
	expect(statSync(bearerFile).mode & 0o777).toBe(0o600);
	const bearer = readFileSync(bearerFile, 'utf8').trim();
	const [port] = await bridgePorts({ address, bearer }, pageOf());
	expect(port?.label).toEqual({ kind: 'bridge', name: 'wall' });
	const line = await port!.open(eightN1(9600));
	const client = new TestClient(line, linkOfClient('wrapper', 1), associationOf(setupOf(1)));
	expect(await client.associate()).toMatchObject({ kind: 'associated' });
	expect(await client.get(1, '0.0.96.1.0', 2)).toEqual(octetString(asciiOctets(TEST_METER.drn)));
	await line.close();
});

it('keeps everybody else out', async () => {
	const without = bridgePorts({ address }, pageOf());
	await expect(without).rejects.toMatchObject({ kind: 'bridge-refused' });
	const foreign = bridgePorts({ address }, pageOf('https://evil.example'));
	await expect(foreign).rejects.toMatchObject({ kind: 'bridge-unreachable' });
});
