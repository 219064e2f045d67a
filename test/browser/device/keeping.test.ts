import { afterEach, describe, expect, it, vi } from 'vitest';
import { isKept, keeping } from '#lib/browser/device/keeping.ts';

afterEach(() => vi.unstubAllGlobals());

function browser(storage: object | undefined, mode: string): void {
	vi.stubGlobal('navigator', { storage });
	vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes(`: ${mode})`) }));
}

describe('whether a browser keeps what is stored', () => {
	it('is asked of the browser', async () => {
		let persistent = false;
		const storage = {
			persisted: async () => persistent,
			persist: async () => (persistent = true),
			estimate: async () => ({ usage: 10, quota: 100 }),
		};
		browser(storage, 'standalone');
		const before = { installed: true, persistent: false, usedOctets: 10, quotaOctets: 100 };
		expect(await keeping.read()).toEqual(before);
		expect(isKept(before)).toBe(false);
		const after = await keeping.ask();
		expect(after).toEqual({ ...before, persistent: true });
		expect(isKept(after)).toBe(true);
	});

	it('is no where it does not say, and in a tab', async () => {
		browser(undefined, 'browser');
		const nothing = { installed: false, persistent: false, usedOctets: null, quotaOctets: null };
		expect(await keeping.ask()).toEqual(nothing);
		const failing = async () => Promise.reject(new TypeError('no'));
		browser({ persisted: failing, persist: failing, estimate: failing }, 'browser');
		expect(await keeping.ask()).toEqual(nothing);
		expect(isKept({ ...nothing, persistent: true })).toBe(false);
	});
});
