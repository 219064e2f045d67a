import { describe, expect, it } from 'vitest';
import { isLineFaultName, LINE_FAULT_NAMES, LINE_FAULTS, plant } from '#lib/link/line-faults.ts';

describe('what can be planted in a line', () => {
	it('is a closed list of names, each about one thing', () => {
		expect(LINE_FAULT_NAMES).toHaveLength(38);
		for (const name of LINE_FAULT_NAMES) {
			const { probe, manner, addressLengths } = LINE_FAULTS[name];
			expect(isLineFaultName(name)).toBe(true);
			expect([probe, manner, addressLengths].filter((part) => part !== undefined)).toHaveLength(1);
		}
		expect(isLineFaultName('toString')).toBe(false);
	});

	it('goes together, and what two say the later one says', () => {
		expect(plant([])).toEqual({ probe: {}, manner: {} });
		expect(plant(['echo', 'noise', 'slow', 'address-4'])).toEqual({
			probe: { echo: true, noiseMs: 250 },
			manner: { reactionMs: 1400 },
			addressLengths: [4],
		});
		expect(plant(['direct-300', 'direct-9600', 'address-serial', 'address-2'])).toEqual({
			probe: {},
			manner: { opening: 'direct', baud: 9600 },
			addressLengths: [2],
			physical: 9903,
		});
	});
});
