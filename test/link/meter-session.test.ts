import { describe, expect, it } from 'vitest';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { encodeWrapper, decodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import { connect } from '#lib/link/connect.ts';
import type { ConnectOrder } from '#lib/link/connect-order.ts';
import { answerOn } from '#lib/link/meter-responder.ts';
import { DISCONNECT_MS, RELEASE_MS } from '#lib/link/meter-session.ts';
import { keepsTrack } from '#lib/link/keeps-track.ts';
import type { Transport } from '#lib/link/transport.ts';
import { CutBench, profileWith } from './cut-line.ts';
import { meterLink } from './meter-on-stream.ts';

const get = (classId: number, name: string, attribute = 2): Wish => ({
	kind: 'get',
	target: { classId, logicalName: obis(name), attribute },
});
const SERIAL = get(1, '0.0.96.1.0');
const CREDIT = get(112, '0.0.19.10.0');
const CREDIT_VALUE = { type: 'double-long', value: 500 };

type Framing = 'wrapper' | 'hdlc';

/** A conversation with the virtual meter; `send` is what becomes of what the meter says. */
async function conversationOn(
	bench: CutBench,
	framing: Framing = 'hdlc',
	more: Partial<ConnectOrder> = {},
	send?: (octets: Uint8Array, on: Transport) => Promise<void>,
) {
	const answer = (on: Transport): Promise<void> =>
		answerOn(
			send ? { ...on, send: (octets) => send(octets, on) } : on,
			bench.device.endpoint(meterLink(framing)),
			bench.timer,
		);
	const port = bench.port(framing, {}, answer);
	const outcome = await bench.timer.run(connect(bench.order(port, more)));
	if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome));
	return outcome.conversation;
}

describe('questions', () => {
	it.each(['wrapper', 'hdlc'] as const)('wait their turn over %s', async (framing) => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench, framing);
		const outcomes = await bench.timer.run(
			Promise.all([SERIAL, CREDIT, SERIAL, CREDIT].map((wish) => conversation.ask(wish))),
		);
		const credit = { kind: 'answer', answer: { result: { data: CREDIT_VALUE } } };
		const serial = { kind: 'answer', answer: { result: { data: { type: 'octet-string' } } } };
		expect(outcomes).toMatchObject([serial, credit, serial, credit]);
	});

	it('are taken back while they wait, and not once they are on the line', async () => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench);
		const [first, second] = [new AbortController(), new AbortController()];
		const asked = [
			conversation.ask(SERIAL, first.signal),
			conversation.ask(CREDIT, second.signal),
			conversation.ask(CREDIT),
		];
		// The first is on the line as soon as everybody else has had a turn.
		await bench.timer.pass(0);
		first.abort();
		second.abort();
		const outcomes = await bench.timer.run(Promise.all(asked));
		expect(outcomes[0]).toMatchObject({ kind: 'answer' });
		expect(outcomes[2]).toMatchObject({ answer: { result: { data: CREDIT_VALUE } } });
		expect(await conversation.ask(SERIAL, AbortSignal.abort())).toEqual({
			kind: 'not-sent',
			because: { refused: 'called-off' },
		});
		const late = new AbortController();
		const blocked = [conversation.ask(SERIAL), conversation.ask(SERIAL, late.signal)];
		late.abort();
		expect(await bench.timer.run(Promise.all(blocked))).toMatchObject([
			{ kind: 'answer' },
			{ kind: 'not-sent', because: { refused: 'called-off' } },
		]);
	});

	it('that were not agreed, or cannot be, cost nothing', async () => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench);
		const before = bench.passed.out.octets;
		const tooMany: Wish = {
			kind: 'get-list',
			targets: Array.from({ length: 300 }, () => ({
				classId: 112,
				logicalName: obis('0.0.19.10.0'),
				attribute: 2,
			})),
		};
		await expect(bench.timer.run(conversation.ask(tooMany))).rejects.toThrow(RangeError);
		expect(bench.passed.out.octets).toBe(before);
		expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({ kind: 'answer' });
	});

	it('after the end are not sent', async () => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench);
		const asked = conversation.ask(SERIAL);
		const waiting = conversation.ask(SERIAL);
		await bench.timer.pass(0);
		const ending = conversation.end();
		const over = { kind: 'not-sent', because: { refused: 'over' } };
		expect(await waiting).toEqual(over);
		expect(await conversation.ask(CREDIT)).toEqual(over);
		await bench.timer.run(ending);
		expect(await asked).toMatchObject({ kind: 'answer' });
		expect(await conversation.ask(CREDIT)).toEqual(over);
		await conversation.end();
	});

	it('are not sent where the counters cannot be kept', async () => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench);
		bench.counters.fails = 0;
		const before = bench.passed.out.octets;
		expect(await bench.timer.run(conversation.ask(CREDIT))).toEqual({
			kind: 'not-sent',
			because: { refused: 'over' },
		});
		expect(await conversation.ended).toEqual({ why: 'counters-not-kept' });
		expect(bench.passed.out.octets).toBe(before);
		expect(bench.open).toBe(0);
	});
});

