import { expect, it } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { Doing } from '#lib/ui/agent/state/doing.svelte.ts';

it('what a tap began is busy until it ends, and gives its outcome', async () => {
	const doing = new Doing(() => undefined);
	const answer = Promise.withResolvers<number>();
	const outcome = doing.run(() => answer.promise);
	expect(doing.busy).toBe(true);
	answer.resolve(3);
	expect([await outcome, doing.busy]).toEqual([3, false]);
});

it('what breaks off is told, and nothing waits for it any more', async () => {
	const told: unknown[] = [];
	const doing = new Doing((error) => told.push(error));
	const full = new StoreFault('no-space');
	expect(await doing.run(() => Promise.reject(full))).toBeUndefined();
	expect([told, doing.busy]).toEqual([[full], false]);
});

it('a slip that is thrown on keeps nothing busy', async () => {
	const slip = new TypeError('slip');
	const doing = new Doing((error) => {
		throw error;
	});
	await expect(doing.run(() => Promise.reject(slip))).rejects.toBe(slip);
	expect(doing.busy).toBe(false);
});
