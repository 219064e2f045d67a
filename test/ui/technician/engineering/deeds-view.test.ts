import { describe, expect, it } from 'vitest';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import { MAX_UNITS } from '#lib/core/sts/amount-units.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import {
	type DeedContext,
	driftSaid,
	offeredDeed,
	reasonFault,
	wattsOf,
	wishOf,
} from '#lib/ui/technician/engineering/deeds-view.ts';
import { clockSaid, relaySaid } from '#lib/ui/technician/engineering/outcome-view.ts';

const drift = (driftMs: number, uncertaintyMs: number | null = 2000) => ({
	...({ driftMs, uncertaintyMs, zone: 'told', looksLikeZone: false } as const),
});
const read = <T>(value: T) => ({ state: 'read', value }) as const;

/** A glance with a relay and a clock, as far as a deed looks at it. */
function glance(standing: string, mode: number, driftMs: number): MeterGlance {
	return {
		relays: [{ logicalName: '0.0.96.3.10.255', standing, mode: read(mode), openBecause: [] }],
		payment: { account: { flags: read([]) }, credits: [] },
		clock: { time: read({ atMs: 1 }), drift: drift(driftMs) },
	} as unknown as MeterGlance;
}

const context = (more: Partial<DeedContext> = {}): DeedContext => ({
	...{ role: 'technician', online: true, lab: false, tokensInHand: false, connected: true },
	...{ glance: glance('open', 2, 60_000), ours: { uncertaintyMs: 2000, zone: ASSUME_UTC } },
	...more,
});

describe('a deed', () => {
	it('is offered where its role, the network and the meter let it be', () => {
		expect(offeredDeed('set-clock', context()).barred).toBeUndefined();
		expect(offeredDeed('reconnect', context()).barred).toBeUndefined();
		expect(offeredDeed('clear-tamper', context()).barred).toBeUndefined();
		expect(offeredDeed('reconnect', context()).will).toContain('supply will be on');
	});

	it.each<[string, Parameters<typeof offeredDeed>[0], Partial<DeedContext>, RegExp]>([
		['another role', 'set-clock', { role: 'agent' }, /role/],
		['no network', 'clear-tamper', { online: false }, /office makes the token/],
		['no laboratory', 'transfer-image', {}, /bench/],
		['no meter', 'set-clock', { connected: false }, /Connect to a meter/],
		['a right clock', 'set-clock', { glance: glance('open', 2, 100) }, /right/],
		['a clock too far off', 'set-clock', { glance: glance('open', 2, 9e6) }, /more than may be/],
		[
			'our own time unknown',
			'set-clock',
			{ ours: { uncertaintyMs: null, zone: ASSUME_UTC } },
			/Our own time/,
		],
		['a mode that bars it', 'disconnect', { glance: glance('closed', 0, 0) }, /control mode/],
		['a relay that stands so', 'disconnect', { glance: glance('open', 2, 0) }, /already/],
		['nothing read', 'reconnect', { glance: undefined }, /Not read/],
	])('with %s is shown with the reason', (_, deed, more, reason) => {
		expect(offeredDeed(deed, context(more)).barred).toMatch(reason);
	});

	it('that cuts the supply says so', () => {
		expect(offeredDeed('disconnect', context()).cutsSupply).toBe(true);
		expect(offeredDeed('reconnect', context()).cutsSupply).toBe(false);
	});

	it('demands a reason', () => {
		expect(reasonFault('set-clock', '  ')).toBe('Say why. It is kept with your name.');
		expect(reasonFault('set-clock', 'ab')).toBe('Say a little more about why.');
		expect(reasonFault('set-clock', 'x'.repeat(501))).toBe('Say why in fewer words.');
		expect(reasonFault('set-clock', 'Clock was off')).toBeUndefined();
	});
});

describe('a wish of the office', () => {
	it.each([
		['0', undefined],
		['1', 1],
		['5 000', 5000],
		[String(MAX_UNITS), MAX_UNITS],
		[String(MAX_UNITS + 1), undefined],
		['-5', undefined],
		['1e3', undefined],
		['', undefined],
		['٤ ٠٠٠', 4000],
	])('of %j watts is %s', (text, watts) => {
		expect(wattsOf(text)).toBe(watts);
	});

	it('has what it needs, or is none', () => {
		const given = { watts: '4000', register: 0 };
		expect(wishOf('clear-tamper', given)).toEqual({ kind: 'clear-tamper' });
		expect(wishOf('set-power-limit', given)).toEqual({ kind: 'set-power-limit', watts: 4000 });
		expect(wishOf('clear-credit', given)).toEqual({ kind: 'clear-credit', register: 0 });
		expect(wishOf('clear-credit', { ...given, register: 99 })).toBeUndefined();
		expect(wishOf('set-phase-unbalance-limit', { ...given, watts: '' })).toBeUndefined();
	});
});

describe('what a deed came to', () => {
	it('has before and after in words', () => {
		expect(driftSaid(drift(-60_000))).toBe('1 min behind');
		expect(
			clockSaid({ verdict: 'set', way: 'shift', before: drift(60_000), after: drift(0) }),
		).toMatchObject({ tone: 'good', facts: ['Before: 1 min ahead', 'After: 0 sec ahead'] });
		expect(
			relaySaid({
				...{ verdict: 'no-change', expected: 'closed', before: 'open', after: 'open', result: 0 },
			}),
		).toMatchObject({ tone: 'bad', facts: ['Before: off', 'After: off'] });
	});

	it('is not known where the line is gone', () => {
		const interrupted = { why: 'over' } as const;
		expect(clockSaid({ interrupted })).toMatchObject({ tone: 'wait' });
		expect(relaySaid({ interrupted })).toMatchObject({ tone: 'wait' });
		expect(clockSaid({ refusal: 'already-right' })).toMatchObject({ tone: 'neutral' });
		expect(relaySaid({ refusal: 'no-credit' })).toMatchObject({ tone: 'neutral' });
	});
});
