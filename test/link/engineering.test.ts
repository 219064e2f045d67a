import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	beginKeyRun,
	takeKeyAfter,
	takeKeyBefore,
	takeSetDelivery,
} from '#lib/core/field/engineering/key-run.ts';
import { beginImage, type ImageRun, resumeImage } from '#lib/core/field/engineering/image-run.ts';
import { activateImage } from '#lib/core/field/engineering/take-image-answer.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import { createCosemMeter, setClock as setMeterClock } from '#lib/core/meter/cosem/cosem-meter.ts';
import { pause } from '#lib/link/ask-in-turn.ts';
import { readStsKey } from '#lib/link/read-sts-key.ts';
import { setClock } from '#lib/link/set-clock.ts';
import { switchRelay } from '#lib/link/switch-relay.ts';
import { digestOf, transferImage } from '#lib/link/transfer-image.ts';
import { agreement, TableMeter, VirtualAnswers } from '../core/field/answering.ts';
import { IMAGE_OBJECT, ImageMeter } from '../core/field/engineering/image-meter.ts';
import { keyChange, MADE_MS, meterOnBench } from '../core/meter/bench-meter.ts';
import {
	AnsweringConversation,
	type ConversationFaults,
	InstantTimer,
} from './answering-conversation.ts';

const NOW_MS = MADE_MS + 7_200_000;
const CLOCK = obis('0.0.1.0.0');
const RELAY = obis('0.0.96.3.10');
const STS = obis('0.0.19.60.0');
const OURS = { uncertaintyMs: 200, zone: ASSUME_UTC };

function virtual(driftMs = 0, client = 1): VirtualAnswers {
	const meter = createCosemMeter(meterOnBench({ creditWh: 5000 }), MADE_MS);
	return new VirtualAnswers(setMeterClock(meter, NOW_MS + driftMs, NOW_MS), NOW_MS, client);
}

describe('setting a clock', () => {
	const set = (answers: VirtualAnswers, faults: ConversationFaults = {}, ours = OURS) => {
		const conversation = new AnsweringConversation(answers.answer, faults);
		const outcome = setClock(conversation, {
			...{ logicalName: CLOCK, timer: new InstantTimer(NOW_MS), ours },
		});
		return { conversation, outcome };
	};

	it.each([
		[40_000, 'shift'],
		[-900_000, 'shift'],
		[1_800_000, 'write'],
	])('that is %i ms ahead goes by %s', async (driftMs, way) => {
		const { outcome } = set(virtual(driftMs));
		expect(await outcome).toMatchObject({ verdict: 'set', way });
	});

	it('that may not be shifted is written', async () => {
		const answers = virtual(40_000);
		const conversation = new AnsweringConversation((wish) =>
			wish.kind === 'action' ? { kind: 'action', outcome: { result: 3 } } : answers.answer(wish),
		);
		const timer = new InstantTimer(NOW_MS);
		expect(await setClock(conversation, { logicalName: CLOCK, timer, ours: OURS })).toMatchObject({
			...{ verdict: 'set', way: 'write' },
		});
	});

	it('is refused where it may not be set, or need not be', async () => {
		expect(await set(virtual(40_000, 17)).outcome).toMatchObject({ verdict: 'refused' });
		expect(await set(virtual(500)).outcome).toEqual({ refusal: 'already-right' });
		const uncertain = { ...OURS, uncertaintyMs: 60_000 };
		const { outcome, conversation } = set(virtual(40_000), {}, uncertain);
		expect(await outcome).toEqual({ refusal: 'own-time-uncertain' });
		expect(conversation.asked).toHaveLength(1);
	});

	it('whose answer was lost is known by reading it again', async () => {
		const silent = set(virtual(40_000), { silentAt: 2 });
		expect(await silent.outcome).toMatchObject({ verdict: 'set' });
		const pulled = set(virtual(40_000), { losesAnswer: 2 });
		expect(await pulled.outcome).toMatchObject({ verdict: 'unknown', after: null });
		expect(pulled.conversation.asked).toHaveLength(2);
	});

	it('in the type and zone of the meter', async () => {
		const octets = encodeDateTime(dateTimeOf(NOW_MS + 1_200_000, -120));
		const meter = new TableMeter({ '8/0.0.1.0.0/2': { type: 'date-time', value: octets } });
		const timer = new InstantTimer(NOW_MS);
		const conversation = new AnsweringConversation(meter.answer);
		await setClock(conversation, { logicalName: CLOCK, timer, ours: OURS });
		const written = meter.written.get(`8/${CLOCK}/2`);
		expect(written).toEqual({
			...{ type: 'date-time', value: encodeDateTime(dateTimeOf(NOW_MS, -120)) },
		});
	});

	it('that cannot be read is left alone', async () => {
		const conversation = new AnsweringConversation(new TableMeter({}).answer);
		const timer = new InstantTimer(NOW_MS);
		expect(await setClock(conversation, { logicalName: CLOCK, timer, ours: OURS })).toEqual({
			refusal: 'clock-not-readable',
		});
	});

	it('over a conversation that is over does nothing', async () => {
		const conversation = new AnsweringConversation(virtual(40_000).answer);
		await conversation.end();
		const timer = new InstantTimer(NOW_MS);
		expect(await setClock(conversation, { logicalName: CLOCK, timer, ours: OURS })).toEqual({
			interrupted: { why: 'over', end: { why: 'released' } },
		});
	});
});

