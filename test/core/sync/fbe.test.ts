/** Free electricity in the outbox: which rows ask for it, and what is read from them. */
import { describe, expect, it } from 'vitest';
import { fbeAskedOf, fbeHeardOf, fbeMonthsOf, isFbe } from '#lib/core/sync/fbe.ts';
import { absorb, decideStep, startProgress, type OutboxRow } from '#lib/core/sync/outbox.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { ID, issued, problem, refused, row } from './sale.ts';

const DRN = '01234567895';
const fbeRow = (id = ID): OutboxRow => ({
	...row(id),
	request: { kind: 'fbe', drn: DRN, requestedAtMs: 1_000 },
});
const begun = startProgress(ID, 1_000);
const after = (outcome: Parameters<typeof absorb>[1]) => ({
	row: fbeRow(),
	progress: absorb(begun, outcome, 5_000, 0.5),
});

describe('a row that asks for it', () => {
	it('is told from a purchase', () => {
		expect(isFbe(fbeRow().request)).toBe(true);
		expect(isFbe(row().request)).toBe(false);
	});

	it('goes the same way, without a payment', () => {
		expect(decideStep(begun)).toBe('put-vend');
		expect(after({ kind: 'vend', answer: issued }).progress.state).toBe('issued');
		expect(after({ kind: 'unknown' }).progress).toMatchObject({ state: 'queued', attempts: 1 });
		expect(after({ kind: 'problem', problem: problem('too-many-requests') }).progress.state).toBe(
			'queued',
		);
		for (const code of [
			'fbe-claimed',
			'fbe-not-entitled',
			'fbe-phone-needed',
			'fbe-not-by-app',
		] as const)
			expect(after({ kind: 'problem', problem: problem(code) }).progress).toMatchObject({
				...{ state: 'refused', code },
			});
	});
});

describe('what was asked for', () => {
	it.each([
		['waits', { kind: 'unknown' }, 'under-way', 5_000],
		['has its token', { kind: 'vend', answer: issued }, 'given', 2_000],
		[
			'was given before',
			{ kind: 'problem', problem: problem('fbe-claimed') },
			'given-before',
			5_000,
		],
		[
			'is not entitled',
			{ kind: 'problem', problem: problem('fbe-not-entitled') },
			'not-entitled',
			5_000,
		],
	] as const)('%s', (_, outcome, said, atMs) => {
		const energyDeciKwh = said === 'given' ? 200 : 0;
		expect(fbeAskedOf([after(outcome)], DRN)).toEqual([
			{ id: ID, outcome: said, atMs, energyDeciKwh },
		]);
	});

	it('says nothing where it was refused for another reason, is a purchase or another meter’s', () => {
		expect(fbeAskedOf([after({ kind: 'vend', answer: refused })], DRN)).toEqual([]);
		expect(fbeAskedOf([{ row: row(), progress: begun }], DRN)).toEqual([]);
		expect(fbeAskedOf([{ row: fbeRow(), progress: begun }], '00000000018')).toEqual([]);
	});
});

describe('the months', () => {
	const given = issued.state === 'issued' ? issued : undefined;
	const inDecember = {
		...given,
		receipt: { ...given?.receipt, issuedAtMs: Date.UTC(2026, 10, 30, 21, 1) },
	} as typeof issued;

	it('name the one that ended before the request arrived', () => {
		const asked = (month?: string) => {
			const sale = after({ kind: 'vend', answer: inDecember });
			return { ...sale, row: { ...sale.row, seen: { ...sale.row.seen, ...(month && { month }) } } };
		};
		expect(fbeMonthsOf(asked('2026-11'))).toEqual({ given: '2026-12', missed: '2026-11' });
		expect(fbeMonthsOf(asked('2026-12'))).toEqual({ given: '2026-12', missed: null });
		expect(fbeMonthsOf(asked())).toEqual({ given: '2026-12', missed: null });
	});

	it('are of nothing without a token, nor of a purchase', () => {
		expect(fbeMonthsOf({ row: fbeRow(), progress: begun })).toBeNull();
		const { progress } = after({ kind: 'vend', answer: issued });
		expect(fbeMonthsOf({ row: row(), progress })).toBeNull();
	});
});

describe('what a look-up says', () => {
	const confirmation = (fbe: MeterConfirmation['fbe']) =>
		({ asOfMs: 7, utility: { timeZone: 'UTC' }, ...(fbe && { fbe }) }) as MeterConfirmation;

	it('is nothing from a backend that gives none by app, or does not say', () => {
		expect(fbeHeardOf(confirmation(undefined), 9)).toBeUndefined();
	});

	it('is what the asker may know', () => {
		const times = { asOfMs: 7, heardAtMs: 9, timeZone: 'UTC' };
		const known = { shown: 'yes', entitledDeciKwh: 500, given: true } as const;
		expect(fbeHeardOf(confirmation(known), 9)).toEqual({
			...{ entitledDeciKwh: 500, given: true, ...times },
		});
		expect(fbeHeardOf(confirmation({ shown: 'to-owner' }), 9)).toEqual({
			...{ entitledDeciKwh: null, given: false, ...times },
		});
	});
});
