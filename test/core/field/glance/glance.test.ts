import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { conformance } from '#lib/core/dlms/apdu/conformance.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { scalerUnitData } from '#lib/core/dlms/cosem/scaled.ts';
import { parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { MOST_IN_A_LIST } from '#lib/core/field/batch.ts';
import type { OurTime } from '#lib/core/field/glance/clock.ts';
import {
	beginGlance,
	glanceProgress,
	nextGlanceStep,
	resumeGlance,
	takeGlanceAnswer,
} from '#lib/core/field/glance/glance-reading.ts';
import { MAX_OBJECTS } from '#lib/core/field/glance/found-objects.ts';
import { BARE_CONTEXT, glanceOf } from '#lib/core/field/glance/glance.ts';
import { verdictsOf } from '#lib/core/field/glance/verdicts.ts';
import { quantityText } from '#lib/core/field/quantity.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import {
	advanceCosemMeter,
	type CosemMeter,
	createCosemMeter,
} from '#lib/core/meter/cosem/cosem-meter.ts';
import { advance, tamper } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from '../../meter/bench-meter.ts';
import { agreement, listEntry, listOf, TableMeter, VirtualAnswers, without } from '../answering.ts';
import { AT_ONCE, glanceAt, goOn, NOW_MS } from './glancing.ts';

const file = new URL('../../../../src/lib/core/dlms/profile/virtual.json', import.meta.url);
const PROFILE = parseMeterProfile(JSON.parse(readFileSync(file, 'utf8')));
const EVENT_CODES = 'faults' in PROFILE ? {} : (PROFILE.eventCodes ?? {});

const LATER_MS = MADE_MS + 2 * 3_600_000;
const CERTAIN: OurTime = { ...BARE_CONTEXT.ours, uncertaintyMs: 500 };

/** A meter of 5 kWh that has had 1,200 W for two hours. */
function running(creditWh = 5000): CosemMeter {
	const made = advance(meterOnBench({ creditWh }), { loadW: 1200, instantMs: MADE_MS });
	return advanceCosemMeter(createCosemMeter(made, MADE_MS), LATER_MS);
}

const clock = (ms: number, deviation = 0) =>
	build.octetString(encodeDateTime(dateTimeOf(ms, deviation)));

const LIST = '15/0.0.40.0.0/2';

