import { describe, expect, it } from 'vitest';
import { decidePack } from '#lib/core/vending/till-refusals.ts';

const till = {
	...{ utilityId: 'lakeside', terminalId: 'T-001' },
	utility: { currency: { code: 'KES' } },
};
const pack = { ...till, validUntilMs: 1_000 };

describe('whether a tariff pack is this till’s', () => {
	it.each([
		['it is', {}, 999, undefined],
		['another utility’s', { utilityId: 'hillside' }, 0, 'other-utility'],
		['in other money', { utility: { currency: { code: 'ZAR' } } }, 0, 'other-utility'],
		['another till’s', { terminalId: 'T-002' }, 0, 'other-terminal'],
		['over its time', {}, 1_000, 'expired'],
		['all of it', { utilityId: 'hillside', terminalId: 'T-002' }, 2_000, 'other-utility'],
		['another till’s and old', { terminalId: 'T-002' }, 2_000, 'other-terminal'],
	])('%s', (_, change, nowMs, refusal) => {
		expect(decidePack({ ...pack, ...change }, till, nowMs)).toBe(refusal);
	});
});
