import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { EventName } from '#lib/core/dlms/profile/event-names.ts';
import { BARE_CONTEXT, glanceOf } from '#lib/core/field/glance/glance.ts';
import { isTampered, openReasons, standingOf } from '#lib/core/field/glance/relay.ts';
import { panIn } from '#lib/core/field/glance/sts-attributes.ts';
import { type ExpectedMeter, keyEnd, verdictsOf } from '#lib/core/field/glance/verdicts.ts';
import { lastInstantOfKen } from '#lib/core/sts/tid.ts';
import { listOf, TableMeter } from '../answering.ts';
import { glanceAt, NOW_MS } from './glancing.ts';

const LIST = '15/0.0.40.0.0/2';
const pan = (issuer: number, reference: bigint, check: number): Data =>
	build.structure(
		build.doubleLongUnsigned(issuer),
		build.long64Unsigned(reference),
		build.unsigned(check),
	);

const STS: Readonly<Record<string, Data>> = {
	'116/0.0.19.60.0/2': pan(600727, 12345678903n, 0),
	'116/0.0.19.60.0/5': build.unsigned(7),
	'116/0.0.19.60.0/6': build.doubleLongUnsigned(201457),
	'116/0.0.19.60.0/7': build.unsigned(1),
	'116/0.0.19.60.0/8': build.unsigned(1),
	'116/0.0.19.60.0/9': build.unsigned(2),
	'116/0.0.19.60.0/10': build.unsigned(255),
	'1/1.0.0.2.0/2': build.visibleString('V1.2'),
};

function verdicts(
	table: Readonly<Record<string, Data | number>>,
	expected: ExpectedMeter,
	events: readonly EventName[] = [],
	nowMs = NOW_MS,
) {
	const objects = new Set(Object.keys(table).map((key) => key.split('/').slice(0, 2).join('/')));
	const meter = new TableMeter({ ...table, [LIST]: listOf([...objects]) });
	const glance = glanceOf(glanceAt(meter.answer), { ...BARE_CONTEXT, events });
	return verdictsOf(glance, expected, nowMs, events);
}

const KEY = { ea: 7, sgc: '201457', ti: 1, krn: 1, kt: 2, ken: 255, baseDate: 2014 } as const;

describe('findings of a key', () => {
	it('are none where meter and office agree', () => {
		expect(verdicts(STS, { drn: '12345678903', key: KEY })).toEqual([]);
	});

	it.each([
		[1, 2, 'key-behind'],
		[9, 1, 'key-behind'],
		[7, 2, 'key-behind'],
		[2, 1, 'key-differs'],
		[1, 9, 'key-differs'],
	])('revision %i in the meter and %i in the office: %s', (found, expected, kind) => {
		const table = { ...STS, '116/0.0.19.60.0/8': build.unsigned(found) };
		const [first] = verdicts(table, { key: { ...KEY, krn: expected } });
		expect(first).toMatchObject(
			kind === 'key-behind' ? { kind, found, expected } : { kind, differences: ['krn'] },
		);
	});

	it('name each difference, but for a supply group that the meter does not show', () => {
		const key = { ...KEY, sgc: '123456', ti: 2, ken: 170 };
		expect(verdicts(STS, { key })[0]).toEqual({
			...{ kind: 'key-differs', differences: ['sgc', 'ti', 'ken'] },
		});
		const unshown = { ...STS, '116/0.0.19.60.0/6': build.doubleLongUnsigned(0) };
		expect(verdicts(unshown, { key: KEY })).toEqual([]);
	});

	it('tell when it ends, by its expiry number or by its base date', () => {
		expect(keyEnd(1993, 255)).toBe(Date.UTC(2024, 10, 24, 20, 15));
		expect(keyEnd(2014, 170)).toBe(lastInstantOfKen(170, 2014));
		expect(verdicts(STS, { key: { ...KEY, baseDate: 1993 } })).toEqual([
			...[{ kind: 'key-ended', endsMs: Date.UTC(2024, 10, 24, 20, 15) }],
		]);
		const ken = { ...STS, '116/0.0.19.60.0/10': build.unsigned(103) };
		const endsMs = lastInstantOfKen(103, 2014);
		const day = 86_400_000;
		const at = (nowMs: number) =>
			verdicts(ken, { key: { ...KEY, ken: 103 } }, [], nowMs).map(({ kind }) => kind);
		expect(at(endsMs - 366 * day)).toEqual([]);
		expect(at(endsMs - 364 * day)).toEqual(['key-ends']);
		expect(at(endsMs)).toEqual(['key-ended']);
	});
});

