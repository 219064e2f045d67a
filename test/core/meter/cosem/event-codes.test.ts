import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_CODES, eventCode } from '#lib/core/meter/cosem/event-codes.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { LOG_OF, LOGS, type MeterEvent } from '#lib/core/meter/meter-events.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { advance, tamper } from '#lib/core/meter/virtual-meter.ts';
import { creditToken, MADE_MS, MADE_TID, meterOnBench } from '../bench-meter.ts';
import { Asker } from './asking.ts';

describe('the table of event codes', () => {
	it('has each code once, in an octet, and every kind', () => {
		const codes = EVENT_CODES.map(({ code }) => code);
		expect(new Set(codes).size).toBe(codes.length);
		expect(Math.min(...codes)).toBeGreaterThan(0);
		expect(Math.max(...codes)).toBeLessThan(256);
		expect(new Set(EVENT_CODES.map(({ kind }) => kind))).toEqual(new Set(Object.keys(LOG_OF)));
	});

	it('says what events say of themselves', () => {
		const codeOf = (kind: string, fact?: string) =>
			EVENT_CODES.find((row) => row.kind === kind && row.fact === fact)?.code;
		const atMs = MADE_MS;
		expect(eventCode({ kind: 'relay-opened', atMs, reason: 'open-tamper' })).toBe(
			codeOf('relay-opened', 'open-tamper'),
		);
		expect(eventCode({ kind: 'relay-opened', atMs })).toBe(codeOf('relay-opened'));
		expect(eventCode({ kind: 'tamper-ended', atMs, tamper: 'magnetic-field' })).toBe(
			codeOf('tamper-ended', 'magnetic-field'),
		);
		expect(eventCode({ kind: 'voltage-swell', atMs, phase: 3 })).toBe(
			codeOf('voltage-swell', 'L3'),
		);
		expect(eventCode({ kind: 'rate-switched', atMs, rate: 8 })).toBe(codeOf('rate-switched', '8'));
		expect(eventCode({ kind: 'token', atMs, result: 'UsedError' })).toBe(codeOf('token', '6'));
	});

	it('is in the README of the command, line by line', () => {
		const readme = readFileSync(
			new URL('../../../../src/cli/meter/README.md', import.meta.url),
			'utf8',
		).replaceAll(/ +/g, ' ');
		for (const { code, kind, fact } of EVENT_CODES)
			expect(readme).toContain(`| ${code} | ${fact === undefined ? kind : `${kind}, ${fact}`} |`);
	});
});

describe('the event logs', () => {
	let meter = advance(meterOnBench({ creditWh: 1000 }), { loadW: 1000, instantMs: MADE_MS });
	meter = tamper(meter, MADE_MS + 60_000, 'terminal-cover');
	meter = enterToken(meter, creditToken(10, MADE_TID + 9), MADE_MS + 60_000).meter;
	const asker = new Asker(createCosemMeter(meter, MADE_MS), MADE_MS + 120_000);

	it.each(LOGS.map((log, place) => [log, place] as const))('%s holds its own', (log, place) => {
		const rows = asker.get(7, `0.0.99.98.${place}`, 2);
		const own = meter.events.filter(({ kind }: MeterEvent) => LOG_OF[kind] === log);
		expect(rows).toMatchObject({
			value: own.map((event) => ({ value: [{}, { type: 'unsigned', value: eventCode(event) }] })),
		});
		const last = own.at(-1);
		expect(asker.value(1, `0.0.96.11.${place}`, 2)).toBe(last ? eventCode(last) : 0);
		expect(asker.value(7, `0.0.99.98.${place}`, 8)).toBe(100);
	});
});
