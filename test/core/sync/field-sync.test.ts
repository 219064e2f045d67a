import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalHead } from '#lib/core/sync/journal-chain.ts';
import {
	absorbDevice,
	absorbDeviceProblem,
	absorbSent,
	decideNext,
	dueNow,
	FIELD_START,
	fieldDueMs,
	stopBroken,
	type FieldProgress,
	type SendOutcome,
} from '#lib/core/sync/field-sync.ts';
import { REFUSALS, canTryAgain, type RefusalCode } from '#lib/core/vending/refusals.ts';
import type { DeliveryAnswer } from '#lib/core/sync/wire-deliveries.ts';
import { DEVICE_ID } from './journal.ts';

const NOW = 1_795_000_000_000;
const ID = '01935f2a-0000-7000-8000-000000000001';
const hashOf = (sequence: number) => sequence.toString(16).padStart(64, '0');
const at = (sequence: number): JournalHead => ({ sequence, hash: hashOf(sequence) });
const HEAD = at(9);

const going = (acknowledged: number, more: Partial<FieldProgress> = {}): FieldProgress => ({
	...FIELD_START,
	acknowledged,
	stop: null,
	...more,
});

function answer(sequence: number, more: Partial<DeliveryAnswer> = {}): SendOutcome {
	const told = { id: ID, deviceId: DEVICE_ID, sequence, hash: hashOf(sequence) };
	const rest = { acceptedAtMs: NOW, findings: [], expected: sequence + 1 };
	return { kind: 'answer', answer: { ...told, ...rest, ...more } };
}

function problem(code: string, facts?: Record<string, string | number>): SendOutcome {
	const words = { type: `urn:${code}`, title: code, status: 409, detail: code };
	return { kind: 'problem', problem: { ...words, code, ...(facts && { facts }) } };
}

const after = (outcome: SendOutcome, sent = 4, before = going(3)) =>
	absorbSent(before, at(sent), HEAD, outcome, NOW, 0.5);

describe('what is sent next', () => {
	it('is the entry after the last that has arrived, until all have', () => {
		expect(decideNext(going(0), HEAD, NOW)).toBe(1);
		expect(decideNext(going(8), HEAD, NOW)).toBe(9);
		expect(decideNext(going(9), HEAD, NOW)).toBeUndefined();
	});

	it('is nothing before its time, and nothing while something stops it', () => {
		const waiting = going(3, { notBeforeMs: NOW + 1 });
		expect(decideNext(waiting, HEAD, NOW)).toBeUndefined();
		expect(fieldDueMs(waiting, HEAD)).toBe(NOW + 1);
		expect(decideNext(dueNow(waiting, NOW), HEAD, NOW)).toBe(4);
		const stopped = stopBroken(going(3), 4, NOW);
		expect(decideNext(dueNow(stopped, NOW), HEAD, NOW)).toBeUndefined();
		expect(fieldDueMs(stopped, HEAD)).toBeUndefined();
	});

	it('is due at once when the clock was set back since it was put off', () => {
		expect(decideNext(going(3, { notBeforeMs: NOW + 400_000 }), HEAD, NOW)).toBe(4);
	});

	it('is nothing before the device is registered', () => {
		expect(decideNext(FIELD_START, HEAD, NOW)).toBeUndefined();
	});
});

