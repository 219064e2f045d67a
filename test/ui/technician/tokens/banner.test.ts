import { describe, expect, it } from 'vitest';
import type { Delivery, StopReason, TokenState } from '#lib/core/field/delivery/delivery.ts';
import type { FieldDelivery } from '#lib/core/sync/proofs/field-delivery.ts';
import { lineOfDigits, takeQueue } from '#lib/core/sync/proofs/queue.ts';
import type { DeliveryEnd } from '#lib/ui/technician/state/deliveries.svelte.ts';
import { bannerOf, type BannerFacts } from '#lib/ui/technician/tokens/banner.ts';
import { creditOf, tokenRows } from '#lib/ui/technician/tokens/token-rows.ts';
import { creditToken, MADE_TID } from '../../../core/meter/bench-meter.ts';
import { VIRTUAL } from '../../../link/cut-line.ts';

const reading = {
	...{ token: '', time: null, method: null, status: null, credit: 5, available: null },
};
const kWh = (amount: string): string => `${amount}\u00a0kWh`;
const currency = { name: 'kWh', scaler: -1 };
const accepted: TokenState = {
	...{ phase: 'accepted', status: { code: 3, bits: '01' }, before: reading },
	after: { ...reading, credit: 505 },
};
const refused = (bits: string): TokenState => ({
	...{ phase: 'refused', stage: 'validation', status: { code: 6, bits } },
	...{ before: reading, after: reading },
});
const unknown: TokenState = { phase: 'unknown', before: reading, readings: 0, absent: false };

function fieldOf(states: readonly TokenState[], stopped: StopReason | null = null): FieldDelivery {
	const lines = states.map((_, at) => lineOfDigits(creditToken(500, MADE_TID + 60 + at)));
	const plan = takeQueue(undefined, '12345678903', VIRTUAL, lines);
	if ('refused' in plan) throw new Error(plan.refused);
	const { delivery } = plan.field;
	const tokens = delivery.tokens.map((token, at) => ({ ...token, sends: 1, state: states[at] }));
	return { ...plan.field, delivery: { ...delivery, tokens, stopped } as Delivery };
}

const said = (facts: Partial<BannerFacts>) =>
	bannerOf({
		...{ field: undefined, doing: undefined, ended: undefined, connected: true, currency },
		statusBits: 'result-register',
		...facts,
	});

describe('the banner', () => {
	it('says nothing before anything was done', () => {
		expect(said({})).toBeUndefined();
		expect(said({ field: fieldOf([{ phase: 'waiting' }]) })).toMatchObject({ name: 'held' });
	});

	it('lights for an accepted token, with the credit before and after', () => {
		expect(said({ field: fieldOf([accepted]) })).toMatchObject({
			...{ name: 'accepted', tone: 'good', act: undefined },
			items: [{ value: kWh('0.5') }, { value: kWh('50.5') }],
		});
	});

	it('says of a refused one the stage, the code, what it means and what is next', () => {
		const banner = said({ field: fieldOf([refused('09')]) });
		expect(banner).toMatchObject({ name: 'refused', tone: 'bad', title: 'Too old' });
		expect(banner?.items[0]?.label).toContain('status 6');
		expect(banner?.next).not.toBe('');
		expect(said({ field: fieldOf([refused('09')]), statusBits: undefined })?.title).toBe(
			'Used, too old, or expired',
		);
	});

	it('needs the credit for what it says of a used one', () => {
		expect(said({ field: fieldOf([refused('0a')]) })?.detail).toContain(kWh('0.5'));
		expect(said({ field: fieldOf([refused('0a')]), currency: undefined })?.title).toBe(
			'Used, too old, or expired',
		);
	});

	it('never says of a lost answer that it failed', () => {
		const field = fieldOf([unknown]);
		expect(said({ field, doing: { do: 'read', afterMs: 0 } })).toMatchObject({ name: 'unknown' });
		expect(said({ field, connected: false })).toMatchObject({
			...{ name: 'lost', tone: 'wait', act: { kind: 'connect' } },
		});
		expect(said({ field, connected: false })?.detail).toContain('Nothing was sent twice');
	});

	it('lets a person decide only while the meter is connected', () => {
		const state: TokenState = {
			...{ phase: 'undecided', why: 'never-arrives', before: reading },
			...{ found: reading, landed: false },
		};
		expect(said({ field: fieldOf([state]) })?.act).toEqual({
			...{ kind: 'choose', choices: ['look-again', 'send-again', 'leave'] },
		});
		expect(said({ field: fieldOf([state]), connected: false })?.act).toEqual({ kind: 'connect' });
	});

	it('says why the rest is held back, and lets it go on', () => {
		const field = fieldOf([refused('09'), { phase: 'waiting' }], 'refused-in-a-row');
		expect(said({ field })).toMatchObject({ tone: 'bad', act: { kind: 'go-on' } });
		expect(said({ field: fieldOf([refused('09')], 'refused-in-a-row') })?.act).toBeUndefined();
	});

	it.each<[DeliveryEnd, string]>([
		[{ ended: 'other-tab' }, 'other-tab'],
		[{ ended: 'not-planned', because: { refused: 'too-many', most: 50 } }, 'not-planned'],
		[{ ended: 'stored-damaged', because: { refused: 'contradiction' } }, 'stored-damaged'],
		[{ ended: 'set-refused', because: 'already-so' }, 'set-refused'],
	])('of the end %j is named %s', (ended, name) => {
		expect(said({ ended })).toMatchObject({ name });
	});

	it.each(['beginning', 'reading-key'] as const)('says that it is %s', (doing) => {
		expect(said({ doing })?.name).toBe(doing);
	});
});

describe('a line of a delivery', () => {
	it('has its state as a word, the credit where it is known, and may be repeated when refused', () => {
		const rows = tokenRows(fieldOf([accepted, refused('09'), unknown]), currency);
		expect(rows.map(({ phaseText }) => phaseText)).toEqual([
			...['Accepted', 'Refused', 'No answer: reading back'],
		]);
		expect(rows.map(({ canRepeat }) => canRepeat)).toEqual([false, true, false]);
		expect(rows[0]?.credit).toEqual({ before: kWh('0.5'), after: kWh('50.5') });
		expect(rows[0]?.grouped).toMatch(/^(\d{4} ){4}\d{4}$/);
	});

	it('says no credit whose currency nobody knows', () => {
		expect(creditOf({ state: accepted }, undefined)).toBeUndefined();
		expect(creditOf({ state: unknown }, currency)).toBeUndefined();
	});
});
