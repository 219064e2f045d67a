import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUsageJournal, type MadeRequest } from '#lib/server/security-module/usage-journal.ts';

let folder: string;
const open = () => openUsageJournal(join(folder, 'usage.db'));
const request = (requestId: string, change: Partial<MadeRequest> = {}): MadeRequest => ({
	requestId,
	kind: 'credit',
	contents: 'digest',
	slot: 'town',
	deciKwh: 100,
	limitDeciKwh: 250,
	...change,
});

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'tokenline-usage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('holds ids, their order and the spent units over its lives and between its holders', () => {
	const [one, other] = [open(), open()];
	expect(one.record(request('a'))).toBe('recorded');
	expect(other.record(request('b'))).toBe('recorded');
	expect(other.record(request('a'))).toBe('recorded');
	expect(other.record(request('a', { contents: 'other' }))).toBe('other');
	expect(one.record(request('c'))).toBe('limit');
	one.close();
	other.close();
	const again = open();
	expect(again.record(request('d'))).toBe('limit');
	expect(again.record(request('d', { deciKwh: 50 }))).toBe('recorded');
	expect(again.record(request('e', { slot: 'hills' }))).toBe('recorded');
	expect(again.count()).toBe(4);
	expect(again.idsAfter(0, 3)).toEqual(['a', 'b', 'd']);
	expect(again.idsAfter(3, 3)).toEqual(['e']);
	expect(again.contentsOf('c')).toBeUndefined();
	again.close();
});

it('writes nothing of what failed on the way', () => {
	const journal = open();
	expect(() =>
		journal.exclusively(() => {
			throw new Error('on the way');
		}),
	).toThrow('on the way');
	expect(journal.record(request('a'))).toBe('recorded');
	journal.close();
});
