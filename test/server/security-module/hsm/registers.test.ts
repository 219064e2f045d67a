import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	differenceOf,
	readHsmFile,
	slotOf,
	type HsmKey,
} from '#lib/server/security-module/hsm/registers.ts';
import { registersText } from '../contract-keys.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'tokenline-registers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const KEY = {
	...{ slot: 'town', register: 4, sgc: '400171', krn: 2, kt: 2, dkga: 4, baseYear: 2014, ken: 255 },
	...{ activeFrom: '2024-01-01T00:00:00Z', issueUntil: null, unitLimitDeciKwh: null },
};

function read(contents: unknown) {
	const path = join(folder, 'registers.json');
	writeFileSync(path, typeof contents === 'string' ? contents : JSON.stringify(contents));
	return readHsmFile(path);
}

describe('the operator’s file of registers', () => {
	it('says with few words what the module is and where its keys are', () => {
		expect(read({ testKeys: false, keys: [KEY] })).toMatchObject({
			...{ testKeys: false, framing: 'plain', connections: 2, checkRegisters: true },
			counterAttribute: null,
		});
		const [key] = read({ testKeys: false, keys: [KEY] }).keys;
		expect(slotOf(key!)).toEqual({
			...{ slot: 'town', sgc: '400171', krn: 2, kt: 2, dkga: 4, baseYear: 2014, ken: 255 },
			...{ publicTest: false, activeFromMs: Date.UTC(2024, 0, 1), issueUntilMs: null },
			unitLimitDeciKwh: null,
		});
		expect(read(registersText()).keys.length).toBeGreaterThan(6);
	});

	it.each([
		['that is no JSON', '{', /is not there or is not JSON/],
		['without keys', { testKeys: true, keys: [] }, /keys/],
		['that does not say whose keys they are', { keys: [KEY] }, /testKeys/],
		['with a name nobody knows', { testKeys: true, keys: [KEY], port: 9 }, /port/],
		['with key material', { testKeys: true, keys: [{ ...KEY, bytes: 'AB' }] }, /keys\.0\.bytes/],
		['with a revision of 10', { testKeys: true, keys: [{ ...KEY, krn: 10 }] }, /keys\.0\.krn/],
		[
			'with a strange base date',
			{ testKeys: true, keys: [{ ...KEY, baseYear: 2000 }] },
			/baseYear/,
		],
		[
			'with a day for an instant',
			{ testKeys: true, keys: [{ ...KEY, activeFrom: '2024-01-01' }] },
			/activeFrom/,
		],
		[
			'with one register for two keys',
			{ testKeys: true, keys: [KEY, { ...KEY, slot: 'b' }] },
			/register is there twice/,
		],
		[
			'with two registers for one slot',
			{ testKeys: true, keys: [KEY, { ...KEY, register: 5 }] },
			/slot is there twice/,
		],
	])('%s is refused in a sentence', (_, contents, sentence) => {
		expect(() => read(contents)).toThrow(sentence);
	});

	it('that is not there is refused with its name', () => {
		expect(() => readHsmFile(join(folder, 'none.json'))).toThrow(/none\.json is not there/);
	});
});

describe('a register held against the file', () => {
	const key: HsmKey = { ...KEY, dkga: 4, activeFrom: 0 };
	it.each([
		[{}],
		[{ BDT: '2014' }],
		[{ BDT: '14' }],
		[{ BDT: '20140101', KEN: '255', SGC: '400171', KRN: '2' }],
		[{ BDT: '2014-01-01T00:00', KEN: 'FF' }],
	])('that tells %j is right', (told) => {
		expect(differenceOf(key, new Map(Object.entries(told)))).toBeUndefined();
	});

	it.each([
		[{ BDT: '1993' }, 'BDT'],
		[{ BDT: '19140101' }, 'BDT'],
		[{ BDT: '' }, 'BDT'],
		[{ KEN: '85' }, 'KEN'],
		[{ SGC: '400172' }, 'SGC'],
		[{ KRN: '1' }, 'KRN'],
	])('that tells %j is another', (told, attribute) => {
		expect(differenceOf(key, new Map(Object.entries(told)))).toBe(attribute);
	});
});
