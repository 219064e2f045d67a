import { describe, expect, it } from 'vitest';
import {
	decideSwitch,
	judgeSwitch,
	type RelayWish,
} from '#lib/core/field/engineering/switch-relay.ts';
import type { RelayStanding } from '#lib/core/field/glance/relay.ts';

const facts = (standing: RelayStanding, mode: number | undefined, outOfCredit?: boolean) => ({
	...{ standing, mode, outOfCredit },
});

describe('switching a relay', () => {
	it.each([
		[0, 'mode-bars-it', 'mode-bars-it'],
		[1, 'open', 'armed'],
		[2, 'open', 'closed'],
		[3, 'open', 'armed'],
		[4, 'open', 'closed'],
		[5, 'open', 'armed'],
		[6, 'open', 'armed'],
		[7, 'open', 'closed'],
		[130, 'unknown', 'unknown'],
		[undefined, 'unknown', 'unknown'],
	])('in control mode %s leads to %s and %s', (mode, off, on) => {
		const outcome = (wish: RelayWish, standing: RelayStanding) => {
			const decided = decideSwitch(wish, facts(standing, mode));
			return 'refusal' in decided ? decided.refusal : decided.expected;
		};
		expect(outcome('disconnect', 'closed')).toBe(off);
		expect(outcome('reconnect', 'open')).toBe(on);
	});

	it.each<[RelayWish, RelayStanding, number, boolean | undefined, string]>([
		['disconnect', 'unknown', 0, undefined, 'relay-not-readable'],
		['disconnect', 'open', 0, undefined, 'already-so'],
		['reconnect', 'closed', 0, undefined, 'already-so'],
		['reconnect', 'armed', 1, true, 'already-armed'],
		['reconnect', 'open', 2, true, 'no-credit'],
	])('%s of a relay that is %s is refused by name', (wish, standing, mode, out, refusal) => {
		expect(decideSwitch(wish, facts(standing, mode, out))).toEqual({ refusal });
	});

	it('goes on where nothing is known against it', () => {
		expect(decideSwitch('reconnect', facts('armed', 2, false))).toEqual({ expected: 'closed' });
		expect(decideSwitch('disconnect', facts('armed', 1, true))).toEqual({ expected: 'open' });
		expect(decideSwitch('reconnect', facts('contradictory', 2))).toEqual({ expected: 'closed' });
	});
});

describe('a relay that is read again', () => {
	it.each<[RelayWish, number | undefined, RelayStanding, string]>([
		['disconnect', 0, 'open', 'done'],
		['disconnect', undefined, 'open', 'done'],
		['disconnect', 0, 'armed', 'done'],
		['disconnect', 0, 'closed', 'no-change'],
		['disconnect', 3, 'closed', 'refused'],
		['disconnect', undefined, 'closed', 'no-change'],
		['disconnect', undefined, 'unknown', 'unknown'],
		['reconnect', 0, 'closed', 'done'],
		['reconnect', 2, 'open', 'refused'],
		['reconnect', 0, 'open', 'no-change'],
		['reconnect', 0, 'armed', 'waits-for-hand'],
		['reconnect', 0, 'contradictory', 'unknown'],
	])('after %s with result %s stands %s: %s', (wish, result, after, verdict) => {
		expect(judgeSwitch(wish, result, after)).toBe(verdict);
	});
});
