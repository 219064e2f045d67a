/** Rounds of background work: again and again, apart from each other, until stopped. */
import { describe, expect, it, vi } from 'vitest';
import { startBackground } from '#lib/server/background.ts';
import { makeMeasure } from '#lib/server/measure/measure.ts';

const silent = { log: () => undefined, measure: makeMeasure() };

describe('background rounds', () => {
	it('runs each at once and again after its period, and says which run is the first', async () => {
		vi.useFakeTimers();
		const turns: string[] = [];
		const round = (name: string, everyMs: number) => ({
			name,
			everyMs,
			run: async ({ first }: { first: boolean }) =>
				void (await Promise.resolve(turns.push(`${name}${first ? '!' : ''}`))),
		});
		const background = startBackground(silent, [round('often', 100), round('rarely', 1_000)]);
		await vi.advanceTimersByTimeAsync(350);
		expect(turns).toEqual(['often!', 'rarely!', 'often', 'often', 'often']);
		await background.stop();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(turns).toHaveLength(5);
		vi.useRealTimers();
	});

	it('goes on after a run that failed, and holds up no other round', async () => {
		vi.useFakeTimers();
		const logged: unknown[] = [];
		let runs = 0;
		const measure = makeMeasure();
		const background = startBackground(
			{
				measure,
				log: (level, event, facts) => logged.push([level, event, facts?.round, facts?.message]),
			},
			[
				{ name: 'broken', everyMs: 10, run: () => Promise.reject(new Error('as told')) },
				{ name: 'hangs', everyMs: 10, run: ({ signal }) => untilAborted(signal) },
				{ name: 'sound', everyMs: 10, run: () => Promise.resolve(void (runs += 1)) },
			],
		);
		await vi.advanceTimersByTimeAsync(25);
		expect(runs).toBe(3);
		expect(await measure.text()).toContain(
			'tokenline_rounds_total{round="broken",outcome="failed"} 3',
		);
		expect(logged).toEqual(Array(3).fill(['error', 'round-failed', 'broken', 'as told']));
		await background.stop();
		vi.useRealTimers();
	});

	it('waits at its stop for the run that is under way', async () => {
		const end = Promise.withResolvers<undefined>();
		let stopped = false;
		const background = startBackground(silent, [
			{ name: 'slow', everyMs: 10, run: () => end.promise },
		]);
		const stopping = background.stop().then(() => (stopped = true));
		await Promise.resolve();
		expect(stopped).toBe(false);
		end.resolve(undefined);
		await stopping;
		expect(stopped).toBe(true);
	});
});

const untilAborted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
