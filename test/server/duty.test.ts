/** The end waits for what is under way, and not for ever. */
import { describe, expect, it, vi } from 'vitest';
import { makeDuty } from '#lib/server/duty.ts';

describe('duty', () => {
	it('waits for what is under way, and for what that began', async () => {
		const duty = makeDuty();
		const first = Promise.withResolvers<undefined>();
		const second = Promise.withResolvers<undefined>();
		const chain = duty.during(() =>
			first.promise.then(() => void duty.during(() => second.promise)),
		);
		let idle: boolean | undefined;
		const waiting = duty.idle(60_000).then((answer) => (idle = answer));
		first.resolve(undefined);
		await chain;
		expect(idle).toBeUndefined();
		second.resolve(undefined);
		await waiting;
		expect(idle).toBe(true);
	});

	it('does not wait longer than it was told, and counts what failed as ended', async () => {
		vi.useFakeTimers();
		const duty = makeDuty();
		await expect(duty.during(() => Promise.reject(new Error('as told')))).rejects.toThrow();
		expect(await duty.idle(10)).toBe(true);
		void duty.during(() => new Promise(() => undefined));
		const waiting = duty.idle(10);
		await vi.advanceTimersByTimeAsync(10);
		expect(await waiting).toBe(false);
		vi.useRealTimers();
	});
});
