import { describe, expect, it } from 'vitest';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import type { DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import type { Delivery } from '#lib/core/field/delivery/delivery.ts';
import type { QueuedToken } from '#lib/core/field/delivery/queued-token.ts';
import { bitsToDigits } from '#lib/core/sts/token-number.ts';
import { TOKEN_ENCODINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import type { AskOutcome } from '#lib/link/conversation.ts';
import { type DeliverOrder, deliverTokens } from '#lib/link/deliver-tokens.ts';
import { FakeGateway } from '../core/field/delivery/fake-gateway.ts';
import { profileWith } from './cut-line.ts';
import { METER, planned, reloaded } from './delivery-bench.ts';
import { FakeConversation } from './fake-conversation.ts';
import { VirtualTimer } from './virtual-timer.ts';

const QUEUE: QueuedToken[] = [1, 2].map((high) => ({
	digits: bitsToDigits({ top: 0, rest: { high, low: 0 } }),
	kind: 'credit',
}));
const [FIRST, SECOND] = QUEUE.map(({ digits }) => digits) as [string, string];

const exception: AskOutcome = {
	kind: 'unknown',
	because: {
		why: 'failed',
		failure: { why: 'exception', state: 'service-not-allowed', service: 'other-reason' },
	},
};
const gone: AskOutcome = { kind: 'unknown', because: { why: 'fault', fault: 'unplugged' } };

/** A run over a conversation, on a clock of its own. */
function run(conversation: FakeConversation, more: Partial<DeliverOrder> = {}) {
	const timer = new VirtualTimer(1_000_000);
	const stored: string[] = [];
	const wishes: DeliveryWish['do'][] = [];
	const work = deliverTokens({
		delivery: planned(QUEUE),
		conversation,
		meter: METER,
		timer,
		keep: (state) => {
			stored.push(JSON.stringify(state));
			return Promise.resolve();
		},
		progress: (_, wish) => wishes.push(wish.do),
		...more,
	});
	return timer.run(work).then((delivered) => ({ delivered, stored, wishes, timer }));
}

const phases = ({ tokens }: Delivery) => tokens.map(({ state }) => state.phase);
const isEnter = ({ kind }: Wish): boolean => kind === 'action';

describe('a delivery over a conversation', () => {
	it('polls a meter that thinks, and one that returns nothing', async () => {
		for (const habits of [
			{ returns: 'received', thinks: [8, 0, 1, 2] },
			{ returns: 'nothing', thinks: [8, 8], shows: 1 },
			{ returns: 'nothing' },
		] as const) {
			const gateway = new FakeGateway(habits);
			const { delivered, timer } = await run(new FakeConversation(gateway));
			expect(delivered.ended).toBe('done');
			expect(phases(delivered.delivery)).toEqual(['accepted', 'accepted']);
			expect([...gateway.got.values()]).toEqual([1, 1]);
			expect(timer.nowMs()).toBeLessThan(1_000_000 + 12_000);
		}
	});

	it.each(TOKEN_ENCODINGS)('sends %s and nothing else, whatever happens', async (encoding) => {
		const profile = profileWith({ tokenEncoding: encoding });
		const gateway = new FakeGateway();
		const conversation = new FakeConversation(gateway, (wish, index) =>
			isEnter(wish) && index < 5 ? exception : undefined,
		);
		await run(conversation, { delivery: planned(QUEUE, profile) });
		const length = { 'ascii-20': 20, 'bcd-10': 10, 'binary-9': 9 }[encoding];
		const sent = conversation.asked.filter(isEnter);
		expect(sent.length).toBeGreaterThan(2);
		for (const wish of sent)
			expect(wish).toMatchObject({ parameter: { type: 'octet-string', value: { length } } });
		expect([...gateway.got.keys()]).toEqual([FIRST, SECOND]);
	});

	it('reads back after an exception, and asks a person where the token never arrives', async () => {
		const gateway = new FakeGateway();
		const conversation = new FakeConversation(gateway, (wish) =>
			isEnter(wish) ? exception : undefined,
		);
		const { delivered } = await run(conversation);
		expect(delivered).toMatchObject({ ended: 'ask-person', index: 0, why: 'never-arrives' });
		expect(conversation.asked.filter(isEnter)).toHaveLength(3);
	});

	it('keeps what it does not know when the line breaks, and is read back by the next run', async () => {
		const gateway = new FakeGateway();
		const broken: FakeConversation = new FakeConversation(gateway, (wish) => {
			if (!isEnter(wish)) return undefined;
			broken.answer(wish);
			broken.over = true;
			return gone;
		});
		const first = await run(broken);
		expect(first.delivered).toMatchObject({ ended: 'interrupted', because: gone });
		const disk = first.stored.at(-1) ?? '';
		expect(phases(JSON.parse(disk) as Delivery)).toEqual(['unknown', 'waiting']);
		const second = await run(new FakeConversation(gateway), { delivery: reloaded(disk) });
		expect(second.delivered.ended).toBe('done');
		expect([...gateway.got.values()]).toEqual([1, 1]);
	});

	it('does not believe what an earlier connection has seen', async () => {
		const gateway = new FakeGateway();
		const seen = gateway.reading();
		gateway.enter(Uint8Array.from('77777777777777777777', (each) => each.charCodeAt(0)));
		const { wishes, delivered } = await run(new FakeConversation(gateway), {
			delivery: { ...planned(QUEUE), seen },
		});
		expect(wishes[0]).toBe('read');
		expect(delivered.delivery.tokens[0]).toMatchObject({ state: { before: { credit: 100 } } });
	});

	it('sends nothing where it cannot store', async () => {
		const conversation = new FakeConversation(new FakeGateway());
		const { delivered } = await run(conversation, {
			keep: () => Promise.reject(new Error('the disk is full')),
		});
		expect(delivered.ended).toBe('not-kept');
		expect(phases(delivered.delivery)).toEqual(['waiting', 'waiting']);
		expect(conversation.asked.filter(isEnter)).toEqual([]);
	});

	it('stops where this access may not call a method', async () => {
		for (const [refused, lasting] of [
			['not-agreed', true],
			['too-long', true],
			['called-off', false],
		] as const) {
			const outcome: AskOutcome =
				refused === 'not-agreed'
					? { kind: 'not-sent', because: { refused, bits: ['action'] } }
					: { kind: 'not-sent', because: { refused } };
			const conversation = new FakeConversation(new FakeGateway(), (wish) =>
				isEnter(wish) ? outcome : undefined,
			);
			const { delivered } = await run(conversation);
			if (lasting) expect(delivered).toMatchObject({ ended: 'stopped', why: 'cannot-send' });
			else expect(delivered).toMatchObject({ ended: 'called-off' });
			expect(delivered.delivery.tokens[0]).toMatchObject({ sends: 0, state: { phase: 'waiting' } });
		}
	});

	it('is called off between two steps, and never between a token and its outcome', async () => {
		for (let at = 0; at < 6; at += 1) {
			const gateway = new FakeGateway();
			const calledOff = new AbortController();
			let steps = 0;
			const { delivered } = await run(new FakeConversation(gateway), {
				signal: calledOff.signal,
				progress: () => {
					if (steps === at) calledOff.abort();
					steps += 1;
				},
			});
			for (const { state, digits } of delivered.delivery.tokens) {
				expect(['waiting', 'accepted']).toContain(state.phase);
				expect(gateway.got.has(digits)).toBe(state.phase === 'accepted');
			}
			// The steps are: read, enter, read, enter, a last read, done.
			expect(delivered.ended).toBe(at < 4 ? 'called-off' : 'done');
		}
	});

	it('ends a pause when it is called off', async () => {
		const calledOff = new AbortController();
		const gateway = new FakeGateway({ returns: 'received', thinks: [8, 8, 8, 8] });
		const { delivered, timer } = await run(new FakeConversation(gateway), {
			signal: calledOff.signal,
			progress: ({ tokens }) => {
				const state = tokens[0]?.state;
				if (state?.phase === 'pending' && state.readings === 2)
					queueMicrotask(() => calledOff.abort());
			},
		});
		expect(delivered.ended).toBe('called-off');
		expect(timer.nowMs()).toBeLessThan(1_000_000 + 3000);
		expect(phases(delivered.delivery)[0]).toBe('pending');
	});

	it('is done though the last reading is lost', async () => {
		const reads = { seen: 0 };
		const conversation: FakeConversation = new FakeConversation(new FakeGateway(), (wish) => {
			if (isEnter(wish)) return undefined;
			reads.seen += 1;
			if (reads.seen < 3) return undefined;
			conversation.over = true;
			return gone;
		});
		const { delivered } = await run(conversation);
		expect(delivered.ended).toBe('done');
		expect(delivered.delivery.tokens[1]).toMatchObject({ state: { after: null } });
	});
});
