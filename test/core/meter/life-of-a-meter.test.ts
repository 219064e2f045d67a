/** A meter through anything that can happen to it, in any order: what always holds, holds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advance, powerUp, tamper, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { encodeMeterTest } from '#lib/core/sts/meter-test.ts';
import {
	creditToken,
	keyChange,
	MADE_MS,
	MADE_TID,
	managementToken,
	meterOnBench,
} from './bench-meter.ts';

type Happening =
	| { readonly what: 'token'; readonly digits: string }
	| { readonly what: 'load'; readonly loadW: number }
	| { readonly what: 'tamper' | 'power-up' };

const tid = fc.integer({ min: MADE_TID - 3, max: MADE_TID + 40 });
const token = fc.oneof(
	fc
		.tuple(fc.integer({ min: 0, max: 18_201_624 }), tid)
		.map(([units, at]) => creditToken(units, at)),
	fc
		.tuple(fc.constantFrom(0, 1, 2, 5, 6, 7, 10), fc.constantFrom(0, 300, 0xffff), tid)
		.map(([subclass, value, at]) => managementToken(subclass, value, at)),
	fc.constantFrom(...keyChange(), ...keyChange({ sgc: '000123', rollover: true })),
	fc.constantFrom(encodeMeterTest(0, 0), encodeMeterTest(3, 1, 99), '', '12', '9'.repeat(20)),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
	{ weight: 5, arbitrary: token.map((digits) => ({ what: 'token' as const, digits })) },
	{
		weight: 3,
		arbitrary: fc
			.integer({ min: 0, max: 100_000 })
			.map((loadW) => ({ what: 'load' as const, loadW })),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom({ what: 'tamper' as const }, { what: 'power-up' as const }),
	},
);

function happen(meter: VirtualMeter, event: Happening, atMs: number) {
	switch (event.what) {
		case 'token': {
			const { meter: next, outcome } = enterToken(meter, event.digits, atMs);
			const clearedWh =
				outcome.result === 'Accept' && outcome.done.kind === 'credit-cleared'
					? outcome.done.clearedWh
					: 0;
			return { next, clearedWh };
		}
		case 'load':
			return { next: advance(meter, { loadW: event.loadW, instantMs: atMs }), clearedWh: 0 };
		case 'tamper':
			return { next: tamper(meter, atMs), clearedWh: 0 };
		case 'power-up':
			return { next: powerUp(meter, atMs), clearedWh: 0 };
	}
}

it('a meter never loses or makes energy, and always comes back from storage', () => {
	const steps = fc.array(fc.tuple(happening, fc.integer({ min: 0, max: 50_000_000 })), {
		maxLength: 40,
	});
	fc.assert(
		fc.property(steps, (life) => {
			let meter = meterOnBench({ creditWh: 5000 });
			let atMs = MADE_MS;
			let clearedWh = 0;
			for (const [event, afterMs] of life) {
				atMs += afterMs;
				const { next, clearedWh: cleared } = happen(meter, event, atMs);
				meter = next;
				clearedWh += cleared;
				const { creditWh, totalWh, totalCreditedWh } = meter.supply;
				expect(creditWh).toBeGreaterThanOrEqual(0);
				expect(creditWh + totalWh + clearedWh).toBe(5000 + totalCreditedWh);
				if (creditWh === 0) expect(relayOf(meter.supply)).not.toBe('closed');
				expect(new Set(meter.decoder.tidStore).size).toBeGreaterThanOrEqual(
					meter.decoder.tidStore.filter((taken) => taken !== MADE_TID).length,
				);
			}
			expect(parseVirtualMeter(JSON.parse(JSON.stringify(meter)))).toEqual({ meter });
		}),
		{ numRuns: 300, seed: 12 },
	);
});
