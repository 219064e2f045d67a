import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import { closeTabs, FakeClocks, HOUR, NOW, tab } from './bench.ts';

afterEach(closeTabs);
const DAY = 24 * HOUR;

describe('the time that was seen', () => {
	it('follows the clock on the wall', async () => {
		const clocks = new FakeClocks();
		const clock = await SeenClock.open(tab(), clocks);
		expect(clock.nowMs()).toBe(NOW);
		clocks.pass(HOUR);
		expect(clock.nowMs()).toBe(NOW + HOUR);
		expect(clock.offsetMs).toBeNull();
	});

	it('goes on when the clock is set back while the page is open', async () => {
		const clocks = new FakeClocks();
		const clock = await SeenClock.open(tab(), clocks);
		clocks.pass(HOUR);
		clocks.wallMs -= 10 * HOUR;
		expect(clock.nowMs()).toBe(NOW + HOUR);
		clocks.pass(HOUR);
		expect(clock.nowMs()).toBe(NOW + 2 * HOUR);
	});

	it('is not set back by the clock while the page is closed, from where it was kept', async () => {
		const db = tab();
		const clocks = new FakeClocks();
		const clock = await SeenClock.open(db, clocks);
		clocks.pass(5 * HOUR);
		await clock.keep();
		clocks.wallMs -= DAY;
		const after = await SeenClock.open(tab(db.name), clocks);
		expect(after.nowMs()).toBe(NOW + 5 * HOUR);
		clocks.pass(HOUR);
		expect(after.nowMs()).toBe(NOW + 6 * HOUR);
	});

	it('is set right by the backend, from a clock that was years ahead too', async () => {
		const db = tab();
		const clocks = new FakeClocks();
		clocks.wallMs = Date.UTC(2099, 0, 1);
		const clock = await SeenClock.open(db, clocks);
		await clock.hear(NOW);
		expect(clock.nowMs()).toBe(NOW);
		expect(clock.offsetMs).toBe(NOW - Date.UTC(2099, 0, 1));
		clocks.pass(HOUR);
		expect(clock.nowMs()).toBe(NOW + HOUR);
		// The device's owner sets it right as well: that is a step back of 72 years, and changes nothing.
		clocks.wallMs = NOW + HOUR;
		const after = await SeenClock.open(tab(db.name), clocks);
		expect(after.nowMs()).toBe(NOW);
		await after.hear(NOW + HOUR);
		expect(after.offsetMs).toBe(0);
		clocks.pass(HOUR);
		expect(after.nowMs()).toBe(NOW + 2 * HOUR);
	});

	it('is the same in two tabs, and the backend is believed by the one that did not hear it', async () => {
		const db = tab();
		const clocks = new FakeClocks();
		const first = await SeenClock.open(db, clocks);
		clocks.pass(HOUR);
		await first.keep();
		clocks.wallMs -= DAY;
		const second = await SeenClock.open(tab(db.name), clocks);
		expect(second.nowMs()).toBe(NOW + HOUR);
		await second.hear(NOW - DAY);
		// The first still believes its own, but does not write it over what was heard.
		expect(first.nowMs()).toBe(NOW + HOUR);
		await first.keep();
		expect(first.nowMs()).toBe(NOW - DAY);
		await second.keep();
		expect(second.nowMs()).toBe(NOW - DAY);
	});

	it('is whole milliseconds, whatever the ticks are', async () => {
		const clocks = new FakeClocks();
		let tick = 0.25;
		const db = tab();
		const clock = await SeenClock.open(db, {
			nowMs: () => NOW - HOUR,
			tickMs: () => (tick += 0.3),
		});
		await clock.keep();
		expect(Number.isInteger(clock.nowMs())).toBe(true);
		expect(clocks.nowMs()).toBe(NOW);
		expect(Number.isInteger((await db.seenTime.get('device'))?.seenMs)).toBe(true);
	});
});