describe('switching a relay', () => {
	it('off and on, as the meter itself says afterwards', async () => {
		const conversation = new AnsweringConversation(virtual().answer);
		const off = await switchRelay(conversation, { logicalName: RELAY, wish: 'disconnect' });
		expect(off).toEqual({
			...{ verdict: 'done', expected: 'open', before: 'closed', after: 'open', result: 0 },
		});
		const again = await switchRelay(conversation, { logicalName: RELAY, wish: 'disconnect' });
		expect(again).toEqual({ refusal: 'already-so' });
		const on = await switchRelay(conversation, { logicalName: RELAY, wish: 'reconnect' });
		expect(on).toMatchObject({ verdict: 'done', after: 'closed' });
	});

	it('one by one where the meter takes no lists', async () => {
		const answers = virtual();
		const conversation = new AnsweringConversation((wish) =>
			wish.kind === 'get-list' ? { kind: 'get-list', results: [] } : answers.answer(wish),
		);
		expect(
			await switchRelay(conversation, { logicalName: RELAY, wish: 'disconnect' }),
		).toMatchObject({ verdict: 'done' });
	});

	it('with a lost answer is known by reading it again', async () => {
		const silent = new AnsweringConversation(virtual().answer, { silentAt: 2 });
		expect(await switchRelay(silent, { logicalName: RELAY, wish: 'disconnect' })).toMatchObject({
			...{ verdict: 'done', result: undefined },
		});
		const pulled = new AnsweringConversation(virtual().answer, { losesAnswer: 2 });
		expect(await switchRelay(pulled, { logicalName: RELAY, wish: 'disconnect' })).toMatchObject({
			...{ verdict: 'unknown', after: 'unknown' },
		});
	});

	it('is not tried in a mode that bars it', async () => {
		const meter = new TableMeter({
			'70/0.0.96.3.10/2': build.boolean(true),
			'70/0.0.96.3.10/3': build.enumerated(1),
			'70/0.0.96.3.10/4': build.enumerated(0),
		});
		const conversation = new AnsweringConversation(meter.answer);
		expect(await switchRelay(conversation, { logicalName: RELAY, wish: 'disconnect' })).toEqual({
			refusal: 'mode-bars-it',
		});
		expect(meter.called).toEqual([]);
	});
});