describe('a glance at the virtual meter', () => {
	const meter = new VirtualAnswers(running(), LATER_MS);
	const reading = glanceAt(meter.answer, agreement(), { askedMs: LATER_MS, answeredMs: LATER_MS });
	const glance = glanceOf(reading, { ours: CERTAIN, eventCodes: EVENT_CODES, events: [] });

	it('knows who it is, and its clock', () => {
		expect(valueOf(glance.identity.deviceName)).toBe('TKL0012345678903');
		expect(valueOf(glance.identity.serials[0]!.text)).toBe('12345678903');
		expect(glance.identity.firmware[0]?.kind).toBe('identifier');
		expect(glance.clock.drift).toMatchObject({ zone: 'told', looksLikeZone: false });
		expect(Math.abs(glance.clock.drift?.driftMs ?? Infinity)).toBeLessThanOrEqual(500);
		expect(valueOf(glance.clock.base)).toBe('crystal');
	});

	it('knows its key and its credit, exact', () => {
		expect(valueOf(glance.sts.pan)).toEqual({
			...{ pan: '600727123456789030', drn: '12345678903', sound: true },
		});
		const { sgc, krn, ti, ea } = glance.sts;
		expect([valueOf(sgc), valueOf(krn), valueOf(ti), valueOf(ea)]).toEqual(['201457', 1, 1, 7]);
		const { account, credits, charges } = glance.payment;
		const available = valueOf(account.available);
		expect(available && quantityText(available)).toBe('2.60');
		expect(available?.unit).toBe('kWh');
		expect(valueOf(account.mode)).toBe('prepayment');
		expect(valueOf(account.flags)).toEqual(['in-credit', 'low-credit']);
		expect(valueOf(account.nextCreditAt)).toBe('none');
		expect(credits.map(({ status }) => valueOf(status))).toEqual(['in-use']);
		expect(valueOf(credits[0]!.rules)).toEqual(['shown', 'takes-tokens']);
		expect(charges.map(({ paid }) => valueOf(paid)?.raw)).toEqual([240n]);
	});

	it('knows relay, limiter, registers, counters and logs', () => {
		expect(glance.relays.map(({ standing, openBecause }) => [standing, openBecause])).toEqual([
			['closed', []],
		]);
		const [limiter] = glance.limiters;
		expect(valueOf(limiter!.active)).toBe('none');
		expect(valueOf(limiter!.monitored)?.logicalName).toBe(obis('1.0.1.7.0'));
		const energy = glance.energy.find(({ measure, rate, phase }) =>
			measure === 'active-import' ? rate === 0 && phase === 'sum' : false,
		);
		expect(valueOf(energy!.quantity)).toEqual({ raw: 2400n, scaler: 0, unit: 'Wh' });
		const voltage = glance.powerQuality.find(
			({ measure, phase }) => measure === 'voltage' && phase === 1,
		);
		expect(valueOf(voltage!.quantity)).toEqual({ raw: 2300n, scaler: -1, unit: 'V' });
		expect(glance.logs.map(({ kind }) => kind)).toEqual(
			expect.arrayContaining(['load-profile-1', 'event-log', 'token-credits', 'token-transfers']),
		);
		expect(glance.gateway).toBe(obis('0.0.19.40.0'));
		expect(glance.objects).toMatchObject({
			source: 'meter',
			duplicates: 0,
			rubbish: 0,
			cut: false,
		});
		expect(glance.progress.complete).toBe(true);
		expect(glance.progress.done).toBe(glance.progress.of);
	});

	it('finds nothing but little credit', () => {
		const verdicts = verdictsOf(glance, { drn: '12345678903' }, LATER_MS);
		expect(verdicts.map(({ kind }) => kind)).toEqual(['credit-low']);
	});

	it('finds why the relay is open: no credit, or tampering as the log says', () => {
		const empty = new VirtualAnswers(running(2000), LATER_MS);
		const out = glanceOf(glanceAt(empty.answer));
		expect(out.relays[0]).toMatchObject({ standing: 'open', openBecause: ['no-credit'] });
		const value = running();
		const opened = new VirtualAnswers({ ...value, meter: tamper(value.meter, LATER_MS) }, LATER_MS);
		const read = glanceAt(opened.answer);
		expect(glanceOf(read).relays[0]).toMatchObject({ standing: 'open', openBecause: [] });
		const told = glanceOf(read, {
			...{ ours: CERTAIN, eventCodes: EVENT_CODES, events: ['relay-opened', 'tamper-detected'] },
		});
		expect(told.relays[0]?.openBecause).toEqual(['tamper']);
		expect(
			verdictsOf(told, {}, LATER_MS, ['relay-opened', 'tamper-detected']).map(({ kind }) => kind),
		).toEqual(expect.arrayContaining(['tampered', 'relay-open']));
	});

	it('is the same for a client with few rights, as far as they go', () => {
		const few = glanceOf(glanceAt(new VirtualAnswers(running(), LATER_MS, 16).answer));
		expect(valueOf(few.identity.deviceName)).toBe('TKL0012345678903');
		expect(few.payment.account.available).toEqual({ state: 'not-in-this-meter' });
		expect(few.relays).toEqual([]);
	});
});

