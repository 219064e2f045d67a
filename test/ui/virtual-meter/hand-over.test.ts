import { describe, expect, it } from 'vitest';
import { leftAfter, offeringQuery, readOffered } from '#lib/ui/virtual-meter/hand-over.ts';

const ONE = '11111111111111111111';
const TWO = '22222222222222222222';

describe('tokens of a link', () => {
	it('are those of twenty digits, in their order, and not without end', () => {
		expect(readOffered([ONE, 'x', `${TWO.slice(0, 4)} ${TWO.slice(4)}`, ''])).toEqual([ONE, TWO]);
		expect(readOffered(Array.from({ length: 500 }, () => ONE))).toHaveLength(12);
	});

	it('stay in the address until they are taken', () => {
		expect(readOffered([...new URLSearchParams(offeringQuery([ONE, TWO])).values()])).toEqual([
			ONE,
			TWO,
		]);
		expect(offeringQuery([])).toBe('');
	});
});

describe('handing over', () => {
	it.each(['Accept', '1stKCT', '4thKCT', 'UsedError'] as const)('goes on after %s', (result) => {
		expect(leftAfter([ONE, TWO], ONE, result)).toEqual([TWO]);
	});
	it.each(['CRCError', 'Lockout', 'OldError', 'OverflowError'] as const)(
		'stays at %s',
		(result) => {
			expect(leftAfter([ONE, TWO], ONE, result)).toEqual([ONE, TWO]);
		},
	);
	it('stays when other digits were keyed in, and at its end', () => {
		expect(leftAfter([ONE, TWO], TWO, 'Accept')).toEqual([ONE, TWO]);
		expect(leftAfter([], ONE, 'Accept')).toEqual([]);
	});
});
