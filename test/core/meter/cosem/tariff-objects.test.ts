import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { advance } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from '../bench-meter.ts';
import { Asker, READING } from './asking.ts';

const HOUR_MS = 3_600_000;
const CALENDAR = [20, '0.0.13.0.0'] as const;
const SCRIPT = [0, 0, 10, 0, 100, 255];

const text = (name: string): Data => build.octetString(build.asciiOctets(name));
const bytes = (...octets: number[]): Data => build.octetString(Uint8Array.from(octets));

const season = (name: string, month: number, day: number, week: string): Data =>
	build.structure(
		text(name),
		bytes(0xff, 0xff, month, day, 0xff, 0, 0, 0, 0, 0x80, 0, 0),
		text(week),
	);
const week = (name: string, ...days: number[]): Data =>
	build.structure(text(name), ...days.map(build.unsigned));
const from = (hour: number, minute: number, rate: number, script = SCRIPT): Data =>
	build.structure(bytes(hour, minute, 0, 0), bytes(...script), build.longUnsigned(rate));
const day = (id: number, ...switches: Data[]): Data =>
	build.structure(build.unsigned(id), build.array(...switches));

function asker(): Asker {
	const meter = meterOnBench({ preset: 'single-phase-tou', creditWh: 100_000 });
	const loaded = advance(meter, { loadW: 1000, instantMs: MADE_MS });
	return new Asker(createCosemMeter(loaded, MADE_MS), MADE_MS);
}

/** All parts of a calendar in which rate 2 holds, and from three in the afternoon rate 1. */
function write(client: Asker): string[] {
	return [
		client.set(...CALENDAR, 6, text('NEW')),
		client.set(...CALENDAR, 7, build.array(season('ALL', 1, 1, 'W'))),
		client.set(...CALENDAR, 8, build.array(week('W', 5, 5, 5, 5, 5, 5, 5))),
		client.set(...CALENDAR, 9, build.array(day(5, from(0, 0, 2), from(15, 0, 1)))),
	];
}

describe('the activity calendar', () => {
	it('is read as it is written', () => {
		const client = asker();
		expect(write(client)).toEqual(['success', 'success', 'success', 'success']);
		expect(client.get(...CALENDAR, 7)).toEqual(build.array(season('ALL', 1, 1, 'W')));
		expect(client.get(...CALENDAR, 8)).toEqual(build.array(week('W', 5, 5, 5, 5, 5, 5, 5)));
		expect(client.get(...CALENDAR, 9)).toEqual(build.array(day(5, from(0, 0, 2), from(15, 0, 1))));
		expect(client.get(...CALENDAR, 2)).toEqual(text('EIGHT'));
		expect(client.get(...CALENDAR, 5)).not.toEqual(client.get(...CALENDAR, 9));
	});

	it('takes over at once by its method', () => {
		const client = asker();
		write(client);
		expect(client.call(...CALENDAR, 1, build.integer(0)).result).toBe('success');
		expect(client.get(...CALENDAR, 2)).toEqual(text('NEW'));
		expect(client.value(1, '0.0.96.14.0', 2)).toBe(2);
		client.instantMs += 4 * HOUR_MS;
		expect(client.value(3, '1.0.1.8.2', 2)).toBe(3000);
		expect(client.value(3, '1.0.1.8.1', 2)).toBe(1000);
		expect(client.meter.meter.events.map(({ kind }) => kind)).toContain('calendar-activated');
	});

	it('takes over at a time, on the meter’s clock', () => {
		const client = asker();
		write(client);
		const atMs = MADE_MS + HOUR_MS;
		const time = build.octetString(encodeDateTime(dateTimeOf(atMs)));
		expect(client.set(...CALENDAR, 10, time)).toBe('success');
		expect(client.get(...CALENDAR, 10)).toEqual(time);
		client.instantMs += 2 * HOUR_MS;
		expect(client.value(3, '1.0.1.8.5', 2)).toBe(1000);
		expect(client.value(3, '1.0.1.8.2', 2)).toBe(1000);
		expect(client.meter.meter.events).toContainEqual({ kind: 'calendar-activated', atMs });
		expect(client.get(...CALENDAR, 10)).not.toEqual(time);
	});

	it('has a plan taken back by a time that is none', () => {
		const client = asker();
		write(client);
		client.set(...CALENDAR, 10, build.octetString(encodeDateTime(dateTimeOf(MADE_MS + HOUR_MS))));
		const none = new Uint8Array(12).fill(0xff);
		expect(client.set(...CALENDAR, 10, build.octetString(none))).toBe('success');
		client.instantMs += 2 * HOUR_MS;
		expect(client.get(...CALENDAR, 2)).toEqual(text('EIGHT'));
	});

	it('does not take over while a part is missing; a plan for it is dropped', () => {
		const client = asker();
		client.set(...CALENDAR, 9, build.array(day(5, from(0, 0, 2))));
		expect(client.call(...CALENDAR, 1, build.integer(0)).result).toBe('other-reason');
		client.set(...CALENDAR, 10, build.octetString(encodeDateTime(dateTimeOf(MADE_MS + HOUR_MS))));
		client.instantMs += 2 * HOUR_MS;
		expect(client.get(...CALENDAR, 2)).toEqual(text('EIGHT'));
		expect(client.meter.meter.tariff?.activateAtMs).toBeNull();
		const stored = JSON.parse(JSON.stringify(client.meter.meter)) as unknown;
		expect(parseVirtualMeter(stored)).toEqual({ meter: client.meter.meter });
	});

	it.each<[number, string, Data]>([
		[6, 'a name too long', text('NINE CHARS')],
		[6, 'no name', text('')],
		[6, 'a name of other signs', bytes(7)],
		[7, 'a season of no month', build.array(season('S', 0xff, 1, 'W'))],
		[7, 'a season of no day', build.array(season('S', 1, 0xfe, 'W'))],
		[7, 'thirteen seasons', build.array(...Array<Data>(13).fill(season('S', 1, 1, 'W')))],
		[7, 'a number for a season', build.array(build.unsigned(1))],
		[8, 'a week of six days', build.array(week('W', 1, 2, 3, 4, 5, 6))],
		[8, 'a week of texts', build.array(build.structure(...Array<Data>(8).fill(text('W'))))],
		[9, 'another script', build.array(day(1, from(0, 0, 1, [0, 0, 10, 0, 106, 255])))],
		[9, 'rate nine', build.array(day(1, from(0, 0, 9)))],
		[9, 'no rate', build.array(day(1, from(0, 0, 0)))],
		[9, 'hour twenty-four', build.array(day(1, from(24, 0, 1)))],
		[9, 'a wildcard minute', build.array(day(1, from(0, 0xff, 1)))],
		[9, 'eleven switches', build.array(day(1, ...Array<Data>(11).fill(from(0, 0, 1))))],
	])('refuses in attribute %i %s', (attribute, _, data) => {
		const client = asker();
		expect(client.set(...CALENDAR, attribute, data)).toBe('other-reason');
		expect(client.meter).toEqual(asker().meter);
	});

	it('is written by management only, and its active half by nobody', () => {
		const reading = new Asker(asker().meter, MADE_MS, READING);
		expect(reading.set(...CALENDAR, 6, text('NEW'))).toBe('read-write-denied');
		expect(asker().set(...CALENDAR, 2, text('NEW'))).toBe('read-write-denied');
	});
});