describe('an answer that comes late', () => {
	it('is nobody’s: the outcome is unknown and the conversation over', async () => {
		const bench = new CutBench();
		let delayMs = 0;
		const conversation = await conversationOn(bench, 'wrapper', {}, async (octets, on) => {
			if (delayMs > 0) await bench.timer.sleep(delayMs);
			await on.send(octets);
		});
		delayMs = 10_500;
		const outcomes = await bench.timer.run(
			Promise.all([conversation.ask(SERIAL), conversation.ask(CREDIT)]),
		);
		const end = { why: 'failed', failure: { why: 'link', reason: 'no-answer' } };
		expect(outcomes).toEqual([
			{ kind: 'unknown', because: end },
			{ kind: 'not-sent', because: { refused: 'over' } },
		]);
		expect(await conversation.ended).toEqual(end);
	});

	it('or twice, is not taken for the next one’s', async () => {
		const PLAIN = profileWith({ client: 17, mechanism: 'low', security: 'none' });
		const secrets = { secret: Uint8Array.from('12345678', (each) => each.charCodeAt(0)) };
		for (const order of [{}, { profile: PLAIN, secrets }]) {
			const bench = new CutBench();
			let twice = false;
			const conversation = await conversationOn(bench, 'wrapper', order, async (octets, on) => {
				await on.send(octets);
				if (!twice) return;
				twice = false;
				await bench.timer.sleep(1);
				await on.send(octets);
			});
			twice = true;
			const asking = conversation.ask(SERIAL).then(async (first) => [
				first,
				// On the line when the first answer comes again.
				await conversation.ask(CREDIT),
			]);
			const [first, second] = await bench.timer.run(asking);
			expect(first).toMatchObject({ answer: { result: { data: { type: 'octet-string' } } } });
			// Ours came first, or a stranger did: never somebody else's as ours.
			if (second?.kind === 'answer')
				expect(second).toMatchObject({ answer: { result: { data: CREDIT_VALUE } } });
			else expect(second).toMatchObject({ kind: 'unknown' });
		}
	});

	it('ends the conversation where it shows itself on the next question', async () => {
		const bench = new CutBench();
		const PLAIN = profileWith({ client: 17, mechanism: 'low', security: 'none' });
		let held: Uint8Array | undefined;
		let hold = false;
		const conversation = await conversationOn(
			bench,
			'wrapper',
			{ profile: PLAIN, secrets: { secret: new TextEncoder().encode('12345678') } },
			async (octets, on) => {
				// The meter answers each question with the answer to the one before.
				const late = held;
				held = octets;
				await on.send(hold && late ? late : octets);
			},
		);
		await bench.timer.run(conversation.ask(SERIAL));
		hold = true;
		const outcomes = await bench.timer.run(
			Promise.all([conversation.ask(CREDIT), conversation.ask(SERIAL)]),
		);
		expect(outcomes).toEqual([
			{
				kind: 'unknown',
				because: { why: 'failed', failure: { why: 'breach', code: 'other-invoke-id' } },
			},
			{ kind: 'not-sent', because: { refused: 'over' } },
		]);
	});
});

