/** Looking for a new version of the app for as long as a page is open, also while the network is gone. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { registerApp } from '#lib/browser/device/app-update.ts';

const HOUR_MS = 3_600_000;
const PAGE = 'https://tokenline.test/';
const unhandled = vi.fn();
let looks: number;

/** No mock: those see to it that no rejection is nobody's. */
class Registration extends EventTarget {
	readonly scope = PAGE;
	async update(): Promise<void> {
		looks += 1;
		throw new TypeError('Failed to fetch');
	}
}

beforeEach(() => {
	looks = 0;
	const register = async () => new Registration();
	const serviceWorker = Object.assign(new EventTarget(), { controller: null, register });
	vi.stubGlobal('navigator', { serviceWorker });
	vi.stubGlobal('document', { readyState: 'complete' });
	vi.stubGlobal('location', new URL(PAGE));
	vi.stubEnv('DEV', false);
	// The library tells a developer what it does.
	vi.stubEnv('NODE_ENV', 'production');
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	process.on('unhandledRejection', unhandled);
});
afterEach(() => {
	process.off('unhandledRejection', unhandled);
	vi.useRealTimers();
	vi.unstubAllEnvs();
	vi.unstubAllGlobals();
});

it('looks again after it has looked in vain, and leaves no rejection to nobody', async () => {
	await registerApp({ onNewVersion: vi.fn(), mayLoad: async () => true });
	await vi.advanceTimersByTimeAsync(HOUR_MS);
	await setImmediate();
	expect(looks).toBe(2);
	expect(unhandled).not.toHaveBeenCalled();
});
