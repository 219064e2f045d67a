/** Which security module a backend works with, and a sale over a hardware one from the tap to the token. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { deriveDecoderKey } from '#lib/core/sts/decoder-key.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { startBackend, type RunningBackend } from '#lib/server/backend.ts';
import { readSettings } from '#lib/server/environment.ts';
import { objectionTo, objectionToKeys } from '#lib/server/security-module/open-module.ts';
import { startHsmSimulator, type HsmSimulator } from '../../harness/hsm-simulator.ts';
import { buy, COTTAGE, KITCHEN, MORNING_MS, TestClock } from '../harness/shop.ts';
import { CONTRACT_KEYS, registersText, SIMULATED_KEYS } from './contract-keys.ts';

const hsm = { host: '127.0.0.1', port: 1, registersFile: 'registers.json' };

describe('the mode', () => {
	it('demo may start with either module, live with none while the only provider is a sandbox', () => {
		expect(objectionTo({ mode: 'demo' })).toBeUndefined();
		expect(objectionTo({ mode: 'demo', hsm })).toBeUndefined();
		expect(objectionTo({ mode: 'live' })).toMatch(/hardware security module .* and a payment/);
		expect(objectionTo({ mode: 'live', hsm })).toMatch(/needs a payment provider; here is only/);
	});

	it('keeps real keys and test keys apart', () => {
		expect(objectionToKeys('demo', true)).toBeUndefined();
		expect(objectionToKeys('live', false)).toBeUndefined();
		expect(objectionToKeys('demo', false)).toMatch(/takes no hardware module with real keys/);
		expect(objectionToKeys('live', true)).toMatch(/takes no hardware module with test keys/);
	});
});

describe('a backend over a hardware module', () => {
	let home: string;
	let simulator: HsmSimulator;
	let backend: RunningBackend | undefined;
	beforeEach(async () => {
		home = mkdtempSync(join(tmpdir(), 'tokenline-hsm-home-'));
		mkdirSync(join(home, 'security-module'));
		simulator = await startHsmSimulator(SIMULATED_KEYS, { nowMs: MORNING_MS });
	});
	afterEach(async () => {
		await backend?.close();
		backend = undefined;
		await simulator.close();
		rmSync(home, { recursive: true });
	});

	async function start(file: { testKeys?: boolean } = {}): Promise<RunningBackend> {
		writeFileSync(join(home, 'security-module', 'hsm-registers.json'), registersText(file));
		const address = `tcp://127.0.0.1:${simulator.port}`;
		const settings = readSettings({ TOKENLINE_HOME: home, TOKENLINE_HSM: address }, process.cwd());
		return await startBackend(settings, new TestClock(), () => undefined);
	}

	/** What the meter reads under the key of a slot. */
	function readUnder(slot: string, drn: string, digits: string) {
		const { bytes, sgc, krn } = CONTRACT_KEYS.keys.get(slot)!;
		const baseDate = slot === 'rollover-test-1' ? 1993 : 2014;
		const derived = deriveDecoderKey(
			{ dkga: 4, bytes },
			{ pan: meterPanOf(drn), ea: 7, sgc, ti: 1, krn, kt: 2, baseDate },
		);
		if ('refusal' in derived) throw new Error(derived.refusal);
		const decoded = decodeToken(digits, prepareCipher(7, derived.decoderKey));
		return 'refusal' in decoded ? decoded.refusal : decoded.token.kind;
	}

	it('sells, and has no keys in its folder', async () => {
		backend = await start();
		const { answer } = await buy(backend, KITCHEN, 50_000);
		if (answer.state !== 'issued') throw new Error(answer.state);
		expect(answer.tokens).toMatchObject([{ kind: 'credit', test: true }]);
		expect(readUnder('public-test', KITCHEN, answer.tokens[0]!.digits)).toBe('transfer-credit');
		const files = readdirSync(join(home, 'security-module'));
		expect(files.filter((name) => /keys|passphrase/.test(name))).toEqual([]);
	});

	it('takes a meter over its rollover', async () => {
		backend = await start();
		const { answer } = await buy(backend, COTTAGE, 50_000);
		if (answer.state !== 'issued') throw new Error(answer.state);
		const digits = answer.tokens.map((token) => token.digits);
		const credit = digits.pop()!;
		expect(digits.map((one) => readUnder('rollover-test-1', COTTAGE, one))).toEqual([
			...['first-section', 'second-section'],
		]);
		expect(readUnder('rollover-test-2', COTTAGE, credit)).toBe('transfer-credit');
	});

	it('does not start in the demo with real keys', async () => {
		await expect(start({ testKeys: false })).rejects.toThrow(/takes no hardware module with real/);
	});
});