describe('an answer that is none', () => {
	const exception = encodeWrapper({ source: 1, destination: 1, apdu: Uint8Array.of(0xd8, 1, 2) });
	const rubbish = (octets: Uint8Array): Uint8Array => {
		const frame = decodeWrapper(octets);
		return encodeWrapper({ ...frame, apdu: new Uint8Array(20).fill(0xc4) });
	};

	it('costs one question and not the conversation', async () => {
		for (const [wrong, why] of [
			[() => exception, 'exception'],
			[rubbish, 'breach'],
		] as const) {
			const bench = new CutBench();
			let spoil = false;
			const conversation = await conversationOn(bench, 'wrapper', {}, (octets, on) => {
				const sent = spoil ? wrong(octets) : octets;
				spoil = false;
				return on.send(sent);
			});
			spoil = true;
			const outcomes = await bench.timer.run(
				Promise.all([conversation.ask(SERIAL), conversation.ask(CREDIT)]),
			);
			expect(outcomes).toMatchObject([
				{ kind: 'unknown', because: { why: 'failed', failure: { why } } },
				{ kind: 'answer', answer: { result: { data: CREDIT_VALUE } } },
			]);
		}
	});

	it('leaves the track where answers have numbers, and where it is certainly this one’s', () => {
		const link = { why: 'link', reason: 'lost' } as const;
		expect(keepsTrack(link, false)).toBe(false);
		expect(keepsTrack({ why: 'key-used-up' }, false)).toBe(false);
		expect(keepsTrack({ why: 'empty-answer' }, false)).toBe(true);
		expect(keepsTrack({ why: 'empty-answer' }, true)).toBe(false);
		expect(keepsTrack({ why: 'breach', code: 'unknown-kind' }, false)).toBe(true);
		expect(keepsTrack({ why: 'breach', code: 'unknown-kind' }, true)).toBe(false);
		expect(keepsTrack({ why: 'breach', code: 'block-out-of-order' }, false)).toBe(false);
		expect(keepsTrack({ why: 'not-secure', refusal: 'replayed' }, false)).toBe(false);
	});
});

describe('an idle meter', () => {
	const TEN_MINUTES = 600_000;

	it('hears from us, so that it does not forget us', async () => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench);
		const before = bench.passed.out.frames;
		await bench.timer.pass(TEN_MINUTES + 1);
		expect(bench.passed.out.frames - before).toBe(TEN_MINUTES / 25_000);
		expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({ kind: 'answer' });
	});

	it('forgets us where we are told to leave it alone', async () => {
		const bench = new CutBench();
		const conversation = await conversationOn(bench, 'hdlc', { keepAlive: 'none' });
		await bench.timer.pass(TEN_MINUTES);
		expect(await bench.timer.run(conversation.ask(CREDIT))).toEqual({
			kind: 'unknown',
			because: { why: 'failed', failure: { why: 'link', reason: 'lost' } },
		});
	});

	it('is asked something harmless where only a question counts', async () => {
		for (const framing of ['wrapper', 'hdlc'] as const) {
			const bench = new CutBench();
			const conversation = await conversationOn(bench, framing, {
				keepAlive: { afterMs: 60_000, by: 'question' },
			});
			const before = bench.passed.in.octets;
			await bench.timer.pass(TEN_MINUTES + 1);
			expect(bench.passed.in.octets).toBeGreaterThan(before + 10 * 20);
			expect(await bench.timer.run(conversation.ask(CREDIT))).toMatchObject({ kind: 'answer' });
		}
	});

	it('that does not answer a sign of life is gone, and the port closed', async () => {
		const bench = new CutBench();
		let deaf = false;
		const conversation = await conversationOn(bench, 'hdlc', {}, (octets, on) =>
			deaf ? Promise.resolve() : on.send(octets),
		);
		deaf = true;
		expect(await bench.timer.run(conversation.ended)).toEqual({
			why: 'failed',
			failure: { why: 'link', reason: 'no-answer' },
		});
		expect(bench.open).toBe(0);
	});
});

describe('leaving', () => {
	it.each(['wrapper', 'hdlc'] as const)(
		'does not wait for ever for a meter that is not there over %s',
		async (framing) => {
			const bench = new CutBench();
			let deaf = false;
			const conversation = await conversationOn(bench, framing, {}, (octets, on) =>
				deaf ? Promise.resolve() : on.send(octets),
			);
			deaf = true;
			const startMs = bench.timer.nowMs();
			await bench.timer.run(conversation.end());
			expect(await conversation.ended).toEqual({ why: 'released' });
			expect(bench.timer.nowMs() - startMs).toBeLessThanOrEqual(RELEASE_MS + DISCONNECT_MS);
			expect(bench.open).toBe(0);
		},
	);

	it('ends the link of a meter that refuses to be released', async () => {
		const bench = new CutBench();
		let refuse = false;
		const conversation = await conversationOn(bench, 'wrapper', {}, (octets, on) =>
			on.send(
				refuse
					? encodeWrapper({ source: 1, destination: 1, apdu: Uint8Array.of(0xd8, 1, 2) })
					: octets,
			),
		);
		refuse = true;
		const startMs = bench.timer.nowMs();
		await bench.timer.run(conversation.end());
		expect(bench.timer.nowMs()).toBe(startMs);
	});
});