describe('the questions of a glance', () => {
	it('ask who it is first, then the list, then at most sixteen things at once', () => {
		const asked: string[] = [];
		const meter = new VirtualAnswers(running(), LATER_MS);
		glanceAt((wish) => {
			asked.push(wish.kind === 'get-list' ? String(wish.targets.length) : 'one');
			return meter.answer(wish);
		});
		expect(asked.slice(0, 2)).toEqual(['3', 'one']);
		expect(Math.max(...asked.slice(2).map((text) => (text === 'one' ? 1 : Number(text))))).toBe(
			MOST_IN_A_LIST,
		);
	});

	it.each([
		['lists were not agreed', { conformance: without(conformance('multiple-references')) }, 1],
		['the meter takes short requests', { maxPdu: 128 }, 6],
		[
			'the answer must fit as a whole',
			{ maxPdu: 256, conformance: without(conformance('block-transfer-with-get')) },
			4,
		],
	])('are smaller where %s', (_, more, most) => {
		const lengths: number[] = [];
		const meter = new VirtualAnswers(running(), LATER_MS);
		glanceAt((wish) => {
			lengths.push(wish.kind === 'get-list' ? wish.targets.length : 1);
			return meter.answer(wish);
		}, agreement(more));
		expect(Math.max(...lengths)).toBe(most);
	});

	it('go one by one once a list has gone wrong, in each of three ways', () => {
		const meter = new VirtualAnswers(running(), LATER_MS);
		const whole = glanceOf(glanceAt(meter.answer));
		const wrong = [
			() => 'no-answer' as const,
			() => ({ kind: 'get-list', results: [{ error: 250 }] }) as const,
			(count: number) => ({
				kind: 'get-list' as const,
				results: Array.from({ length: count }, () => ({ error: 250 })),
			}),
		];
		for (const fail of wrong) {
			let lists = 0;
			const reading = glanceAt((wish) => {
				if (wish.kind !== 'get-list') return meter.answer(wish);
				lists += 1;
				return fail(wish.targets.length);
			});
			expect(lists).toBe(1);
			expect(glanceOf(reading)).toEqual(whole);
		}
	});

	it('are bounded, and each is asked twice at most, whatever the meter answers', () => {
		const answers = [
			() => 'no-answer' as const,
			() => ({ kind: 'get', result: { error: 3 } }) as const,
			() => ({ kind: 'set', result: 0 }) as const,
			() => ({ kind: 'get', result: { data: build.array() } }) as const,
		];
		for (const answer of answers) {
			let count = 0;
			const glance = glanceOf(glanceAt(() => (count++, answer())));
			expect(count).toBeLessThan(150);
			expect(glance.objects.source).toBe('assumed');
			expect(glance.progress.complete).toBe(true);
		}
	});
});

describe('a glance broken off', () => {
	const meter = new VirtualAnswers(running(), LATER_MS);
	const whole = glanceOf(glanceAt(meter.answer));

	it('goes on after any answer, and comes to the same', () => {
		for (let most = 0; most < 12; most += 1) {
			const half = goOn(beginGlance(agreement()), meter.answer, { most });
			expect(glanceOf(goOn(resumeGlance(half, agreement()), meter.answer))).toEqual(whole);
		}
	});

	it('asks again what had no answer', () => {
		const silent = goOn(beginGlance(agreement()), () => 'no-answer', { most: 4 });
		expect(glanceOf(silent).identity.deviceName).toEqual({ state: 'no-answer' });
		expect(glanceOf(goOn(resumeGlance(silent, agreement()), meter.answer))).toEqual(whole);
	});

	it('begins anew at another meter, known by its title or by its name', () => {
		const half = goOn(beginGlance(agreement()), meter.answer, { most: 3 });
		const title = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
		expect(glanceProgress(resumeGlance(half, agreement({ meterTitle: title }))).done).toBe(0);
		const other = new TableMeter({
			'1/0.0.42.0.0/2': build.octetString(build.asciiOctets('XXX0000000000001')),
			[LIST]: listOf(['1/0.0.42.0.0', '70/0.0.96.3.10']),
			'70/0.0.96.3.10/2': build.boolean(true),
		});
		const glance = glanceOf(goOn(resumeGlance(half, agreement()), other.answer));
		expect(valueOf(glance.identity.deviceName)).toBe('XXX0000000000001');
		expect(glance.payment.account.available.state).toBe('not-in-this-meter');
		expect(glance.relays[0]?.standing).toBe('closed');
	});

	it('shows parts as they come', () => {
		const first = goOn(beginGlance(agreement()), meter.answer, { most: 1 });
		const glance = glanceOf(first);
		expect(valueOf(glance.identity.deviceName)).toBe('TKL0012345678903');
		expect(glance.sts.sgc).toEqual({ state: 'waiting' });
		expect(glance.progress.complete).toBe(false);
	});
});

