import { describe, expect, it } from 'vitest';
import { holdMeter } from '#lib/browser/sync/meter-hold.ts';

const { locks } = navigator;

describe('a meter that is worked on', () => {
	it('is one tab’s until that lets it go, and no other meter’s matter', async () => {
		const letGo = await holdMeter(locks, '37204100004');
		expect(letGo).toBeDefined();
		expect(await holdMeter(locks, '37204100004')).toBeUndefined();
		const other = await holdMeter(locks, '37204100012');
		expect(other).toBeDefined();
		letGo?.();
		other?.();
		await expect
			.poll(() => holdMeter(locks, '37204100004').then((held) => held?.() ?? held !== undefined))
			.toBe(true);
	});
});