describe('findings of a number', () => {
	it('tell another meter, by its PAN or by a serial number of the same form', () => {
		expect(verdicts(STS, { drn: '37204100004' })[0]).toEqual({
			...{ kind: 'other-meter', found: '12345678903', expected: '37204100004' },
		});
		const plain = (serial: string) => ({
			'1/0.0.96.1.0/2': build.visibleString(serial),
			'1/1.0.0.2.0/2': build.visibleString('V1'),
		});
		expect(verdicts(plain('12345678903'), { drn: '37204100004' })[0]?.kind).toBe('other-meter');
		expect(verdicts(plain('SN-1'), { drn: '37204100004' })).toEqual([]);
	});

	it('read both forms of a PAN, and doubt what is neither', () => {
		expect(panIn(pan(600727, 12345678903n, 0))).toMatchObject({ drn: '12345678903', sound: true });
		expect(panIn(pan(0, 100000000008n, 2))).toEqual({
			...{ pan: '000001000000000082', drn: '0100000000008', sound: true },
		});
		expect(panIn(pan(600727, 12345678903n, 1))).toMatchObject({ sound: false });
		expect(panIn(pan(123456, 12345678903n, 0))).toMatchObject({ drn: '12345678903', sound: false });
		expect(panIn(pan(1, 2n ** 60n, 0))).toBeUndefined();
		expect(panIn(build.unsigned(1))).toBeUndefined();
		const table = { ...STS, '116/0.0.19.60.0/2': pan(600727, 12345678903n, 1) };
		expect(verdicts(table, { drn: '37204100004' })[0]?.kind).toBe('number-unsound');
	});
});

describe('findings of a relay', () => {
	it('say where it stands', () => {
		expect(standingOf(true, 'connected')).toBe('closed');
		expect(standingOf(false, 'disconnected')).toBe('open');
		expect(standingOf(false, 'ready-for-reconnection')).toBe('armed');
		expect(standingOf(true, 'ready-for-reconnection')).toBe('contradictory');
		expect(standingOf(true, 'disconnected')).toBe('contradictory');
		expect(standingOf(undefined, 'connected')).toBe('closed');
		expect(standingOf(false, 'other')).toBe('open');
		expect(standingOf(undefined, undefined)).toBe('unknown');
	});

	it('say why it is open only as far as it is known', () => {
		expect(openReasons('open', undefined, [])).toEqual([]);
		expect(openReasons('open', false, ['relay-opened', 'power-up'])).toEqual([]);
		expect(openReasons('open', true, ['relay-opened-remotely'])).toEqual(['no-credit', 'remotely']);
		expect(openReasons('armed', false, [])).toEqual(['waits-for-hand']);
		expect(openReasons('open', false, ['tamper-cleared', 'tamper-detected'])).toEqual([]);
		expect(openReasons('open', false, ['relay-closed', 'relay-opened-for-load'])).toEqual([]);
		expect(openReasons('open', false, ['relay-opened-for-load', 'relay-closed'])).toEqual([
			'over-limit',
		]);
	});

	it('know tampering that goes on, or was not cleared', () => {
		expect(isTampered(['meter-cover-opened'])).toBe(true);
		expect(isTampered(['meter-cover-closed', 'meter-cover-opened'])).toBe(false);
		expect(isTampered(['meter-cover-closed', 'magnet-noticed', 'meter-cover-opened'])).toBe(true);
		const latched: EventName[] = ['meter-cover-closed', 'relay-opened-for-tamper'];
		expect(isTampered([...latched, 'meter-cover-opened'])).toBe(true);
		expect(isTampered(['tamper-cleared', ...latched])).toBe(false);
		expect(isTampered(['relay-closed', ...latched])).toBe(false);
		expect(isTampered(['power-up', 'tamper-ended', 'tamper-detected'])).toBe(true);
		expect(isTampered([])).toBe(false);
	});

	it('come before those of credit and clock', () => {
		const relay = {
			'70/0.0.96.3.10/2': build.boolean(false),
			'111/0.0.19.0.0/4': build.bitString(Uint8Array.of(0x02), 8),
			'1/0.0.96.20.0/2': build.unsigned(3),
		};
		const kinds = verdicts(relay, {}).map(({ kind }) => kind);
		expect(kinds).toEqual(['relay-open', 'credit-out', 'cover-opened', 'firmware-unknown']);
		expect(
			verdicts({ '70/0.0.96.3.10/3': build.enumerated(2) }, {}).map(({ kind }) => kind),
		).toEqual(['relay-waits', 'firmware-unknown']);
		const torn = {
			'70/0.0.96.3.10/2': build.boolean(true),
			'70/0.0.96.3.10/3': build.enumerated(0),
		};
		expect(verdicts(torn, {})[0]?.kind).toBe('relay-contradictory');
	});
});

describe('findings of firmware', () => {
	it('tell one that the utility does not know', () => {
		expect(verdicts(STS, { firmware: ['V1.2'] })).toEqual([]);
		expect(verdicts(STS, { firmware: [] })).toEqual([{ kind: 'firmware-unknown', found: 'V1.2' }]);
		expect(verdicts({ '1/0.0.96.1.0/2': build.unsigned(1) }, {})).toEqual([
			...[{ kind: 'firmware-unknown', found: undefined }],
		]);
	});
});
