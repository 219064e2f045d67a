/** Everything the backend takes from its environment, read in one place and checked before anything starts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DEFAULT_ACCESS, readRates, type AccessSettings } from './access/settings.ts';
import { isServer } from './database/place.ts';
import { readFetchSettings, type FetchSettings } from './fetch/settings.ts';
import { readFieldSettings, type FieldSettings } from './field/settings.ts';
import type { RetentionSettings } from './retention/forget.ts';
import { readTillSettings, type TillSettings } from './till/settings.ts';
import { readPushSettings, type PushSettings } from './push/settings.ts';
import { parseHsmAddress, type HsmPlace } from './security-module/hsm/place.ts';

export interface Settings {
	/** Where the source and `package.json` are. */
	readonly root: string;
	/** `TOKENLINE_HOME`: database, key file, secrets. */
	readonly home: string;
	/** `TOKENLINE_MODE`. */
	readonly mode: 'demo' | 'live';
	/** `TOKENLINE_DEMO_YEAR`, `yes` or `no`: whether a new demo has a year of sales behind it. */
	readonly demoYear: boolean;
	/** `TOKENLINE_DATABASE`: a `postgres://` URL (which may hold a password), or a path; else the home's own file. */
	readonly database: string;
	readonly paths: {
		/** Counts that all processes share and nobody keeps (`database/fleeting.ts`). */
		readonly fleeting: string;
		readonly keyFile: string;
		readonly passphraseFile: string;
		readonly usageJournal: string;
		/** Up to when this home may have issued (`continuity/marks.ts`). */
		readonly marks: string;
		/** Private key that signs the audit's daily roots, PEM. */
		readonly auditKey: string;
		readonly webhookSecret: string;
		/** What one-time codes and the like are derived from. The same on every node. */
		readonly homeSecret: string;
		/** Key under which DLMS secrets are sealed in the database. The same on every node. */
		readonly dlmsSecretKey: string;
		/** What tills seal their sales to. */
		readonly saleKey: string;
		/** What push services know this backend by. The same on every node. */
		readonly pushKey: string;
	};
	/**
	 * `TOKENLINE_HSM` (`tcp://host:port`) and `TOKENLINE_HSM_REGISTERS`, the file of its registers, which else
	 * is the home's `security-module/hsm-registers.json`. Absent: the software module.
	 */
	readonly hsm?: HsmPlace;
	/** `TOKENLINE_MODULE_TIMEOUT_MS`: how long the security module may take over one answer. */
	readonly moduleAnswerWithinMs: number;
	/** `TOKENLINE_MODULE_START_MS`: how long the software module may take to start. */
	readonly moduleStartWithinMs: number;
	/** How often unfinished work is looked for. */
	readonly recoverEveryMs: number;
	readonly access: AccessSettings;
	readonly field: FieldSettings;
	readonly till: TillSettings;
	readonly fetch: FetchSettings;
	readonly push: PushSettings;
	/** `TOKENLINE_KEEP_DAYS`, `TOKENLINE_KEEP_PHONES_DAYS`: when what is no fiscal row is forgotten. */
	readonly retention: RetentionSettings;
	/** `TOKENLINE_METRICS_TOKEN`: with it `/metrics` answers its bearer from anywhere, without it loopback only. */
	readonly metricsToken?: string;
	/** `TOKENLINE_DRAIN_MS`: how long `/readyz` says no before the process stops taking connections. */
	readonly drainMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {Error} with a sentence that names the variable */