describe('odd meters', () => {
	it('without an object are not in error for it', () => {
		const meter = new TableMeter({
			'1/0.0.42.0.0/2': build.octetString(build.asciiOctets('ABC')),
			[LIST]: listOf(['1/0.0.42.0.0', '3/1.0.1.8.0', '111/0.0.19.0.0']),
			'3/1.0.1.8.0/2': 3,
			'3/1.0.1.8.0/3': scalerUnitData({ scaler: 0, unit: 30 }),
			'111/0.0.19.0.0/2': 11,
		});
		const glance = glanceOf(glanceAt(meter.answer));
		expect(glance.sts.krn).toEqual({ state: 'not-in-this-meter' });
		expect(glance.clock.time).toEqual({ state: 'not-in-this-meter' });
		expect(glance.energy[0]?.quantity).toEqual({
			...{ state: 'not-readable', result: 'read-write-denied' },
		});
		expect(glance.payment.account.mode).toEqual({
			...{ state: 'not-readable', result: 'object-unavailable' },
		});
		expect(glance.payment.account.available).toEqual({ state: 'not-in-this-meter' });
	});

	it('with rights that bar an attribute are not asked for it', () => {
		const meter = new TableMeter({
			[LIST]: build.array(listEntry('116/0.0.19.60.0', 12, 0)),
			'116/0.0.19.60.0/8': build.unsigned(3),
		});
		const glance = glanceOf(glanceAt(meter.answer));
		expect(glance.sts.krn).toEqual({ state: 'not-readable', result: 'read-write-denied' });
	});

	it('with rights as bits, as association version 3 writes them', () => {
		const meter = new TableMeter({
			[LIST]: build.array(
				listEntry('15/0.0.40.0.0/3', 8, 1),
				listEntry('116/0.0.19.60.0', 12, 0x05),
			),
			'116/0.0.19.60.0/8': build.unsigned(3),
		});
		expect(valueOf(glanceOf(glanceAt(meter.answer)).sts.krn)).toBe(3);
	});

	it.each<[string, Data, string]>([
		['visible-string', build.visibleString('M 7 '), 'M 7'],
		['utf8-string', { type: 'utf8-string', value: Uint8Array.of(0xc3, 0xa9, 0x37) }, 'é7'],
		['broken UTF-8', { type: 'utf8-string', value: Uint8Array.of(0xff, 0x37) }, 'ff37'],
		['octets that print nothing', build.octetString(Uint8Array.of(1, 2, 0xfe)), '0102fe'],
		['a number', build.doubleLongUnsigned(37204100), '37204100'],
		['filled up with zeros', build.octetString(Uint8Array.of(0x41, 0x42, 0, 0)), 'AB'],
	])('whose serial number is %s', (_, data, text) => {
		const meter = new TableMeter({ [LIST]: listOf(['1/0.0.96.1.0']), '1/0.0.96.1.0/2': data });
		expect(valueOf(glanceOf(glanceAt(meter.answer)).identity.serials[0]!.text)).toBe(text);
	});

	it('whose registers have scaler and unit swapped, as floats, or as rubbish', () => {
		const list = listOf(['3/1.0.1.8.0', '3/1.0.32.7.0', '3/1.0.14.7.0', '3/1.0.13.7.0']);
		const meter = new TableMeter({
			[LIST]: list,
			'3/1.0.1.8.0/2': build.long64Unsigned(2n ** 63n),
			'3/1.0.1.8.0/3': build.structure(build.enumerated(30), build.integer(1)),
			'3/1.0.32.7.0/2': build.float32(Math.fround(230.1)),
			'3/1.0.32.7.0/3': scalerUnitData({ scaler: 0, unit: 35 }),
			'3/1.0.14.7.0/2': build.longUnsigned(5000),
			'3/1.0.14.7.0/3': build.unsigned(7),
			'3/1.0.13.7.0/2': build.integer(98),
			'3/1.0.13.7.0/3': 3,
		});
		const glance = glanceOf(glanceAt(meter.answer));
		expect(valueOf(glance.energy[0]!.quantity)).toEqual({
			...{ raw: 2n ** 63n, scaler: 1, unit: 'Wh' },
		});
		const [powerFactor, frequency, voltage] = glance.powerQuality;
		expect(valueOf(voltage!.quantity)).toEqual({ raw: 2301n, scaler: -1, unit: 'V' });
		expect(frequency!.quantity).toEqual({ state: 'not-understood' });
		expect(valueOf(powerFactor!.quantity)).toEqual({ raw: 98n, scaler: 0, unit: '' });
	});

	it('whose bit strings have odd lengths, or are numbers', () => {
		const account = (status: Data) =>
			glanceOf(
				glanceAt(
					new TableMeter({
						[LIST]: listOf(['111/0.0.19.0.0']),
						'111/0.0.19.0.0/4': status,
						'111/0.0.19.0.0/2': build.structure(build.enumerated(2), build.enumerated(9)),
					}).answer,
				),
			).payment.account;
		expect(valueOf(account(build.bitString(Uint8Array.of(0xc0), 3)).flags)).toEqual([
			...['in-credit', 'low-credit'],
		]);
		expect(valueOf(account(build.bitString(Uint8Array.of(0x02, 0, 0, 0), 29)).flags)).toEqual([
			'out-of-credit',
		]);
		expect(valueOf(account(build.unsigned(0x80)).flags)).toEqual(['in-credit']);
		expect(valueOf(account(build.bitString(new Uint8Array(), 0)).flags)).toEqual([]);
		expect(account(build.integer(1)).flags).toEqual({ state: 'not-understood' });
		expect(valueOf(account(build.unsigned(0)).status)).toBe('other');
	});

	it('with emergency credit in use and a debt', () => {
		const kes = build.structure(
			{ type: 'utf8-string', value: build.asciiOctets('KES') },
			build.integer(-2),
			build.enumerated(2),
		);
		const meter = new TableMeter({
			[LIST]: listOf(['111/0.0.19.0.0', '112/0.0.19.11.0', '112/0.0.19.10.0', '113/0.0.19.20.0']),
			'111/0.0.19.0.0/15': kes,
			'111/0.0.19.0.0/4': build.bitString(Uint8Array.of(0x04), 8),
			'111/0.0.19.0.0/5': build.doubleLong(-150),
			'112/0.0.19.10.0/3': build.enumerated(0),
			'112/0.0.19.10.0/8': build.enumerated(4),
			'112/0.0.19.11.0/3': build.enumerated(2),
			'112/0.0.19.11.0/8': build.enumerated(3),
			'112/0.0.19.11.0/2': build.doubleLong(4850),
			'113/0.0.19.20.0/3': build.enumerated(7),
			'113/0.0.19.20.0/12': build.doubleLong(123_456),
		});
		const glance = glanceOf(glanceAt(meter.answer));
		const { account, credits, charges } = glance.payment;
		expect(valueOf(account.available)).toEqual({ raw: -150n, scaler: -2, unit: 'KES' });
		expect(credits.map(({ type, status }) => [valueOf(type), valueOf(status)])).toEqual([
			['token', 'exhausted'],
			['emergency', 'in-use'],
		]);
		expect(quantityText(valueOf(charges[0]!.remaining)!)).toBe('1234.56');
		expect(valueOf(charges[0]!.type)).toBe('other');
		expect(verdictsOf(glance, {}, NOW_MS).map(({ kind }) => kind)).toEqual([
			...['emergency-credit', 'firmware-unknown'],
		]);
	});

	it('that have not told currency or unit yet tell no amount', () => {
		const table = {
			[LIST]: listOf(['111/0.0.19.0.0', '71/0.0.17.0.0']),
			'111/0.0.19.0.0/5': build.doubleLong(1234),
			'71/0.0.17.0.0/2': build.structure(
				build.longUnsigned(3),
				build.octetString(Uint8Array.of(1, 0, 1, 7, 0, 255)),
				build.integer(2),
			),
			'71/0.0.17.0.0/3': build.longUnsigned(46),
		};
		const states = new Set<string>();
		let reading = beginGlance(agreement({ maxPdu: 64 }));
		const meter = new TableMeter(table);
		for (let asked = 0; asked < 60; asked += 1) {
			reading = goOn(reading, meter.answer, { most: 1 });
			const { payment, limiters } = glanceOf(reading);
			states.add(`${payment.account.currency.state} ${payment.account.available.state}`);
			if (limiters[0]) states.add(limiters[0].active.state);
		}
		// Refused, it is known that there is no unit, and the bare figure is told.
		expect([...states]).toEqual([
			...[
				'waiting waiting',
				'waiting',
				'not-in-this-meter waiting',
				'not-in-this-meter read',
				'read',
			],
		]);
		const rubbish = new TableMeter({
			...table,
			'111/0.0.19.0.0/15': build.unsigned(1),
			'3/1.0.1.7.0/3': build.unsigned(1),
		});
		const odd = glanceOf(glanceAt(rubbish.answer));
		expect([odd.payment.account.available.state, odd.limiters[0]?.active.state]).toEqual([
			...['not-understood', 'not-understood'],
		]);
	});

	it('with two thousand objects, some of them twice, some of them rubbish', () => {
		const names = Array.from({ length: 1990 }, (_, at) => `3/1.${at >> 8}.1.8.${at & 0xff}`);
		const list = build.array(
			...names.map((name) => listEntry(name, 3)),
			listEntry('70/0.0.96.3.10'),
			listEntry('70/0.0.96.3.10'),
			build.unsigned(7),
			build.structure(),
			build.structure(
				build.longUnsigned(3),
				build.unsigned(0),
				build.octetString(Uint8Array.of(1)),
			),
			NULLS,
		);
		let questions = 0;
		const meter = new TableMeter({ [LIST]: list, '70/0.0.96.3.10/2': build.boolean(true) });
		const glance = glanceOf(glanceAt((wish) => (questions++, meter.answer(wish))));
		expect(glance.objects).toEqual({
			...{ source: 'meter', count: 1991, duplicates: 1, rubbish: 4, cut: false },
		});
		expect(glance.energy).toHaveLength(48);
		expect(glance.relays[0]?.standing).toBe('closed');
		expect(questions).toBeLessThan(120);
	});

	it('with more objects than are gone through', () => {
		const entry = listEntry('3/1.0.1.8.0', 1);
		const list = build.array(...Array.from({ length: MAX_OBJECTS + 10 }, () => entry));
		const glance = glanceOf(glanceAt(new TableMeter({ [LIST]: list }).answer));
		expect(glance.objects).toMatchObject({ count: 1, duplicates: MAX_OBJECTS - 1, cut: true });
	});

	it('whose values are far too long', () => {
		const long = build.octetString(new Uint8Array(5000).fill(0x41));
		const meter = new TableMeter({ [LIST]: listOf(['1/0.0.96.1.0']), '1/0.0.96.1.0/2': long });
		const reading = glanceAt(meter.answer);
		expect(glanceOf(reading).identity.serials[0]?.text).toEqual({ state: 'not-understood' });
		expect(JSON.stringify([...reading.facts]).length).toBeLessThan(5000);
	});

	it('whose limiter watches a register that is not listed', () => {
		const meter = new TableMeter({
			[LIST]: listOf(['71/0.0.17.0.0']),
			'71/0.0.17.0.0/2': build.structure(
				build.longUnsigned(5),
				build.octetString(Uint8Array.of(1, 0, 1, 4, 0, 255)),
				build.integer(3),
			),
			'71/0.0.17.0.0/3': build.longUnsigned(46),
			'71/0.0.17.0.0/4': build.longUnsigned(0xffff),
			'5/1.0.1.4.0/4': scalerUnitData({ scaler: 2, unit: 27 }),
		});
		const [limiter] = glanceOf(glanceAt(meter.answer)).limiters;
		expect(valueOf(limiter!.active)).toEqual({ raw: 46n, scaler: 2, unit: 'W' });
		expect(valueOf(limiter!.normal)).toBe('none');
		expect(limiter!.emergency).toEqual({ state: 'not-in-this-meter' });
	});

	it('with counters and last events', () => {
		const list = [...['1/0.0.96.20.0', '1/0.0.96.20.5', '3/0.0.96.7.21', '1/0.0.96.7.9']];
		const meter = new TableMeter({
			[LIST]: listOf([...list, '1/0.0.96.15.1', '1/0.0.96.11.1', '1/0.0.96.11.0']),
			'1/0.0.96.20.0/2': build.longUnsigned(2),
			'1/0.0.96.20.5/2': build.longUnsigned(1),
			'3/0.0.96.7.21/2': build.doubleLongUnsigned(7),
			'1/0.0.96.11.0/2': build.unsigned(99),
			'1/0.0.96.11.1/2': build.unsigned(20),
		});
		const glance = glanceOf(glanceAt(meter.answer), {
			...{ ours: CERTAIN, eventCodes: EVENT_CODES, events: [] },
		});
		expect(glance.counters.map(({ kind, count }) => [kind, valueOf(count)])).toEqual([
			...[['other-power-failures', undefined] as const, ['power-failures', 7] as const],
			...[['events', undefined] as const],
			...[['meter-cover', 2] as const, ['terminal-cover', 1] as const],
		]);
		expect(glance.lastEvents.map(({ name, code }) => [valueOf(code), name])).toEqual([
			...[[99, undefined] as const, [20, 'tamper-detected'] as const],
		]);
		expect(verdictsOf(glance, {}, NOW_MS)[0]?.kind).toBe('tampered');
	});

	it('whose answer to a single question is a list, and the other way round', () => {
		const reading = beginGlance(agreement({ maxPdu: 64 }));
		const step = nextGlanceStep(reading);
		expect(step.do === 'ask' && step.wish.kind).toBe('get');
		const taken = takeGlanceAnswer(reading, { kind: 'get-list', results: [] }, AT_ONCE);
		expect(glanceOf(taken).identity.deviceName.state).toBe('no-answer');
	});
});

