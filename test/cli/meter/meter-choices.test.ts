import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { PLANT_NAMES } from '#lib/core/meter/plants.ts';
import { PRESET_NAMES } from '#lib/core/meter/presets.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { type Choices, parseChoices, USAGE } from '../../../src/cli/meter/choices.ts';
import { noticeOf } from '../../../src/cli/meter/notice.ts';
import { openState } from '../../../src/cli/meter/open-state.ts';
import { readState, writeState } from '../../../src/cli/meter/state-file.ts';
import { sampleTokens, startMeter, TEST_METER } from '../../../src/cli/meter/test-meter.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const OLD_ROW = new URL('../../core/meter/rows/cosem-1.json', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'tokenline-choices-'));
afterAll(() => rmSync(folder, { recursive: true }));

function choose(...words: string[]): Choices {
	const choices = parseChoices(['--wrapper', '0', ...words]);
	if (!choices) throw new Error('not understood');
	return choices;
}

const open = async (...words: string[]) => (await openState(choose(...words), NOW_MS)).meter;

describe('the command line of a meter', () => {
	it('says nothing of the meter unless something is said', () => {
		expect(choose().meter).toEqual({
			...{ preset: undefined, ea: undefined, emergencyWh: undefined, debt: undefined },
			...{ plants: undefined, gateway: undefined },
		});
	});

	it('understands make, debts, plants and gateway', () => {
		const words = '--preset three-phase-tou --ea 11 --emergency 5000 --debt 3000:25% --plant';
		const { meter } = choose(
			...words.split(' '),
			'credits-twice',
			...'--plant never-locks-out --processing 8 --progress --silent-enter'.split(' '),
			...'--encodings bcd-10,ascii-20'.split(' '),
		);
		expect(meter).toEqual({
			preset: 'three-phase-tou',
			ea: 11,
			emergencyWh: 5000,
			debt: { rule: { kind: 'per-token', proportion: 2500 }, owedWh: 3000 },
			plants: ['credits-twice', 'never-locks-out'],
			gateway: {
				processingMs: 8000,
				showsProgress: true,
				returnsStatus: false,
				encodings: ['ascii-20', 'bcd-10'],
			},
		});
		expect(choose('--debt', '900:400/day').meter.debt).toEqual({
			rule: { kind: 'per-day', amountWh: 400 },
			owedWh: 900,
		});
		expect(choose('--load', '300,200,0').loadsW).toEqual([300, 200, 0]);
		expect(choose('--plant', 'none').meter.plants).toEqual([]);
	});

	it.each([
		[['--preset', 'two-phase'], /--preset must be one of/],
		[['--ea', '9'], /--ea must be one of 7, 11/],
		[['--emergency', '-1'], /./],
		[['--emergency', 'much'], /--emergency must be a whole number/],
		[['--debt', '3000'], /--debt must look like/],
		[['--debt', '3000:0%'], /--debt must be a whole number from 1 up to 100/],
		[['--debt', '3000:101%'], /up to 100/],
		[['--debt', '3000:0/day'], /from 1/],
		[['--plant', 'a-tree'], /--plant must be one of/],
		[['--processing', '601'], /up to 600/],
		[['--progress'], /--progress needs --processing/],
		[['--encodings', 'morse'], /--encodings must be one of/],
		[['--load', '1,2'], /one for each of 3 phases/],
		[['--load', '1,2,100001'], /up to 100000/],
	])('refuses %j with a sentence', (words, sentence) => {
		expect(() => choose(...words)).toThrow(sentence);
	});

	it('is explained', () => {
		for (const name of PRESET_NAMES) expect(USAGE).toContain(name);
	});
});

describe('a new meter', () => {
	it('is what was chosen, and its notice says so', async () => {
		const meter = await open(
			...'--preset three-phase-postpaid --load 900,0,30 --plant takes-any-proof'.split(' '),
			...'--processing 5 --progress --silent-enter --encodings ascii-20'.split(' '),
		);
		expect(meter.meter.supply).toMatchObject({ loadW: 900, otherLoadsW: [0, 30], prepaid: false });
		const notice = noticeOf(meter);
		for (const part of [
			'Make three-phase-postpaid, EA07',
			'A token waits 5 s, and tells how far it has come',
			'enter returns nothing',
			'enter takes ascii-20',
			'PLANTED FAULTS: takes-any-proof',
		])
			expect(notice).toContain(part);
		expect(notice).not.toContain('Tokens for the gateway');
	});

	it('of EA11 takes the tokens that its notice has', async () => {
		const meter = await open('--ea', '11', '--emergency', '500', '--debt', '100:10%');
		expect(noticeOf(meter)).toContain('Emergency credit 500 Wh\nDebt 100 Wh');
		let { meter: current } = meter;
		for (const { digits } of sampleTokens(11)) {
			expect(noticeOf(meter)).toContain(digits);
			const entered = enterToken(current, digits, NOW_MS);
			expect(entered.outcome.result).toBe('Accept');
			current = entered.meter;
		}
		expect(current.charge).toMatchObject({ remainingWh: 0 });
	});

	it('of one phase has no loads for three', () => {
		expect(() => startMeter(TEST_METER, [1, 2, 3], NOW_MS)).toThrow(/one phase/);
	});

	it('has no algorithm but that of its papers', async () => {
		await expect(open('--drn', '37204100004', '--ea', '7')).rejects.toThrow(/papers/);
	});

	it('has every fault that can be planted', async () => {
		const words = PLANT_NAMES.flatMap((name) => ['--plant', name]);
		expect((await open(...words)).meter.plants).toEqual(PLANT_NAMES);
	});
});

describe('a meter that was kept', () => {
	it('by layout 1 goes on, and is kept by layout 2', async () => {
		const path = join(folder, 'old.json');
		copyFileSync(OLD_ROW, path);
		const { meter, counters } = await openState(choose('--state', path), NOW_MS);
		expect(relayOf(meter.meter.supply)).toBe('open-remote');
		expect(counters).toMatchObject({ send: 12 });
		writeState(path, { meter, counters });
		expect(readState(path)).toEqual({ meter, counters });
		expect(meter.loadProfile.rows.length).toBeLessThan(20);
	});

	it('stays its make, and takes plants and a gateway anew', async () => {
		const path = join(folder, 'kept.json');
		const first = await open('--plant', 'credits-twice', '--processing', '9');
		const waiting = {
			...first,
			gateway: {
				...first.gateway,
				pending: { receivedMs: NOW_MS, tokenHex: '31', digits: sampleTokens()[0]?.digits ?? null },
			},
		};
		writeState(path, { meter: waiting, counters: {} });
		const again = await open('--state', path, '--plant', 'none', '--silent-enter');
		expect(again.meter.plants).toEqual([]);
		expect(again.gateway).toMatchObject({ settings: { returnsStatus: false }, pending: null });
		expect(again.entries).toMatchObject([{ result: 'Accept', creditedWh: 50_000 }]);
		const same = await open('--state', path);
		expect(same.meter.plants).toEqual(['credits-twice']);
		expect(same.gateway).toEqual(waiting.gateway);
		await expect(open('--state', path, '--preset', 'three-phase')).rejects.toThrow(/of make/);
		await expect(open('--state', path, '--drn', '37204100004')).rejects.toThrow(/holds meter/);
	});
});
