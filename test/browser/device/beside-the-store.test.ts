/** What is kept beside the store: the backend's time, and what was begun. Losing it loses no money. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeMemory } from '../../harness/fake-memory.ts';

class Memory extends FakeMemory {
	readonly gone = new Set<string>();
	removeItem(key: string): void {
		this.gone.add(key);
	}
	override getItem(key: string): string | null {
		return this.gone.has(key) ? null : super.getItem(key);
	}
	override setItem(key: string, value: string): void {
		super.setItem(key, value);
		this.gone.delete(key);
	}
}

let memory: Memory;
const NOW = Date.UTC(2026, 10, 30);
/** As after a reload. */
async function page() {
	vi.resetModules();
	const { device } = await import('#lib/browser/device/device.ts');
	const clock = await import('#lib/browser/sync/service-clock.ts');
	const begun = await import('#lib/browser/device/begun.ts');
	return { device, ...clock, ...begun };
}

beforeEach(() => {
	memory = new Memory();
	vi.stubGlobal('localStorage', memory);
	vi.useFakeTimers({ toFake: ['Date'], now: 7_000 });
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('the backend’s time', () => {
	it('is kept over a reload on a phone in 1970', async () => {
		const first = await page();
		expect(first.serviceNow()).toEqual({ ms: 7_000, isSure: false });
		first.hearServiceTime(NOW);
		expect(first.serviceNow()).toEqual({ ms: NOW, isSure: true });
		vi.setSystemTime(8_000);
		expect((await page()).serviceNow()).toEqual({ ms: NOW + 1_000, isSure: true });
	});

	it('is not heard from an answer that says none', async () => {
		const { hearServiceTime, serviceNow } = await page();
		hearServiceTime(Date.parse(''));
		expect(serviceNow().isSure).toBe(false);
	});

	it('lives with the page where nothing can be kept', async () => {
		memory.refuses = true;
		const { hearServiceTime, serviceNow } = await page();
		hearServiceTime(NOW);
		expect(serviceNow().ms).toBe(NOW);
		expect((await page()).serviceNow().isSure).toBe(false);
	});

	it('is none where something else stands in its place', async () => {
		memory.setItem('tokenline-heard-time', '{"serviceMs":"soon"}');
		expect((await page()).serviceNow().isSure).toBe(false);
	});
});

describe('what was begun', () => {
	it('is found after a reload, and forgotten when it is done', async () => {
		vi.setSystemTime(NOW);
		const first = await page();
		first.keepBegunSale({ meterText: '', drn: '01234567897', amountText: '500' });
		first.followSale('id');
		const second = await page();
		expect(second.begunSale()).toMatchObject({ drn: '01234567897', amountText: '500' });
		expect(second.followedSale()).toBe('id');
		second.keepBegunSale({ meterText: '', drn: '01234567897', amountText: '' });
		second.followSale(null);
		expect((await page()).begunSale()).toBeNull();
		expect((await page()).followedSale()).toBeNull();
	});

	it('is forgotten without a word where nothing can be kept', async () => {
		vi.setSystemTime(NOW);
		memory.refuses = true;
		const { keepBegunSale, followSale, begunSale, followedSale } = await page();
		keepBegunSale({ meterText: '0123', drn: null, amountText: '' });
		followSale('id');
		expect([begunSale(), followedSale()]).toEqual([null, null]);
	});
});
