/** A virtual meter made for one run: it passes without anybody waiting, and shows what was planted in it. */
import { describe, expect, it } from 'vitest';
import { planRun } from '#lib/core/field/gateway-bench/plan-run.ts';
import { benchConnector } from '#lib/link/bench-connector.ts';
import { makeBenchMeter } from '#lib/link/bench-virtual-meter.ts';
import { runBench } from '#lib/link/run-bench.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import { VIRTUAL } from './cut-line.ts';
import { VirtualTimer } from './virtual-timer.ts';

const NOW_MS = Date.UTC(2026, 10, 29, 12);

function make(made: Parameters<typeof makeBenchMeter>[0]) {
	const timer = new VirtualTimer(NOW_MS);
	const chance = seededChance(7);
	const random = (octets: number) =>
		Uint8Array.from({ length: octets }, () => Math.floor(chance() * 256));
	return { timer, ...makeBenchMeter(made, VIRTUAL, { timer, random }) };
}

function run({ timer, way, target, hand, passTime }: ReturnType<typeof make>) {
	const plan = planRun({ kind: 'whole' }, { ...target, hand: true });
	const order = { plan, target, timer, hand, passTime, connector: benchConnector(way) };
	return timer.run(runBench(order), 60_000);
}

describe('a meter made for the run', () => {
	it.each([7, 11] as const)('of EA%i passes, within a minute', async (ea) => {
		const done = await run(make({ ea, plants: [] }));
		expect(done.results.filter(({ end }) => end.verdict !== 'passed')).toEqual([]);
		expect(done.found).toMatchObject({ firmware: 'Tokenline virtual meter 1', key: { ea } });
	});

	it('shows the fault that was planted', async () => {
		const done = await run(make({ ea: 7, plants: ['tamper-stays'] }));
		const failed = done.results.filter(({ end }) => end.verdict === 'failed');
		expect(failed.map(({ id }) => id)).toEqual(['tamper-cleared']);
	});

	it('has a key by chance, known to nobody else', () => {
		const { target } = make({ ea: 11, plants: [] });
		expect(target.testKey?.decoderKeyHex).toMatch(/^[0-9a-f]{32}$/);
		expect(target.testKey?.sgc).toBe('000000');
	});
});