const NULLS: Data = build.NULL_DATA;

describe('a clock', () => {
	const at = (data: Data, ours = CERTAIN, between = AT_ONCE) => {
		const meter = new TableMeter({ [LIST]: listOf(['8/0.0.1.0.0']), '8/0.0.1.0.0/2': data });
		const reading = glanceAt(meter.answer, agreement(), between);
		const glance = glanceOf(reading, { ours, eventCodes: {}, events: [] });
		const kinds = verdictsOf(glance, {}, NOW_MS).map(({ kind }) => kind);
		return { clock: glance.clock, kinds: kinds.filter((kind) => kind.startsWith('clock')) };
	};
	const HOUR = 3_600_000;

	it('is measured with what is known of both clocks', () => {
		const { clock: read } = at(clock(NOW_MS - 1_000), CERTAIN, {
			...{ askedMs: NOW_MS, answeredMs: NOW_MS + 400 },
		});
		// Whole seconds: half of one on average, and half of the round trip, and our own half second.
		expect(read.drift).toEqual({
			...{ driftMs: -700, uncertaintyMs: 1200, zone: 'told', looksLikeZone: false },
		});
	});

	it('may be a date-time of its own type, in any zone', () => {
		const octets = encodeDateTime(dateTimeOf(NOW_MS, -180));
		const { clock: read, kinds } = at({ type: 'date-time', value: octets });
		expect(read.drift?.driftMs).toBe(500);
		expect(kinds).toEqual([]);
	});

	it.each<[string, Data, string[]]>([
		['in 2099', clock(Date.UTC(2099, 0, 1)), ['clock-drifts']],
		['ten minutes off', clock(NOW_MS + 600_000), ['clock-drifts']],
		['an hour off', clock(NOW_MS - HOUR), ['clock-zone']],
		['half a minute off', clock(NOW_MS + 30_000), []],
		['of no year', build.octetString(new Uint8Array(12).fill(0xff)), ['clock-not-set']],
		[
			'on 31 February',
			build.octetString(Uint8Array.of(7, 234, 2, 31, 255, 1, 1, 1, 0, 0, 0, 0)),
			['clock-not-set'],
		],
		[
			'of month 0',
			build.octetString(Uint8Array.of(7, 234, 0, 1, 255, 1, 1, 1, 0, 0, 0, 0)),
			['clock-not-set'],
		],
		[
			'of year 5',
			build.octetString(Uint8Array.of(0, 5, 2, 1, 255, 1, 1, 1, 0, 0, 0, 0)),
			['clock-not-set'],
		],
		['of eleven octets', build.octetString(new Uint8Array(11)), ['clock-not-set']],
		['that is a number', build.doubleLongUnsigned(NOW_MS / 1000), ['clock-not-set']],
		[
			'that doubts itself',
			build.octetString(encodeDateTime(dateTimeOf(NOW_MS, 0, 2))),
			['clock-doubtful'],
		],
	])('%s', (_, data, kinds) => {
		expect(at(data).kinds).toEqual(kinds);
	});

	it('without hundredths or seconds is known less exactly', () => {
		const octets = encodeDateTime({ ...dateTimeOf(NOW_MS), second: 0xff, hundredths: 0xff });
		expect(at(build.octetString(octets)).clock.drift?.uncertaintyMs).toBe(30_500);
	});

	it('without a deviation is taken to be in the assumed zone, daylight saving counted', () => {
		const zone = { deviation: -60, daylightSavingMin: 60 };
		const local = { ...dateTimeOf(NOW_MS, -120), deviation: -0x8000, status: 0x80 };
		const { clock: read } = at(build.octetString(encodeDateTime(local)), { ...CERTAIN, zone });
		expect(read.drift).toMatchObject({ driftMs: 500, zone: 'assumed' });
		expect(valueOf(read.time)).toMatchObject({ deviation: null, daylightSaving: true });
	});

	it('is not judged by a time of ours that nobody vouches for', () => {
		const { kinds, clock: read } = at(clock(Date.UTC(2099, 0, 1)), {
			...CERTAIN,
			uncertaintyMs: null,
		});
		expect(kinds).toEqual([]);
		expect(read.drift?.uncertaintyMs).toBeNull();
	});
});
