import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { glanceOf } from '#lib/core/field/glance/glance.ts';
import type { GlanceReading } from '#lib/core/field/glance/glance-reading.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import { namesNewestFirst } from '#lib/core/field/profile-reading/logged-events.ts';
import { advanceCosemMeter, createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { advance, tamper } from '#lib/core/meter/virtual-meter.ts';
import { type GlanceReport, readGlance } from '#lib/link/read-glance.ts';
import { readNewestEvents } from '#lib/link/read-events.ts';
import type { Conversation } from '#lib/link/conversation.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { listEntry, TableMeter, VirtualAnswers } from '../core/field/answering.ts';
import { MADE_MS, meterOnBench } from '../core/meter/bench-meter.ts';
import { AnsweringConversation, InstantTimer } from './answering-conversation.ts';
import { Bench, NOW_MS } from './meter-on-stream.ts';
import type { TestClient } from './test-client.ts';

const LATER_MS = MADE_MS + 7_200_000;
const file = new URL('../../src/lib/core/dlms/profile/virtual.json', import.meta.url);
const PROFILE = parseMeterProfile(JSON.parse(readFileSync(file, 'utf8')));
const CODES = 'faults' in PROFILE ? {} : (PROFILE.eventCodes ?? {});

function virtual(tampered = false): VirtualAnswers {
	const made = advance(meterOnBench({ creditWh: 5000 }), { loadW: 1200, instantMs: MADE_MS });
	const value = advanceCosemMeter(createCosemMeter(made, MADE_MS), LATER_MS);
	const meter = tampered ? { ...value, meter: tamper(value.meter, LATER_MS) } : value;
	return new VirtualAnswers(meter, LATER_MS);
}

async function reports(
	conversation: Conversation,
	more: { signal?: AbortSignal; from?: GlanceReading; timer?: InstantTimer } = {},
): Promise<GlanceReport[]> {
	const all: GlanceReport[] = [];
	const timer = more.timer ?? new InstantTimer(LATER_MS);
	for await (const report of readGlance(conversation, { timer, ...more })) all.push(report);
	return all;
}

const last = (all: readonly GlanceReport[]) => all.at(-1) as GlanceReport;

/** Any conversation is as good as the protocol below it: here the real one. */
async function overTheWire(client: TestClient): Promise<Conversation> {
	const event = await client.associate();
	if (event.kind !== 'associated') throw new Error(event.kind);
	return {
		agreement: event.agreement,
		ask: async (wish) => ({ kind: 'answer', answer: await client.ask(wish) }),
		ended: new Promise(() => undefined),
		end: () => Promise.resolve(),
	};
}

describe('a glance over a conversation', () => {
	it('shows more with every answer, and all in the end', async () => {
		const all = await reports(new AnsweringConversation(virtual().answer));
		const known = all.map(({ reading }) => glanceOf(reading).progress.done);
		expect(known).toEqual(known.toSorted((a, b) => a - b));
		expect(valueOf(glanceOf(all[0]!.reading).identity.deviceName)).toBe('TKL0012345678903');
		expect(glanceOf(last(all).reading).progress.complete).toBe(true);
		expect(last(all).interrupted).toBeUndefined();
	});

	it.each(['wrapper', 'hdlc'] as const)('is the same over %s', async (framing) => {
		const conversation = await overTheWire(new Bench().client(1, framing));
		const all = await reports(conversation, { timer: new InstantTimer(NOW_MS) });
		const glance = glanceOf(last(all).reading);
		expect(glance.progress.complete).toBe(true);
		expect(valueOf(glance.sts.krn)).toBe(1);
		expect(valueOf(glance.payment.account.available)?.raw).toBe(500n);
		expect(glance.relays[0]?.standing).toBe('closed');
	});

	it('lets the host breathe after every answer, and between the pieces of a long list', async () => {
		const list = build.array(
			...Array.from({ length: 1000 }, (_, at) => listEntry(`3/1.${at >> 8}.1.8.${at & 255}`, 2)),
		);
		const meter = new TableMeter({ '15/0.0.40.0.0/2': list });
		const timer = new InstantTimer(LATER_MS);
		const conversation = new AnsweringConversation(meter.answer);
		await reports(conversation, { timer });
		expect(timer.turns).toBe(conversation.asked.length + 5);
	});

	it('survives a pulled cable at every question, and goes on', async () => {
		const healthy = new AnsweringConversation(virtual().answer);
		const whole = glanceOf(last(await reports(healthy)).reading);
		const questions = healthy.asked.length;
		expect(questions).toBeGreaterThan(5);
		for (const kind of ['losesAnswer', 'losesQuestion'] as const)
			for (let at = 1; at <= questions; at += 1) {
				const broken = last(
					await reports(new AnsweringConversation(virtual().answer, { [kind]: at })),
				);
				expect(broken.interrupted).toEqual({
					...{ why: 'over', end: { why: 'fault', fault: 'unplugged' } },
				});
				const rest = await reports(new AnsweringConversation(virtual().answer), {
					from: broken.reading,
				});
				expect(glanceOf(last(rest).reading)).toEqual(whole);
			}
	});

	it('survives silence that ends nothing', async () => {
		const conversation = new AnsweringConversation(virtual().answer, { silentAt: 4 });
		const end = last(await reports(conversation));
		expect(end.interrupted).toBeUndefined();
		expect(glanceOf(end.reading).progress.complete).toBe(true);
	});

	it('is called off between two questions', async () => {
		const controller = new AbortController();
		const conversation = new AnsweringConversation(virtual().answer);
		const all: GlanceReport[] = [];
		for await (const report of readGlance(conversation, {
			timer: new InstantTimer(LATER_MS),
			signal: controller.signal,
		})) {
			all.push(report);
			if (all.length === 2) controller.abort();
		}
		expect(last(all).interrupted).toEqual({ why: 'called-off' });
		expect(conversation.asked).toHaveLength(2);
	});

	it('learns from the event logs why the relay is open', async () => {
		const conversation = new AnsweringConversation(virtual(true).answer);
		const { reading } = last(await reports(conversation));
		const { logs } = glanceOf(reading);
		const options = { timer: new InstantTimer(LATER_MS), codes: CODES };
		const { events, interrupted } = await readNewestEvents(conversation, logs, options);
		expect(interrupted).toBeUndefined();
		expect(events.length).toBeGreaterThan(1);
		expect(events.filter(({ name }) => name === undefined)).toEqual([]);
		const names = namesNewestFirst(events);
		const told = glanceOf(reading, {
			ours: { uncertaintyMs: null, zone: { deviation: 0, daylightSavingMin: 60 } },
			...{ eventCodes: CODES, events: names },
		});
		expect(told.relays[0]?.openBecause).toEqual(['tamper']);
	});

	it('reads no other log for it, and says where it was broken off', async () => {
		const options = { timer: new InstantTimer(LATER_MS), codes: CODES };
		const conversation = new AnsweringConversation(virtual().answer, { losesAnswer: 3 });
		const none = await readNewestEvents(
			conversation,
			[{ logicalName: obis('1.0.99.1.0') }],
			options,
		);
		expect([none.events, conversation.asked]).toEqual([[], []]);
		const log = [{ logicalName: obis('0.0.99.98.0') }, { logicalName: obis('0.0.99.98.1') }];
		const broken = await readNewestEvents(conversation, log, options);
		expect(broken.interrupted).toMatchObject({ why: 'over' });
	});
});