export function readSettings(environment: Environment, cwd: string): Settings {
	const root = resolve(environment.TOKENLINE_ROOT ?? findRoot(cwd));
	const home = resolve(root, environment.TOKENLINE_HOME ?? 'var');
	const mode = readMode(environment.TOKENLINE_MODE);
	return {
		root,
		home,
		mode,
		demoYear: readDemoYear(environment.TOKENLINE_DEMO_YEAR),
		database: readDatabase(environment.TOKENLINE_DATABASE, root, join(home, 'tokenline.db')),
		paths: {
			fleeting: join(home, 'fleeting.db'),
			keyFile: join(home, 'security-module', 'keys.json'),
			passphraseFile: join(home, 'security-module', 'passphrase'),
			usageJournal: join(home, 'security-module', 'usage.db'),
			marks: join(home, 'security-module', 'marks.db'),
			auditKey: join(home, 'audit-root-key.pem'),
			webhookSecret: join(home, 'sandbox-webhook-secret'),
			homeSecret: join(home, 'home-secret'),
			dlmsSecretKey: join(home, 'dlms-secret-key'),
			saleKey: join(home, 'sale-key'),
			pushKey: join(home, 'push-key'),
		},
		...readHsm(environment, root, home),
		moduleAnswerWithinMs: readDuration(environment, 'TOKENLINE_MODULE_TIMEOUT_MS', 5_000),
		moduleStartWithinMs: readDuration(environment, 'TOKENLINE_MODULE_START_MS', 60_000),
		recoverEveryMs: readDuration(environment, 'TOKENLINE_RECOVERY_MS', 1_000),
		access: {
			signatureWindowMs: readDuration(
				environment,
				'TOKENLINE_SIGNATURE_WINDOW_MS',
				DEFAULT_ACCESS.signatureWindowMs,
			),
			rates: readRates(environment),
		},
		field: readFieldSettings(environment),
		till: readTillSettings(environment),
		fetch: readFetchSettings(environment),
		push: readPushSettings(environment, mode),
		retention: {
			keepMs: readDays(environment, 'TOKENLINE_KEEP_DAYS', 30),
			keepPhonesMs: readDays(environment, 'TOKENLINE_KEEP_PHONES_DAYS', 90),
		},
		...readMetricsToken(environment),
		drainMs: readDuration(environment, 'TOKENLINE_DRAIN_MS', 0),
	};
}

function readHsm(environment: Environment, root: string, home: string): Pick<Settings, 'hsm'> {
	const { TOKENLINE_HSM: address, TOKENLINE_HSM_REGISTERS: registers } = environment;
	if (address === undefined) return {};
	const registersFile =
		registers === undefined
			? join(home, 'security-module', 'hsm-registers.json')
			: resolve(root, registers);
	return { hsm: { ...parseHsmAddress(address), registersFile } };
}

function readDatabase(text: string | undefined, root: string, otherwise: string): string {
	if (text === undefined) return otherwise;
	if (isServer(text)) return text;
	if (/^[a-z+]{2,}:/i.test(text))
		throw new Error('TOKENLINE_DATABASE must be a postgres:// URL or the path of a SQLite file');
	return resolve(root, text);
}

/** Demo unless said otherwise: nothing that is worth money can be made in it. */
function readMode(text = 'demo'): Settings['mode'] {
	if (text === 'demo' || text === 'live') return text;
	throw new Error(`TOKENLINE_MODE must be demo or live, not ${JSON.stringify(text)}`);
}

function readDemoYear(text = 'yes'): boolean {
	if (text === 'yes' || text === 'no') return text === 'yes';
	throw new Error(`TOKENLINE_DEMO_YEAR must be yes or no, not ${JSON.stringify(text)}`);
}

function readDuration(environment: Environment, name: string, otherwiseMs: number): number {
	const text = environment[name];
	if (text === undefined) return otherwiseMs;
	if (!/^[1-9][0-9]{0,8}$/.test(text))
		throw new Error(`${name} must be a whole number of milliseconds, not ${JSON.stringify(text)}`);
	return Number(text);
}

const DAY_MS = 24 * 60 * 60_000;

function readDays(environment: Environment, name: string, otherwise: number): number {
	const text = environment[name] ?? String(otherwise);
	if (!/^[1-9][0-9]{0,3}$/.test(text))
		throw new Error(`${name} must be a whole number of days, not ${JSON.stringify(text)}`);
	return Number(text) * DAY_MS;
}

/** A token that can be guessed is none. */
function readMetricsToken({
	TOKENLINE_METRICS_TOKEN: token,
}: Environment): Pick<Settings, 'metricsToken'> {
	if (token === undefined) return {};
	if (token.length < 16) throw new Error('TOKENLINE_METRICS_TOKEN must have 16 characters or more');
	return { metricsToken: token };
}

/** The nearest folder upwards that holds this project. */
function findRoot(from: string): string {
	for (let folder = resolve(from); ; folder = dirname(folder)) {
		const file = join(folder, 'package.json');
		if (
			existsSync(file) &&
			(JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'tokenline'
		)
			return folder;
		if (folder === dirname(folder))
			throw new Error('the project is not in this folder: set TOKENLINE_ROOT to where it is');
	}
}
