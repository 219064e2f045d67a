/**
 * A delivery over a line as it really is, signed on at 300 baud and gone on with at 9,600, whose cable is
 * pulled at one moment of every frame: the meter on the wall notices nothing and stays at its rate.
 */
import { describe, expect, it } from 'vitest';
import type { Delivery } from '#lib/core/field/delivery/delivery.ts';
import { MAX_PULLS, PulledBench } from './pulled-line.ts';

/** Octets of a frame on the line, of which so much has passed. */
const SHARES = [0.1, 0.5, 0.95, 0.999] as const;

/** Whatever happened: the meter was given each token once, and the verdict says so. */
function expectTrue(bench: PulledBench, { tokens }: Delivery, when: string): void {
	expect(
		tokens.map(({ state }) => state.phase),
		when,
	).toEqual(tokens.map(() => 'accepted'));
	for (const { digits, sends } of tokens) {
		expect(bench.entriesOf(digits), when).toEqual(['Accept']);
		expect(sends, when).toBeLessThanOrEqual(2);
	}
	expect(bench.creditWh, when).toBe(bench.creditWhAfterAll);
	expect(bench.sentUnkept, when).toBe(false);
}

describe('a delivery at 300 and 9,600 baud', () => {
	it('takes the time of a line, and every token goes in once', async () => {
		const bench = new PulledBench();
		const { delivery, connections } = await bench.deliver();
		expect(connections).toBe(1);
		expectTrue(bench, delivery, 'never');
		expect(bench.rates).toEqual(['300 7E1', '9600 7E1', '9600 8N1']);
		expect(bench.bursts.length).toBeGreaterThan(30);
	});

	it.each(['out', 'in'] as const)(
		'comes to a true verdict when the cable is pulled in any frame, %s',
		async (way) => {
			const whole = new PulledBench();
			await whole.deliver();
			const bursts = whole.bursts.filter((burst) => burst.way === way);
			const twice: number[] = [];
			for (const { startMs, endMs, delivering } of bursts)
				for (const share of delivering ? SHARES : SHARES.slice(1, 2)) {
					const bench = new PulledBench();
					const atMs = startMs + (endMs - startMs) * share;
					const { delivery, connections } = await bench.deliver([atMs]);
					expect(connections, `${atMs}`).toBeLessThanOrEqual(MAX_PULLS);
					expect(bench.pulled, `${atMs}`).toBe(1);
					expectTrue(bench, delivery, `pulled at ${atMs}`);
					twice.push(...delivery.tokens.map(({ sends }) => sends));
				}
			// A token that never arrived goes out again; one whose answer was lost is read back instead.
			expect(Math.max(...twice)).toBe(way === 'out' ? 2 : 1);
		},
	);

	it('and when it is pulled again and again', async () => {
		const whole = new PulledBench();
		await whole.deliver();
		const { startMs } = whole.bursts.find(({ delivering }) => delivering) ?? { startMs: 0 };
		for (const everyMs of [3300, 4900, 6100]) {
			const bench = new PulledBench();
			const moments = Array.from({ length: 5 }, (_, index) => startMs + index * everyMs);
			const { delivery } = await bench.deliver(moments);
			expect(bench.pulled).toBeGreaterThan(1);
			expectTrue(bench, delivery, `every ${everyMs} ms`);
		}
	});
});
