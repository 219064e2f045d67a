import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { encodeTokenParameter } from '#lib/core/dlms/profile/meter-profile.ts';
import { decideDelivery, type DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import type { Delivery, TokenPhase } from '#lib/core/field/delivery/delivery.ts';
import { parseDelivery } from '#lib/core/field/delivery/parse-delivery.ts';
import { decideToken, goOn } from '#lib/core/field/delivery/person-decides.ts';
import { planDelivery } from '#lib/core/field/delivery/plan-delivery.ts';
import type { QueuedToken } from '#lib/core/field/delivery/queued-token.ts';
import { MAX_READINGS, MAX_SENDS } from '#lib/core/field/delivery/settle-token.ts';
import {
	type EnterOutcome,
	takeEnter,
	takeReading,
	takeReconnection,
} from '#lib/core/field/delivery/take-outcome.ts';
import { statusOf } from '#lib/core/field/delivery/token-status.ts';
import { bitsToDigits } from '#lib/core/sts/token-number.ts';
import { insertClass } from '#lib/core/sts/transposition.ts';
import { FakeGateway, type Habits } from './fake-gateway.ts';

const digitsOf = (number: number, tokenClass: 0 | 1 | 2 = 0): string =>
	bitsToDigits(insertClass(tokenClass, { high: number, low: number }));
const QUEUE: QueuedToken[] = [1, 2, 3].map((number) => ({
	digits: digitsOf(number),
	kind: 'credit',
}));

function planned(queue: readonly QueuedToken[] = QUEUE): Delivery {
	const profile = { tokenGateway: obis('0.0.19.40.0.255'), tokenEncoding: 'ascii-20' } as const;
	const plan = planDelivery('meter', profile, queue);
	if ('refused' in plan) throw new Error(JSON.stringify(plan));
	return plan.delivery;
}

/** What becomes of a token that goes out. */
type Fate = 'answered' | 'lost-before' | 'lost-after' | 'not-sent' | 'denied' | 'other-reason';

function send(gateway: FakeGateway, digits: string, fate: Fate): EnterOutcome {
	if (fate === 'not-sent') return { kind: 'not-sent', lasting: false };
	if (fate === 'denied') return { kind: 'denied', result: 3 };
	if (fate === 'lost-before') return { kind: 'unknown' };
	const parameter = encodeTokenParameter(digits, 'ascii-20');
	if (parameter.type !== 'octet-string') throw new Error(parameter.type);
	const returned = gateway.enter(parameter.value);
	if (fate === 'lost-after') return { kind: 'unknown' };
	if (fate === 'other-reason') return { kind: 'denied', result: 250 };
	return { kind: 'entered', status: statusOf(returned) ?? null };
}

interface Run {
	readonly delivery: Delivery;
	readonly wish: DeliveryWish;
	readonly wishes: readonly DeliveryWish[];
}

/** Runs until nothing is left to do; `fates` are those of the tokens as they go out. */
function run(
	gateway: FakeGateway,
	begin: Delivery,
	fates: readonly Fate[] = [],
	reload = false,
): Run {
	let delivery = begin;
	const wishes: DeliveryWish[] = [];
	let sent = 0;
	for (let steps = 0; steps < 1000; steps += 1) {
		const step = decideDelivery(delivery);
		const { wish } = step;
		wishes.push(wish);
		delivery = reload ? reloaded(step.delivery) : step.delivery;
		if (wish.do === 'read') delivery = takeReading(delivery, gateway.reading());
		else if (wish.do === 'enter') {
			const fate = fates[sent] ?? 'answered';
			sent += 1;
			const outcome = send(gateway, delivery.tokens[wish.index]?.digits ?? '', fate);
			// A reload in the middle of it all: only what was stored is known.
			delivery =
				reload && fate !== 'answered'
					? takeReconnection(reloaded(delivery))
					: takeEnter(delivery, outcome);
		} else return { delivery, wish, wishes };
	}
	throw new Error('the delivery does not come to an end');
}

function reloaded(delivery: Delivery): Delivery {
	const parsed = parseDelivery(JSON.parse(JSON.stringify(delivery)));
	if ('refused' in parsed) throw new Error(JSON.stringify(parsed));
	return parsed;
}

const phases = ({ tokens }: Delivery): TokenPhase[] => tokens.map(({ state }) => state.phase);
const HABITS: readonly Partial<Habits>[] = [
	{},
	{ returns: 'nothing' },
	{ returns: 'nothing', shows: 1 },
	{ returns: 'received', thinks: [8, 0, 1, 2] },
	{ returns: 'nothing', thinks: [8, 8, 8] },
	{ returns: 'nothing', tellsTime: false },
	{ returns: 'received', thinks: [0], tellsToken: false },
	{ tellsToken: false, tellsTime: false },
];

describe('a delivery', () => {
	it.each(HABITS)('comes to an end with a meter that has the habits %j', (habits) => {
		const gateway = new FakeGateway(habits);
		const { delivery, wish } = run(gateway, planned());
		expect(wish).toEqual({ do: 'done' });
		expect(phases(delivery)).toEqual(['accepted', 'accepted', 'accepted']);
		expect([...gateway.got.values()]).toEqual([1, 1, 1]);
	});

	it('reads the gateway before the first token, and after the last one', () => {
		const { wishes, delivery } = run(new FakeGateway(), planned());
		expect(wishes.map((wish) => wish.do)).toEqual([
			...['read', 'enter', 'read', 'enter', 'read', 'enter', 'read', 'done'],
		]);
		expect(delivery.tokens[0]).toMatchObject({
			state: { before: { credit: 0 }, after: { credit: 100 } },
		});
		expect(delivery.tokens[2]).toMatchObject({
			state: { before: { credit: 200 }, after: { credit: 300 } },
		});
	});

	it('asks a meter that thinks once a second, and a person after a minute', () => {
		const gateway = new FakeGateway({ returns: 'received', thinks: Array(100).fill(8) });
		const { wish, wishes, delivery } = run(gateway, planned());
		expect(wish).toEqual({ do: 'ask-person', index: 0, why: 'no-final-status' });
		const reads = wishes.filter((each) => each.do === 'read');
		expect(reads).toHaveLength(1 + MAX_READINGS);
		expect(reads.slice(2).every((each) => each.do === 'read' && each.afterMs === 1000)).toBe(true);
		expect([...gateway.got.values()]).toEqual([1]);
		const again = run(gateway, decideToken(delivery, 'look-again'));
		expect(phases(again.delivery)).toEqual(['accepted', 'undecided', 'waiting']);
	});

	it('does not believe a status that may be of the token before', () => {
		const gateway = new FakeGateway({ returns: 'nothing' });
		const { wishes } = run(gateway, planned());
		// The second accepted token reads as the first one did, and is read twice.
		expect(wishes.map((wish) => wish.do)).toEqual([
			...['read', 'enter', 'read', 'enter', 'read', 'read', 'enter', 'read', 'read', 'done'],
		]);
	});

	it('tells a refusal by its stage', () => {
		for (const [code, stage] of [
			[4, 'format'],
			[5, 'authentication'],
			[6, 'validation'],
			[7, 'execution'],
		] as const)
			for (const habits of HABITS.slice(0, 6)) {
				const gateway = new FakeGateway(habits, new Map([[digitsOf(1), code]]));
				const { delivery } = run(gateway, planned());
				expect(delivery.tokens[0]?.state).toMatchObject({ phase: 'refused', stage });
			}
	});

	it('asks a person about a status that the standard does not have', () => {
		const gateway = new FakeGateway({}, new Map([[digitsOf(1), 77]]));
		const { wish } = run(gateway, planned());
		expect(wish).toEqual({ do: 'ask-person', index: 0, why: 'status-not-known' });
	});

	it('ends where the gateway does not even begin', () => {
		const { delivery, wish } = run(new FakeGateway(), planned(), ['denied']);
		expect(wish).toEqual({ do: 'stop', why: 'gateway-refuses' });
		expect(delivery.tokens[0]?.state).toEqual({
			phase: 'not-taken',
			result: 'read-write-denied',
		});
		expect(phases(delivery)).toEqual(['not-taken', 'waiting', 'waiting']);
	});

	it('reads back where the gateway says that something went wrong on the way', () => {
		const gateway = new FakeGateway();
		const { delivery } = run(gateway, planned(), ['other-reason']);
		expect(phases(delivery)).toEqual(['accepted', 'accepted', 'accepted']);
		expect([...gateway.got.values()]).toEqual([1, 1, 1]);
	});

	it('stops where our own side cannot send, and counts nothing', () => {
		const step = decideDelivery(takeReading(planned(), new FakeGateway().reading()));
		const stopped = takeEnter(step.delivery, { kind: 'not-sent', lasting: true });
		expect(decideDelivery(stopped).wish).toEqual({ do: 'stop', why: 'cannot-send' });
		expect(stopped.tokens[0]).toMatchObject({ sends: 0, state: { phase: 'waiting' } });
		expect(decideDelivery(goOn(stopped)).wish).toEqual({ do: 'enter', index: 0 });
	});

	it('is a slip to tell it of a token that nobody sent', () => {
		expect(() => takeEnter(planned(), { kind: 'unknown' })).toThrow(TypeError);
		expect(() => decideToken(planned(), 'leave')).toThrow(TypeError);
	});
});

describe('a lost answer', () => {
	const habits = fc.constantFrom(...HABITS.slice(0, 6));
	const fate = fc.constantFrom<Fate>(
		...(['answered', 'lost-before', 'lost-after', 'not-sent', 'other-reason'] as const),
	);

	it('never sends a token twice that has arrived, and never leaves a verdict untrue', () => {
		fc.assert(
			fc.property(habits, fc.array(fate, { maxLength: 9 }), fc.boolean(), (how, fates, reload) => {
				const gateway = new FakeGateway(how, new Map([[digitsOf(2), 6]]));
				const { delivery, wish } = run(gateway, planned(), fates, reload);
				expect(Math.max(0, ...gateway.got.values())).toBeLessThanOrEqual(1);
				for (const { digits, state, sends } of delivery.tokens) {
					const got = gateway.got.has(digits);
					if (state.phase === 'accepted') expect(got && digits !== digitsOf(2)).toBe(true);
					if (state.phase === 'refused') expect(got && digits === digitsOf(2)).toBe(true);
					if (state.phase === 'undecided')
						expect([state.why, got, sends]).toEqual(['never-arrives', false, MAX_SENDS]);
				}
				if (wish.do === 'done')
					expect(phases(delivery)).toEqual(['accepted', 'refused', 'accepted']);
				else expect(wish).toMatchObject({ do: 'ask-person', why: 'never-arrives' });
			}),
			{ numRuns: 500 },
		);
	});

	it('is for a person where the meter does not tell which token it has', () => {
		for (const fate of ['lost-before', 'lost-after'] as const) {
			const gateway = new FakeGateway({ tellsToken: false });
			const { delivery, wish } = run(gateway, planned(), [fate]);
			expect(wish).toEqual({ do: 'ask-person', index: 0, why: 'token-not-told' });
			const again = run(gateway, decideToken(delivery, 'send-again'));
			expect(again.wish).toEqual({ do: 'done' });
			// The meter says "used" where it had it, and that is what is told.
			expect(again.delivery.tokens[0]).toMatchObject({
				again: true,
				sends: 2,
				state: { phase: fate === 'lost-after' ? 'refused' : 'accepted' },
			});
			const left = run(gateway, decideToken(delivery, 'leave'));
			expect(left.delivery.tokens[0]?.state).toEqual({ phase: 'left' });
		}
	});

	it('is for a person where somebody else has been at the meter', () => {
		const gateway = new FakeGateway();
		let delivery = takeReading(planned(), gateway.reading());
		({ delivery } = decideDelivery(delivery));
		delivery = takeEnter(delivery, { kind: 'unknown' });
		gateway.enter(Uint8Array.from(digitsOf(99), (each) => each.charCodeAt(0)));
		delivery = takeReading(decideDelivery(delivery).delivery, gateway.reading());
		expect(decideDelivery(delivery).wish).toMatchObject({ why: 'another-token-since' });
	});

	it('and a token the meter took in, with another one on top of it', () => {
		const gateway = new FakeGateway({ returns: 'received', thinks: [8, 8] });
		let delivery = takeReading(planned(), gateway.reading());
		({ delivery } = decideDelivery(delivery));
		delivery = takeEnter(delivery, send(gateway, digitsOf(1), 'answered'));
		gateway.enter(Uint8Array.from(digitsOf(99), (each) => each.charCodeAt(0)));
		delivery = takeReading(delivery, gateway.reading());
		expect(delivery.tokens[0]?.state).toMatchObject({
			phase: 'undecided',
			why: 'another-token-since',
			landed: true,
		});
	});

	it('after a reload in the middle of sending is read back first', () => {
		const { delivery } = decideDelivery(takeReading(planned(), new FakeGateway().reading()));
		expect(phases(delivery)).toEqual(['entering', 'waiting', 'waiting']);
		const step = decideDelivery(takeReconnection(reloaded(delivery)));
		expect(step.wish).toEqual({ do: 'read', afterMs: 0 });
		expect(phases(step.delivery)).toEqual(['unknown', 'waiting', 'waiting']);
	});
});

describe('the stop rule', () => {
	const stop = (
		queue: readonly QueuedToken[],
		verdicts: readonly (readonly [string, number])[],
	) => {
		const gateway = new FakeGateway({}, new Map(verdicts));
		const { delivery, wish } = run(gateway, planned(queue));
		return [wish.do === 'stop' ? wish.why : wish.do, phases(delivery).join()];
	};
	const [a, b, c] = QUEUE.map(({ digits }) => digits) as [string, string, string];

	it.each([
		[4, 'gateway-refuses'],
		[5, 'not-authentic'],
		[7, 'not-carried-out'],
	] as const)('ends the queue after status %i', (code, why) => {
		expect(stop(QUEUE, [[a, code]])).toEqual([why, 'refused,waiting,waiting']);
	});

	it('goes on after one that is used or old, and not into the third in a row', () => {
		expect(stop(QUEUE, [[a, 6]])).toEqual(['done', 'refused,accepted,accepted']);
		expect(
			stop(QUEUE, [
				[a, 6],
				[c, 6],
			]),
		).toEqual(['done', 'refused,accepted,refused']);
		expect(
			stop(QUEUE, [
				[a, 6],
				[b, 6],
			]),
		).toEqual(['refused-in-a-row', 'refused,refused,waiting']);
	});

	it('holds the rest back after any refused section, and leaves the set out when told to go on', () => {
		const set: QueuedToken[] = [11, 12].map((number, index) => ({
			digits: digitsOf(number, 2),
			kind: 'key-change',
			set: 'v',
			place: index + 1,
		}));
		const queue = [...set, ...QUEUE.slice(0, 1)];
		for (const code of [5, 6, 7])
			expect(stop(queue, [[digitsOf(11, 2), code]])).toEqual([
				'key-change-refused',
				'refused,waiting,waiting',
			]);
		const gateway = new FakeGateway({}, new Map([[digitsOf(11, 2), 5]]));
		const { delivery } = run(gateway, planned(queue));
		expect(phases(run(gateway, goOn(delivery)).delivery)).toEqual(['refused', 'left', 'accepted']);
	});

	it('does not mind a test for any meter', () => {
		const test: QueuedToken = { digits: digitsOf(5, 1), kind: 'engineering' };
		expect(stop([test, ...QUEUE], [[test.digits, 7]])).toEqual([
			'done',
			'refused,accepted,accepted,accepted',
		]);
	});

	it('holds back what follows a section that a person has left', () => {
		const section: QueuedToken = { digits: digitsOf(11, 2), kind: 'key-change' };
		const gateway = new FakeGateway({ tellsToken: false });
		const { delivery } = run(gateway, planned([section, ...QUEUE]), ['lost-before']);
		const left = decideToken(delivery, 'leave');
		expect(decideDelivery(left).wish).toEqual({ do: 'stop', why: 'key-change-refused' });
	});
});

describe('a stored delivery', () => {
	it('reads back as it was, at every step', () => {
		for (const habits of HABITS)
			for (const fates of [[], ['lost-after', 'lost-before'], ['other-reason']] as Fate[][]) {
				const gateway = new FakeGateway(habits);
				const { delivery } = run(gateway, planned(), fates);
				expect(reloaded(delivery)).toEqual(delivery);
			}
	});

	it('is refused by name where this version does not know it', () => {
		const good = JSON.parse(JSON.stringify(planned())) as Record<string, unknown>;
		const tokens = good['tokens'] as Record<string, unknown>[];
		const first = (changes: Record<string, unknown>) => [
			{ ...tokens[0], ...changes },
			...tokens.slice(1),
		];
		const before = new FakeGateway().reading();
		const unknown = { phase: 'unknown', before, readings: 0, absent: false };
		expect(parseDelivery(good)).toEqual(planned());
		for (const [json, refusal] of [
			[undefined, { refused: 'not-a-delivery' }],
			['text', { refused: 'not-a-delivery' }],
			[[], { refused: 'not-a-delivery' }],
			[{}, { refused: 'not-a-delivery' }],
			[
				{ ...good, version: 2 },
				{ refused: 'version', found: 2 },
			],
			[
				{ ...good, version: 1, more: 1 },
				{ refused: 'field', path: 'more' },
			],
			[
				{ ...good, encoding: 'utf-8' },
				{ refused: 'field', path: 'encoding' },
			],
			[
				{ ...good, tokens: [] },
				{ refused: 'field', path: 'tokens' },
			],
			[
				{ ...good, meter: '' },
				{ refused: 'field', path: 'meter' },
			],
			[
				{ ...good, tokens: first({ digits: '12' }) },
				{ refused: 'field', path: 'tokens.0.digits' },
			],
			[
				{ ...good, tokens: first({ sends: -1 }) },
				{ refused: 'field', path: 'tokens.0.sends' },
			],
			[
				{ ...good, tokens: first({ state: { phase: 'dreaming' } }) },
				{ refused: 'field', path: 'tokens.0.state.phase' },
			],
			[
				{ ...good, tokens: first({ state: { ...unknown, before: { ...before, token: 'xy' } } }) },
				{ refused: 'field', path: 'tokens.0.state.before.token' },
			],
			[
				{ ...good, tokens: tokens.map((token) => ({ ...token, state: unknown })) },
				{ refused: 'contradiction' },
			],
			[{ ...good, tokens: [tokens[0], tokens[0]] }, { refused: 'contradiction' }],
		] as const)
			expect(parseDelivery(json)).toEqual(refusal);
	});

	it('never throws, whatever is stored', () => {
		const text = JSON.stringify(planned());
		fc.assert(
			fc.property(
				fc.nat(text.length - 1),
				fc.nat(text.length - 1),
				fc.jsonValue(),
				(a, b, value) => {
					expect(() => parseDelivery(value)).not.toThrow();
					const [from, to] = [Math.min(a, b), Math.max(a, b)];
					let json: unknown;
					try {
						json = JSON.parse(text.slice(0, from) + text.slice(to));
					} catch {
						return;
					}
					expect(() => parseDelivery(json)).not.toThrow();
				},
			),
		);
	});
});
