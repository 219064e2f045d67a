/** A real Chromium with a profile folder that outlives it, so that it can be killed and started again. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../../src/cli/chromium.mjs';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export const PHONE = { width: 360, height: 740 };

/** What the page itself complained about; a test fails when anything is left in here. */
export interface Complaints {
	readonly errors: string[];
}

/** What a browser is started with beside the usual. */
export interface PhoneOptions {
	readonly env?: Readonly<Record<string, string>>;
	readonly viewport?: { readonly width: number; readonly height: number };
	/** Told to the browser beside the usual. */
	readonly args?: readonly string[];
	/** False: the browser has none, so that nothing goes on behind the page. */
	readonly serviceWorkers?: boolean;
	/** Called once with the profile's folder, before the browser sees it. */
	readonly prepare?: (profile: string) => void;
}

export class Phone implements Complaints {
	readonly profile = mkdtempSync(join(tmpdir(), 'tokenline-phone-'));
	readonly errors: string[] = [];
	readonly #options: PhoneOptions;
	#context: BrowserContext | undefined;

	constructor(options: PhoneOptions = {}) {
		this.#options = options;
		options.prepare?.(this.profile);
	}

	static async start(options?: PhoneOptions): Promise<Phone> {
		const phone = new Phone(options);
		await phone.start();
		return phone;
	}

	async start(): Promise<void> {
		await this.#launch([]);
	}

	/** Opens an address in a window of its own, as a browser opens an app that was installed. */
	async startAsApp(address: string): Promise<Page> {
		await this.#launch([`--app=${address}`]);
		const [page] = this.context.pages();
		if (!page) throw new Error('the app has no window');
		return this.#watched(page);
	}

	async #launch(more: readonly string[]): Promise<void> {
		const executablePath = findChromium();
		if (!executablePath) throw new Error('no Chromium here');
		this.#context = await chromium.launchPersistentContext(this.profile, {
			executablePath,
			args: [...FLAGS, ...(this.#options.args ?? []), ...more],
			env: { ...process.env, ...this.#options.env } as Record<string, string>,
			viewport: this.#options.viewport ?? PHONE,
			serviceWorkers: this.#options.serviceWorkers === false ? 'block' : 'allow',
		});
	}

	get context(): BrowserContext {
		if (!this.#context) throw new Error('the browser is not running');
		return this.#context;
	}

	/** A new tab that notes every exception of the page. */
	async tab(): Promise<Page> {
		return this.#watched(await this.context.newPage());
	}

	#watched(page: Page): Page {
		page.setDefaultTimeout(15_000);
		page.on('pageerror', (error) => this.errors.push(error.message));
		return page;
	}

	/** The browser agrees to keep what this origin stores, when it is asked; until the browser ends. */
	async agreeToKeep(page: Page): Promise<void> {
		const { origin } = new URL(page.url());
		const devtools = await this.context.newCDPSession(page);
		await devtools.send('Browser.grantPermissions', { origin, permissions: ['durableStorage'] });
	}

	async setOffline(offline: boolean): Promise<void> {
		await this.context.setOffline(offline);
	}

	async stop(): Promise<void> {
		await this.#context?.close();
		this.#context = undefined;
	}

	/** As by a dead battery: every process of this profile at once. */
	async kill(): Promise<void> {
		const context = this.context;
		this.#context = undefined;
		const closed = new Promise((resolve) => context.once('close', resolve));
		for (const pid of processesOf(this.profile)) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// Gone with its parent a moment ago.
			}
		}
		await closed;
	}

	/** A copy of all that it keeps, as a backup or a second device has it. The browser must not be running. */
	copy(): string {
		const folder = mkdtempSync(join(tmpdir(), 'tokenline-copy-'));
		cpSync(this.profile, folder, { recursive: true });
		return folder;
	}

	/** Puts a copy in the place of all that it keeps. The browser must not be running. */
	putBack(copy: string): void {
		rmSync(this.profile, { recursive: true, force: true });
		cpSync(copy, this.profile, { recursive: true });
	}

	async dispose(): Promise<void> {
		await this.stop();
		rmSync(this.profile, { recursive: true, force: true });
	}
}

/** The processes whose command line names the profile folder. Linux only. */
function processesOf(profile: string): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => {
			try {
				return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
			} catch {
				return false;
			}
		});
}

/** Waits until the service worker of this version controls the page: from then on it starts offline. */
export async function untilInstalled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (!navigator.serviceWorker.controller)
			await new Promise((resolve) =>
				navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
			);
	});
}
