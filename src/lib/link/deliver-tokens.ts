/**
 * Carries out a delivery over a conversation: reads, stores, sends, in the order the state machine wants.
 *
 * Always holds: every state is kept before the wish that follows from it goes out; what was sent and not
 * answered comes back as `unknown`, whatever broke.
 */
import { codeOf, ACTION_RESULTS } from '#lib/core/dlms/apdu/results.ts';
import type { ActionOutcome } from '#lib/core/dlms/apdu/action.ts';
import { encodeTokenParameter } from '#lib/core/dlms/profile/meter-profile.ts';
import { decideDelivery, type DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import type {
	Delivery,
	DeliveryToken,
	StopReason,
	Undecided,
} from '#lib/core/field/delivery/delivery.ts';
import { gatewayReadingOf, gatewayTargets } from '#lib/core/field/delivery/gateway-reading.ts';
import {
	type EnterOutcome,
	takeEnter,
	takeReading,
	takeReconnection,
} from '#lib/core/field/delivery/take-outcome.ts';
import { statusOf } from '#lib/core/field/delivery/token-status.ts';
import type { AskOutcome, Conversation } from './conversation.ts';
import { type Interruption, isRead, readAttributes } from './read-attributes.ts';
import type { Timer } from './transport.ts';

export interface DeliverOrder {
	readonly delivery: Delivery;
	readonly conversation: Conversation;
	/** Which meter the conversation is with, as the delivery names it. */
	readonly meter: string;
	readonly timer: Timer;
	/** Stores a state; resolves once it outlives us. */
	readonly keep: (delivery: Delivery) => Promise<void>;
	/** Hears every state and what is done next. */
	readonly progress?: (delivery: Delivery, wish: DeliveryWish) => void;
	/** Ends it between two steps; a token on the line is waited for. */
	readonly signal?: AbortSignal;
}

/** How a run ended. `delivery` is what is known by then; nothing in it is lost by beginning again with it. */
export type Delivered = { readonly delivery: Delivery } & (
	| { readonly ended: 'done' }
	| { readonly ended: 'stopped'; readonly why: StopReason }
	| { readonly ended: 'ask-person'; readonly index: number; readonly why: Undecided }
	/** The conversation is over: connect again and go on. */
	| { readonly ended: 'interrupted'; readonly because: Interruption }
	| { readonly ended: 'called-off' }
	/** The state could not be stored, so that nothing more was sent. */
	| { readonly ended: 'not-kept' }
	/** The conversation is with another meter than the delivery. */
	| { readonly ended: 'other-meter' }
);

/** Runs a delivery until it is done, or until something or somebody else is needed. Rejects for slips only. */
export async function deliverTokens(order: DeliverOrder): Promise<Delivered> {
	if (order.meter !== order.delivery.meter)
		return { delivery: order.delivery, ended: 'other-meter' };
	let kept = order.delivery;
	let delivery = takeReconnection(order.delivery);
	for (;;) {
		const step = decideDelivery(delivery);
		if (step.delivery !== kept && !(await isKept(order, step.delivery)))
			return { delivery, ended: 'not-kept' };
		({ delivery } = step);
		kept = delivery;
		const { wish } = step;
		order.progress?.(delivery, wish);
		const end = endOf(delivery, wish);
		if (end) return end;
		const isClosing = wish.do === 'read' && wish.closing === true;
		if (order.signal?.aborted && wish.do === 'read')
			return isClosing ? closed(delivery) : { delivery, ended: 'called-off' };
		const done = await carryOut(order, delivery, wish);
		({ delivery } = done);
		if (!done.interruption) continue;
		if (isClosing) return closed(delivery);
		if (delivery !== kept && !(await isKept(order, delivery)))
			return { delivery, ended: 'not-kept' };
		return interrupted(delivery, done.interruption);
	}
}

async function isKept({ keep }: DeliverOrder, delivery: Delivery): Promise<boolean> {
	try {
		await keep(delivery);
		return true;
	} catch {
		return false;
	}
}

/** The end that a wish is; undefined where there is something to do. */
function endOf(delivery: Delivery, wish: DeliveryWish): Delivered | undefined {
	switch (wish.do) {
		case 'done':
			return { delivery, ended: 'done' };
		case 'stop':
			return { delivery, ended: 'stopped', why: wish.why };
		case 'ask-person':
			return { delivery, ended: 'ask-person', index: wish.index, why: wish.why };
		case 'read':
		case 'enter':
			return undefined;
	}
}

/** The end where only the last reading is missing, which changes nothing about the tokens. */
function closed(delivery: Delivery): Delivered {
	const { stopped } = delivery;
	return stopped ? { delivery, ended: 'stopped', why: stopped } : { delivery, ended: 'done' };
}

function interrupted(delivery: Delivery, because: Interruption): Delivered {
	const calledOff = because.kind === 'not-sent' && because.because.refused === 'called-off';
	return calledOff
		? { delivery, ended: 'called-off' }
		: { delivery, ended: 'interrupted', because };
}

interface CarriedOut {
	readonly delivery: Delivery;
	readonly interruption?: Interruption;
}

function carryOut(
	order: DeliverOrder,
	delivery: Delivery,
	wish: DeliveryWish,
): Promise<CarriedOut> {
	if (wish.do === 'enter') return enter(order, delivery, wish.index);
	return read(order, delivery, wish.do === 'read' ? wish.afterMs : 0);
}

async function read(
	{ conversation, timer, signal }: DeliverOrder,
	delivery: Delivery,
	afterMs: number,
): Promise<CarriedOut> {
	if (afterMs > 0) await pause(timer, afterMs, signal);
	const results = await readAttributes(conversation, gatewayTargets(delivery.place), signal);
	return isRead(results)
		? { delivery: takeReading(delivery, gatewayReadingOf(results)) }
		: { delivery, interruption: results };
}

function pause(timer: Timer, ms: number, signal: AbortSignal | undefined): Promise<void> {
	return new Promise((resolve) => {
		const callOff = timer.wakeAt(timer.nowMs() + ms, () => {
			signal?.removeEventListener('abort', abort);
			resolve();
		});
		const abort = (): void => {
			callOff();
			resolve();
		};
		signal?.addEventListener('abort', abort, { once: true });
	});
}

const ENTER = 1;

async function enter(
	{ conversation, signal }: DeliverOrder,
	delivery: Delivery,
	index: number,
): Promise<CarriedOut> {
	const { digits } = delivery.tokens[index] as DeliveryToken;
	const outcome = await conversation.ask(
		{
			kind: 'action',
			target: { classId: 115, logicalName: delivery.place.gateway, method: ENTER },
			parameter: encodeTokenParameter(digits, delivery.encoding),
		},
		signal,
	);
	const next = takeEnter(delivery, enterOutcome(outcome));
	return isOver(outcome) ? { delivery: next, interruption: outcome } : { delivery: next };
}

/** Refusals of our own side that the next attempt will meet again. */
const LASTING = ['not-agreed', 'too-long', 'key-used-up'];

/** What came of `enter`, from what came of asking. */
export function enterOutcome(outcome: AskOutcome): EnterOutcome {
	switch (outcome.kind) {
		case 'unknown':
			return { kind: 'unknown' };
		case 'not-sent':
			return { kind: 'not-sent', lasting: LASTING.includes(outcome.because.refused) };
		case 'answer':
			return outcome.answer.kind === 'action'
				? actionOutcome(outcome.answer.outcome)
				: { kind: 'unknown' };
	}
}

const SUCCESS = codeOf(ACTION_RESULTS, 'success');

function actionOutcome({ result, returned }: ActionOutcome): EnterOutcome {
	if (result !== SUCCESS) return { kind: 'denied', result };
	const status = returned && 'data' in returned ? statusOf(returned.data) : undefined;
	return { kind: 'entered', status: status ?? null };
}

/** Whether there is nobody to ask any more; a lasting refusal is told by the delivery itself. */
function isOver(outcome: AskOutcome): outcome is Interruption {
	if (outcome.kind === 'answer') return false;
	if (outcome.kind === 'not-sent') return !LASTING.includes(outcome.because.refused);
	const { because } = outcome;
	return because.why !== 'failed' || because.failure.why === 'link';
}
