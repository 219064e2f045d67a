/** The same keys' slots behind each kind of security module. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher, type Cipher } from '#lib/core/sts/ciphers/cipher.ts';
import { readSettings } from '#lib/server/environment.ts';
import { connectHsm, type ConnectedHsm } from '#lib/server/security-module/hsm/connect.ts';
import { initialiseKeyFile } from '#lib/server/security-module/key-file.ts';
import type { SecurityModule, TokenTarget } from '#lib/server/security-module/port.ts';
import { connectSecurityModule } from '#lib/server/security-module/process-client.ts';
import { softwareModule } from '#lib/server/security-module/software-module.ts';
import { moduleEnvironment, MODULE_FILE } from '#lib/server/security-module/spawn-settings.ts';
import { openUsageJournal } from '#lib/server/security-module/usage-journal.ts';
import { startHsmSimulator, type HsmSimulator } from '../../harness/hsm-simulator.ts';
import { CONTRACT_KEYS, CONTRACT_SLOTS, registersText, SIMULATED_KEYS } from './contract-keys.ts';
import { NOW_MS } from './orders.ts';

export interface Fixture {
	readonly module: SecurityModule;
	/** Whether it knows the ids of its requests: then a repeat is the very same token. */
	readonly remembers: boolean;
	/** What the meter has. */
	cipherOf(target: TokenTarget): Promise<Cipher>;
	dispose(): Promise<void>;
}

export const KINDS = [
	'software module',
	'software module in its process',
	'hardware module',
] as const;

export async function openFixture(kind: (typeof KINDS)[number]): Promise<Fixture> {
	if (kind === 'hardware module') return await openHardware();
	return kind === 'software module' ? openSoftware() : openProcess();
}

function openSoftware(): Fixture {
	const module = inProcess();
	return { module, remembers: true, cipherOf: handedBy(module), dispose: async () => undefined };
}

function inProcess(): SecurityModule {
	const operations = softwareModule(CONTRACT_KEYS, openUsageJournal(':memory:'));
	return {
		issueCredit: async (order) => operations.issueCredit(order),
		issueManagement: async (order) => operations.issueManagement(order),
		issueKeyChange: async (order) => operations.issueKeyChange(order),
		verifyToken: async (order) => operations.verifyToken(order),
		decoderKey: async (order) => operations.decoderKey(order),
		attributes: async (slot) => operations.attributes(slot),
		usage: async (order) => operations.usage(order),
		close: async () => undefined,
	};
}

/** The cipher under the decoder key that a software module hands out for its public-test slots. */
function handedBy(module: SecurityModule): Fixture['cipherOf'] {
	return async (target) => {
		const handed = await module.decoderKey(target);
		if ('refusal' in handed) throw new Error(handed.refusal);
		return prepareCipher(target.ea, parseHex(handed.decoderKeyHex));
	};
}

function openProcess(): Fixture {
	const home = mkdtempSync(join(tmpdir(), 'tokenline-contract-'));
	const settings = readSettings({ TOKENLINE_HOME: home }, process.cwd());
	initialiseKeyFile(settings.paths, CONTRACT_SLOTS);
	const module = connectSecurityModule({
		command: [MODULE_FILE, 'serve'],
		cwd: process.cwd(),
		environment: moduleEnvironment(settings),
		startWithinMs: 60_000,
		answerWithinMs: 30_000,
		log: () => undefined,
	});
	return {
		module,
		remembers: true,
		cipherOf: handedBy(module),
		async dispose() {
			await module.close();
			rmSync(home, { recursive: true });
		},
	};
}

async function openHardware(): Promise<Fixture> {
	const { module, dispose } = await openHsm();
	return { module, remembers: false, cipherOf: handedBy(inProcess()), dispose };
}

export interface HsmFixture {
	readonly module: ConnectedHsm;
	readonly simulator: HsmSimulator;
	/** Events of the log. */
	readonly events: string[];
	/** Everything that was logged, as text. */
	readonly logged: string[];
	dispose(): Promise<void>;
}

export interface RegistersChange {
	readonly testKeys?: boolean;
	readonly framing?: 'bridge';
	readonly connections?: number;
	readonly counterAttribute?: string;
}

/** An adapter and a simulator on loopback. @param file changes of the operator's file */
export async function openHsm(
	file: RegistersChange = {},
	options: { answerWithinMs?: number; attributes?: 'paired'; restMs?: number } = {},
): Promise<HsmFixture> {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-hsm-'));
	const registersFile = join(folder, 'registers.json');
	writeFileSync(registersFile, registersText(file));
	const simulator = await startHsmSimulator(SIMULATED_KEYS, {
		bridge: file.framing === 'bridge',
		nowMs: NOW_MS,
		...(options.attributes && { attributes: options.attributes }),
	});
	const [events, logged]: [string[], string[]] = [[], []];
	const restMs = options.restMs ?? 1;
	const module = connectHsm({
		...{ host: '127.0.0.1', port: simulator.port, registersFile },
		answerWithinMs: options.answerWithinMs ?? 20_000,
		backOff: { firstMs: restMs, mostMs: restMs },
		log: (level, event, facts) => {
			events.push(event);
			logged.push(JSON.stringify({ level, event, ...facts }));
		},
	});
	return {
		...{ module, simulator, events, logged },
		async dispose() {
			await module.close();
			await simulator.close();
			rmSync(folder, { recursive: true });
		},
	};
}
