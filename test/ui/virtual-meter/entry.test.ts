import { describe, expect, it } from 'vitest';
import type { KeypadKey } from '#lib/core/meter/keypad.ts';
import {
	EMPTY_ENTRY,
	entryDigits,
	isForgotten,
	offerToken,
	pressEntryKey,
	secondsLeft,
	type Entry,
	type EntryAction,
} from '#lib/ui/virtual-meter/entry.ts';
import { keypadKeyOf } from '#lib/ui/virtual-meter/keys.ts';

const TOKEN = '01234567890123456789';
const NOW = 1_000_000;

/** Presses one key after another, one second apart. */
function pressAll(keys: string, from: Entry = EMPTY_ENTRY, startMs = NOW) {
	let entry = from;
	let atMs = startMs;
	const actions: EntryAction[] = [];
	for (const key of keys) {
		const pressed = pressEntryKey(entry, key as KeypadKey, atMs);
		entry = pressed.entry;
		if (pressed.action) actions.push(pressed.action);
		atMs += 1000;
	}
	return { entry, actions, atMs };
}

describe('keying in a token', () => {
	it('waits with twenty digits until Enter is pressed', () => {
		const { entry, actions, atMs } = pressAll(TOKEN);
		expect(actions).toEqual([]);
		expect(entryDigits(entry, atMs)).toBe(TOKEN);
		const entered = pressAll('#', entry, atMs);
		expect(entered.actions).toEqual([{ kind: 'token', digits: TOKEN }]);
		expect(entryDigits(entered.entry, atMs)).toBe('');
	});

	it('lets the twentieth digit be mended and takes no twenty-first', () => {
		const { entry, actions } = pressAll(`${TOKEN}5*0#`);
		expect(actions).toEqual([{ kind: 'token', digits: `${TOKEN.slice(0, 19)}0` }]);
		expect(entry).toEqual({ ...EMPTY_ENTRY, keypad: expect.anything() });
	});

	it('keeps too few digits when Enter is pressed too early', () => {
		const { entry, actions, atMs } = pressAll(`${TOKEN.slice(0, 19)}#`);
		expect(actions).toEqual([{ kind: 'incomplete', count: 19 }]);
		expect(pressAll('9#', entry, atMs).actions).toEqual([{ kind: 'token', digits: TOKEN }]);
	});

	it('knows short codes, and does nothing for Enter alone', () => {
		expect(pressAll('001#').actions).toEqual([{ kind: 'show', name: 'credit' }]);
		expect(pressAll('999#').actions).toEqual([{ kind: 'unknown-code', digits: '999' }]);
		expect(pressAll('#**#').actions).toEqual([]);
	});

	it('forgets digits left lying for twenty seconds, whole or not', () => {
		for (const count of [7, 20]) {
			const { entry, atMs } = pressAll(TOKEN.slice(0, count));
			const lastMs = atMs - 1000;
			expect(secondsLeft(entry, lastMs)).toBe(20);
			expect(secondsLeft(entry, lastMs + 19_001)).toBe(1);
			expect(isForgotten(entry, lastMs + 19_999)).toBe(false);
			expect(isForgotten(entry, lastMs + 20_000)).toBe(true);
			expect(entryDigits(entry, lastMs + 20_000)).toBe('');
			expect(secondsLeft(entry, lastMs + 20_000)).toBeNull();
			const after = pressAll('4', entry, lastMs + 20_000);
			expect(entryDigits(after.entry, after.atMs)).toBe('4');
		}
		expect(isForgotten(EMPTY_ENTRY, NOW)).toBe(false);
	});

	it('holds an offered token for as long as it takes, and never enters it by itself', () => {
		const entry = offerToken(TOKEN);
		expect(entryDigits(entry, NOW + 86_400_000)).toBe(TOKEN);
		expect(secondsLeft(entry, NOW + 86_400_000)).toBeNull();
		expect(pressAll('#', entry).actions).toEqual([{ kind: 'token', digits: TOKEN }]);
		expect(entryDigits(pressAll('*', entry).entry, NOW)).toBe(TOKEN.slice(0, 19));
	});
});

describe('a physical keyboard', () => {
	it('has the keys of the keypad and no others', () => {
		expect(['0', '9', 'Enter', 'Backspace'].map(keypadKeyOf)).toEqual(['0', '9', '#', '*']);
		expect(['٧', '۷'].map(keypadKeyOf)).toEqual(['7', '7']);
		expect(['a', '#', '*', 'Tab', 'F5', '10', ''].map(keypadKeyOf)).toEqual(Array(7).fill(null));
	});
});