describe('a key change', () => {
	it('is proven by the key before and after', async () => {
		const answers = virtual();
		const conversation = new AnsweringConversation(answers.answer);
		const before = await readStsKey(conversation, STS);
		if ('interrupted' in before) throw new Error('interrupted');
		expect(before).toEqual({
			drn: '12345678903',
			key: { ea: 7, sgc: '201457', ti: 1, krn: 1, kt: 2, ken: 255 },
			keyChangeTokens: before.keyChangeTokens,
		});
		const run = beginKeyRun({
			drn: '12345678903',
			wanted: { ea: 7, sgc: '201457', ti: 2, krn: 1, kt: 2, ken: 255 },
			...{ tokens: 2, rollover: false },
		});
		const begun = takeKeyBefore(run, before);
		if ('refusal' in begun) throw new Error(begun.refusal);
		for (const token of keyChange())
			answers.answer({
				kind: 'action',
				target: { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 },
				parameter: build.octetString(build.asciiOctets(token)),
			});
		const after = await readStsKey(conversation, STS);
		if ('interrupted' in after) throw new Error('interrupted');
		expect(takeKeyAfter(takeSetDelivery(begun.run, 'taken'), after.key).verdict).toBe(
			'changed-as-wanted',
		);
	});

	it('is not known where the meter shows nothing', async () => {
		const none = await readStsKey(new AnsweringConversation(new TableMeter({}).answer), STS);
		expect(none).toEqual({ drn: undefined, key: {}, keyChangeTokens: undefined });
		const conversation = new AnsweringConversation(virtual().answer);
		await conversation.end();
		expect(await readStsKey(conversation, STS)).toMatchObject({ interrupted: { why: 'over' } });
	});
});

describe('an image over a conversation', () => {
	const image = Uint8Array.from({ length: 700 }, (_, at) => at & 0xff);
	const digest = createHash('sha256').update(image).digest('hex');
	const begin = (): ImageRun => {
		const begun = beginImage(
			agreement(),
			IMAGE_OBJECT,
			{ size: image.length, digest, identifier: 'FW' },
			{ labFunction: true },
		);
		if ('refusal' in begun) throw new Error(begun.refusal);
		return begun.run;
	};
	const send = async (
		conversation: AnsweringConversation,
		from: ImageRun,
		timer = new InstantTimer(0),
		signal?: AbortSignal,
	) => {
		let last;
		for await (const report of transferImage(conversation, from, image, {
			timer,
			...(signal && { signal }),
		}))
			last = report;
		if (!last) throw new Error('no report');
		return last;
	};

	it('waits for a person, then runs', async () => {
		const meter = new ImageMeter({ activatePolls: 3 });
		const conversation = new AnsweringConversation(meter.answer);
		const { run } = await send(conversation, begin());
		expect(run.phase).toBe('ready');
		const timer = new InstantTimer(0);
		expect((await send(conversation, activateImage(run), timer)).run.phase).toBe('done');
		expect(timer.waitedMs).toBe(3 * 2000);
	});

	it('survives a pulled cable at every question', async () => {
		for (let at = 1; at < 16; at += 1) {
			const meter = new ImageMeter();
			const broken = await send(
				new AnsweringConversation(meter.answer, { losesAnswer: at }),
				begin(),
			);
			expect(broken.run.stopped).toBe('no-answer');
			const stored = JSON.parse(JSON.stringify(broken.run)) as ImageRun;
			const rest = await send(
				new AnsweringConversation(meter.answer),
				resumeImage(stored, agreement()),
			);
			expect([rest.run.phase, [...meter.image].join()]).toEqual(['ready', [...image].join()]);
		}
	});

	it('is called off between two blocks, and while it waits', async () => {
		const controller = new AbortController();
		const meter = new ImageMeter();
		let blocks = 0;
		const conversation = new AnsweringConversation((wish) => {
			if (wish.kind === 'action' && wish.target.method === 2 && (blocks += 1) === 3)
				controller.abort();
			return meter.answer(wish);
		});
		const { run, interrupted } = await send(
			conversation,
			begin(),
			new InstantTimer(0),
			controller.signal,
		);
		expect(interrupted).toEqual({ why: 'called-off' });
		expect([run.nextBlock, meter.received]).toEqual([3, [0, 1, 2]]);
	});

	it('is digested in pieces, and that can be called off', async () => {
		const timer = new InstantTimer(0);
		expect(await digestOf(image, { timer })).toBe(digest);
		const controller = new AbortController();
		controller.abort();
		expect(await digestOf(image, { timer, signal: controller.signal })).toBeUndefined();
	});
});

describe('a pause', () => {
	it('ends with its time, or when it is called off', async () => {
		const never = { nowMs: () => 0, wakeAt: () => () => undefined };
		const controller = new AbortController();
		const waiting = pause(never, 1000, controller.signal);
		controller.abort();
		await waiting;
		await pause(never, 1000, controller.signal);
		const timer = new InstantTimer(0);
		await pause(timer, 1000, new AbortController().signal);
		expect(timer.ms).toBe(1000);
	});
});
