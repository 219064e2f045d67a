/** The coach's waits on a phone whose clock jumps: nobody waits for decades, and nobody is told of a past. */
import { describe, expect, it } from 'vitest';
import { INTER_DIGIT_TIMEOUT_MS } from '#lib/core/meter/keypad.ts';
import {
	digitWaitMs,
	keySetWaitMs,
	startEntry,
	tokenTaken,
	typeGroup,
} from '#lib/core/sync/keypad-entry.ts';
import {
	hearSaying,
	lockWaitMs,
	unlocked,
	type KeypadLockout,
} from '#lib/core/sync/keypad-lockout.ts';

const NOW = Date.UTC(2026, 10, 30);
const CLOCKS = [
	['1970', 0],
	['2099', Date.UTC(2099, 0, 1)],
] as const;
const KEYS = [{ kind: 'key-change' }, { kind: 'key-change' }, { kind: 'credit' }] as const;

const lockedAt = (atMs: number): KeypadLockout => {
	let lockout = unlocked('01234567897');
	for (let times = 0; times < 4; times += 1) lockout = hearSaying(lockout, 'refused', atMs);
	return lockout;
};

describe.each(CLOCKS)('a clock in %s', (_, wrongMs) => {
	it('runs the waits as any other', () => {
		const entry = typeGroup(startEntry('id', '01234567897'), wrongMs);
		expect(digitWaitMs(entry, wrongMs + 5_000)).toBe(INTER_DIGIT_TIMEOUT_MS - 5_000);
		const lockout = lockedAt(wrongMs);
		expect(lockWaitMs(lockout, wrongMs + 1_000)).toBeGreaterThan(0);
		expect(lockWaitMs(lockout, wrongMs + 3_600_000)).toBe(0);
	});

	it('that it jumps to keeps nobody waiting', () => {
		const entry = typeGroup(startEntry('id', '01234567897'), NOW);
		expect(digitWaitMs(entry, wrongMs)).toBe(0);
		expect(keySetWaitMs(KEYS, tokenTaken(startEntry('id', '1'), NOW), wrongMs)).toBe(0);
		expect(lockWaitMs(lockedAt(NOW), wrongMs)).toBe(0);
	});

	it('that is set right keeps nobody waiting', () => {
		const entry = typeGroup(startEntry('id', '01234567897'), wrongMs);
		expect(digitWaitMs(entry, NOW)).toBe(0);
		expect(lockWaitMs(lockedAt(wrongMs), NOW)).toBe(0);
	});
});
