import { describe, expect, it } from 'vitest';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import { NeedCount } from '../../../src/cli/bench/line-need.ts';

describe('what octets need', () => {
	it('is ten bits each at the rate they crossed at, and a reaction for each answer', () => {
		const count = new NeedCount(200);
		count.passed('out', 3, sevenE1(300));
		count.passed('in', 96, eightN1(9600));
		count.passed('in', 96, eightN1(9600));
		expect(count.take()).toEqual({
			...{ out: 3, in: 192, turns: 1 },
			...{ octetsMs: 300, needMs: 500 },
		});
	});

	it('begins anew with each part of a session', () => {
		const count = new NeedCount(20);
		count.passed('out', 96, eightN1(9600));
		count.take();
		count.passed('in', 0, eightN1(9600));
		expect(count.take().needMs).toBe(0);
		count.passed('in', 96, eightN1(9600));
		expect(count.take().needMs).toBe(120);
	});
});
