import { beforeEach, describe, expect, it } from 'vitest';
import { LOCK_TIMES, startAutoLock, type AutoLock } from '#lib/browser/vault/auto-lock.ts';
import type { PageWatch } from '#lib/browser/vault/page-watch.ts';
import { FakeClocks, FakeTimer } from './bench.ts';

const MINUTE = 60_000;

class FakePage implements PageWatch {
	readonly #listeners: Record<string, Set<() => void>> = {};
	#on(name: string, callBack: () => void): () => void {
		const set = (this.#listeners[name] ??= new Set());
		set.add(callBack);
		return () => set.delete(callBack);
	}
	tell(name: 'touch' | 'hidden' | 'shown' | 'left'): void {
		for (const callBack of this.#listeners[name] ?? []) callBack();
	}
	onTouch = (callBack: () => void) => this.#on('touch', callBack);
	onHidden = (callBack: () => void) => this.#on('hidden', callBack);
	onShown = (callBack: () => void) => this.#on('shown', callBack);
	onLeft = (callBack: () => void) => this.#on('left', callBack);
}

let timer: FakeTimer;
let clocks: FakeClocks;
let page: FakePage;
let locks: number;
let autoLock: AutoLock;

beforeEach(() => {
	clocks = new FakeClocks();
	timer = new FakeTimer(clocks);
	page = new FakePage();
	locks = 0;
	autoLock = startAutoLock({ lock: () => (locks += 1) }, { timer, page });
});

describe('a vault left alone', () => {
	it('is locked after the idle time, not before', () => {
		timer.pass(LOCK_TIMES.idleMs - 1);
		expect(locks).toBe(0);
		timer.pass(1);
		expect(locks).toBe(1);
	});

	it('is not locked while somebody works', () => {
		for (let minute = 0; minute < 60; minute += 1) {
			timer.pass(MINUTE);
			page.tell('touch');
		}
		expect(locks).toBe(0);
		timer.pass(LOCK_TIMES.idleMs);
		expect(locks).toBe(1);
	});

	it('is locked a while after it went out of sight, unless it came back', () => {
		page.tell('hidden');
		timer.pass(LOCK_TIMES.hiddenMs - 1);
		page.tell('shown');
		timer.pass(LOCK_TIMES.hiddenMs);
		expect(locks).toBe(0);
		page.tell('hidden');
		timer.pass(LOCK_TIMES.hiddenMs);
		expect(locks).toBe(1);
	});

	it('is locked at once when the page is left', () => {
		page.tell('left');
		expect(locks).toBe(1);
	});

	it('is locked at once out of sight where that was asked for', () => {
		autoLock.stop();
		startAutoLock({ lock: () => (locks += 1) }, { timer, page }, { ...LOCK_TIMES, hiddenMs: 0 });
		page.tell('hidden');
		expect(locks).toBe(1);
	});

	it('is locked by the touch that wakes a machine which slept through it all', () => {
		// Asleep, no timer runs: the clock has moved on, and nobody was woken.
		clocks.pass(LOCK_TIMES.idleMs);
		page.tell('touch');
		expect(locks).toBe(1);
	});

	it('is locked when it comes back into sight after a sleep', () => {
		page.tell('hidden');
		clocks.pass(LOCK_TIMES.hiddenMs);
		page.tell('shown');
		expect(locks).toBe(1);
	});
});

describe('a meter’s session', () => {
	it('holds the vault open through a long reading, and lets it go afterwards', () => {
		const [one, two] = [autoLock.hold(), autoLock.hold()];
		timer.pass(5 * LOCK_TIMES.idleMs);
		one();
		one();
		timer.pass(5 * LOCK_TIMES.idleMs);
		expect(locks).toBe(0);
		two();
		timer.pass(LOCK_TIMES.idleMs - 1);
		expect(locks).toBe(0);
		timer.pass(1);
		expect(locks).toBe(1);
	});

	it('does not hold it when the page is left', () => {
		autoLock.hold();
		page.tell('left');
		expect(locks).toBe(1);
	});
});

it('stopped, locks nothing more and leaves no timer', () => {
	autoLock.stop();
	timer.pass(5 * LOCK_TIMES.idleMs);
	page.tell('left');
	expect(locks).toBe(0);
	expect(timer.waiting).toBe(0);
});

it('has one timer, however often the page is touched', () => {
	for (let touch = 0; touch < 50; touch += 1) {
		page.tell('touch');
		timer.pass(1_500);
	}
	expect(timer.waiting).toBe(1);
});
