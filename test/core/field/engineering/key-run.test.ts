import { describe, expect, it } from 'vitest';
import {
	beginKeyRun,
	type KeyRun,
	parseKeyRun,
	takeKeyAfter,
	takeKeyBefore,
	takeSetDelivery,
	type WantedKey,
} from '#lib/core/field/engineering/key-run.ts';
import type { StsKey } from '#lib/core/field/glance/sts-attributes.ts';

const DRN = '12345678903';
const OLD: Required<StsKey> = { ea: 7, sgc: '201457', ti: 1, krn: 1, kt: 2, ken: 255 };
const WANTED: WantedKey = { ...OLD, krn: 2 };

const run = (more: Partial<Pick<KeyRun, 'wanted' | 'tokens' | 'rollover'>> = {}): KeyRun =>
	beginKeyRun({ drn: DRN, wanted: WANTED, tokens: 3, rollover: false, ...more });

const before = (key: StsKey, drn: string | undefined = DRN, keyChangeTokens?: number) => ({
	...{ drn, key, keyChangeTokens },
});

/** A whole run from one key to another. */
function verdict(to: StsKey | null, from: StsKey = OLD, started = run()) {
	const taken = takeKeyBefore(started, before(from));
	if ('refusal' in taken) return taken.refusal;
	const done = takeKeyAfter(takeSetDelivery(taken.run, 'taken'), to);
	expect(parseKeyRun(JSON.parse(JSON.stringify(done)))).toEqual(done);
	return done.verdict;
}

describe('a key run', () => {
	it.each<[string, StsKey | null, string]>([
		['the key wanted', WANTED, 'changed-as-wanted'],
		['the key as it was', OLD, 'unchanged'],
		['another revision', { ...WANTED, krn: 3 }, 'other-than-wanted'],
		['another supply group', { ...WANTED, sgc: '000001' }, 'other-than-wanted'],
		[
			'a supply group that is gone though the set carried it',
			{ ...WANTED, sgc: '000000' },
			'other-than-wanted',
		],
		['another expiry number', { ...WANTED, ken: 170 }, 'other-than-wanted'],
		['nothing', null, 'unknown'],
		['nothing of its key', {}, 'unknown'],
		['the revision alone', { krn: 2 }, 'unknown'],
		[
			'all but the expiry number',
			{ ea: 7, sgc: '201457', ti: 1, krn: 2, kt: 2 },
			'changed-as-wanted',
		],
	])('after which the meter shows %s', (_, after, expected) => {
		expect(verdict(after)).toBe(expected);
	});

	it('of two tokens expects no supply group to be shown', () => {
		const two = run({ tokens: 2 });
		expect(verdict({ ...WANTED, sgc: '000000' }, OLD, two)).toBe('changed-as-wanted');
		expect(verdict(WANTED, OLD, two)).toBe('changed-as-wanted');
	});

	it('believes what the meter shows, whatever came of the delivery', () => {
		for (const delivery of ['taken', 'refused', 'unknown'] as const) {
			const taken = takeKeyBefore(run(), before(OLD));
			if ('refusal' in taken) throw new Error(taken.refusal);
			const delivered = takeSetDelivery(taken.run, delivery);
			expect(takeKeyAfter(delivered, OLD).verdict).toBe('unchanged');
			expect(takeKeyAfter(delivered, WANTED).verdict).toBe('changed-as-wanted');
		}
	});

	it.each<[string, StsKey, string | undefined, number | undefined, string]>([
		['another meter', OLD, '37204100004', undefined, 'other-meter'],
		['another algorithm', { ...OLD, ea: 11 }, DRN, undefined, 'other-algorithm'],
		['the key already', WANTED, DRN, undefined, 'already-so'],
		['room for two tokens', OLD, DRN, 2, 'set-not-supported'],
		['a common key', { ...OLD, kt: 3 }, DRN, undefined, 'key-type-change'],
	])('does not begin at a meter with %s', (_, key, drn, tokens, refusal) => {
		expect(takeKeyBefore(run(), before(key, drn, tokens))).toEqual({ refusal });
	});

	it('begins where the meter shows little, or says that it has no tokens of a set', () => {
		expect(takeKeyBefore(run(), { drn: undefined, key: {}, keyChangeTokens: 0 })).toMatchObject({
			run: { phase: 'deliver', before: {} },
		});
	});

	it('is refused from storage where it is not one', () => {
		for (const json of [
			null,
			{},
			{ ...run(), version: 2 },
			{ ...run(), tokens: 5 },
			{ ...run(), x: 1 },
		])
			expect(parseKeyRun(json)).toBeUndefined();
		expect(parseKeyRun({ ...run(), drn: '1' })).toBeUndefined();
	});
});