describe('after an entry was sent', () => {
	it('it has arrived by the backend’s word, and whatever comes after that is there too', () => {
		expect(after(answer(4))).toMatchObject({ acknowledged: 4, attempts: 0, stop: null });
		expect(after(answer(4, { expected: 7 }))).toMatchObject({ acknowledged: 6 });
	});

	it('an unknown outcome moves nothing, and is asked for again later and later', () => {
		let progress = going(3);
		const waits: number[] = [];
		for (let attempt = 0; attempt < 12; attempt += 1) {
			const next = absorbSent(progress, at(4), HEAD, { kind: 'unknown' }, NOW, 0.999_999);
			expect({ ...next, attempts: 0, notBeforeMs: 0, updatedAtMs: 0 }).toEqual({
				...going(3),
				updatedAtMs: 0,
			});
			waits.push(next.notBeforeMs - NOW);
			progress = next;
		}
		expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
		expect(waits.at(-1)).toBe(300_000);
	});

	it('a gap is filled from what the backend expects', () => {
		expect(after(problem('journal-gap', { expected: 2 }))).toMatchObject({
			acknowledged: 1,
			notBeforeMs: NOW,
			stop: null,
		});
	});

	it.each([
		['says nothing', undefined],
		['is the entry that was sent', { expected: 4 }],
		['lies ahead', { expected: 8 }],
		['is no number', { expected: 'two' }],
		['is none', { expected: 0 }],
	])('a gap that %s is only waited for', (_, facts) => {
		const next = after(problem('journal-gap', facts));
		expect(next).toMatchObject({ acknowledged: 3, attempts: 1, stop: null });
		expect(next.notBeforeMs).toBeGreaterThan(NOW);
	});

	it('an answer about another entry says nothing about this one', () => {
		expect(after(answer(5))).toMatchObject({ acknowledged: 3, attempts: 1, stop: null });
	});

	it.each([
		['has another hash', answer(4, { hash: hashOf(77) })],
		['has entries that we do not have', answer(4, { expected: 11 })],
	])('a backend that %s shows a fork', (_, outcome) => {
		expect(after(outcome)).toMatchObject({
			acknowledged: 3,
			stop: { because: 'fork', sequence: 4, code: null },
		});
	});

	it.each([
		['journal-fork', 'fork'],
		['field-device-suspended', 'fork'],
		['field-device-revoked', 'revoked'],
		['field-device-unknown', 'not-registered'],
		['sign-in-needed', 'sign-in'],
		['session-ended', 'sign-in'],
		['not-allowed', 'sign-in'],
		['journal-signature', 'refused'],
		['body-shape', 'refused'],
		['id-reused', 'refused'],
	])('%s stops it as %s, and moves nothing', (code, because) => {
		const next = after(problem(code));
		expect(next).toMatchObject({ acknowledged: 3, stop: { because, sequence: 4, code } });
		expect(next.revoked).toBe(because === 'revoked');
	});

	it('a code of a newer backend is waited for', () => {
		expect(after(problem('something-new'))).toMatchObject({ acknowledged: 3, stop: null });
	});

	it('every code of this backend either waits or stops, as the table says', () => {
		for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
			const { stop, acknowledged } = after(problem(code));
			expect(acknowledged).toBe(3);
			expect(stop === null, code).toBe(canTryAgain(code));
		}
	});

	it('whatever happens, the last that arrived never lies beyond the end, nor moves but by a word', () => {
		const outcome = fc.oneof(
			fc.constant<SendOutcome>({ kind: 'unknown' }),
			fc.record({ s: fc.nat(12), e: fc.nat(14) }).map(({ s, e }) => answer(s, { expected: e })),
			fc.constantFrom(...Object.keys(REFUSALS)).map((code) => problem(code)),
			fc.integer({ min: -2, max: 14 }).map((expected) => problem('journal-gap', { expected })),
		);
		fc.assert(
			fc.property(fc.array(outcome, { maxLength: 40 }), (outcomes) => {
				let progress = going(0);
				let nowMs = NOW;
				for (const each of outcomes) {
					const sequence = decideNext(progress, HEAD, nowMs);
					if (sequence === undefined) {
						nowMs = progress.notBeforeMs + 1;
						continue;
					}
					const before = progress;
					progress = absorbSent(progress, at(sequence), HEAD, each, nowMs, 0.5);
					expect(progress.acknowledged).toBeGreaterThanOrEqual(0);
					expect(progress.acknowledged).toBeLessThanOrEqual(HEAD.sequence);
					if (progress.acknowledged > before.acknowledged) expect(each.kind).toBe('answer');
				}
			}),
		);
	});
});

describe('after the backend said how it knows the device', () => {
	const journal = { sequence: 5, hash: hashOf(5) };

	it('the journal goes on after what has arrived there', () => {
		const next = absorbDevice(FIELD_START, { state: 'active', journal }, hashOf(5), NOW);
		expect(next).toMatchObject({ acknowledged: 5, stop: null, revoked: false });
		const empty = { sequence: 0, hash: hashOf(0) };
		expect(
			absorbDevice(going(5), { state: 'active', journal: empty }, undefined, NOW),
		).toMatchObject({ acknowledged: 0, stop: null });
	});

	it.each([undefined, hashOf(6)])(
		'another entry of that number here (%s) is a fork',
		(hashHere) => {
			const next = absorbDevice(going(3), { state: 'active', journal }, hashHere, NOW);
			expect(next).toMatchObject({ acknowledged: 3, stop: { because: 'fork', sequence: 5 } });
		},
	);

	it('a suspended device is forked, and stays so until it is active', () => {
		const next = absorbDevice(going(3), { state: 'suspended', journal }, hashOf(5), NOW);
		expect(next.stop?.because).toBe('fork');
	});

	it('a revoked device is known for one, and what it did before still goes in', () => {
		const next = absorbDevice(going(3), { state: 'revoked', journal }, hashOf(5), NOW);
		expect(next).toMatchObject({ acknowledged: 5, revoked: true, stop: null });
	});

	it('a journal that is broken here is not mended by that', () => {
		const broken = stopBroken(going(3), 4, NOW);
		expect(absorbDevice(broken, { state: 'active', journal }, hashOf(5), NOW)).toBe(broken);
	});

	it('a problem with a pack says of the device what it says', () => {
		expect(absorbDeviceProblem(going(3), 'field-device-revoked', NOW)).toMatchObject({
			revoked: true,
			stop: null,
		});
		expect(absorbDeviceProblem(going(3), 'field-device-suspended', NOW).stop).toEqual({
			...{ because: 'fork', sequence: null, code: 'field-device-suspended' },
		});
		const same = going(3);
		expect(absorbDeviceProblem(same, 'pack-too-large', NOW)).toBe(same);
	});
});
