/** What the screen that sends tokens to a meter says: what is being done, or what came of it. Pure. */
import type { StatusBits } from '#lib/core/dlms/profile/meter-profile.ts';
import {
	type Delivery,
	type DeliveryToken,
	isUnderWay,
	type TokenPhase,
} from '#lib/core/field/delivery/delivery.ts';
import type { GatewayReading } from '#lib/core/field/delivery/gateway-reading.ts';
import type { MeterCurrency } from '#lib/core/field/glance/payment.ts';
import type { LinkFaultKind } from '#lib/core/field/link-fault-kind.ts';
import { formatQuantity } from '#lib/core/field/quantity.ts';
import { isAsked, isInMeter, sayingFor } from '#lib/core/sync/purchase-delivery.ts';
import type { Saying } from '#lib/core/vending/reject-doctor/sayings.ts';
import type { DeliverWords } from '#lib/core/words/deliver.ts';
import type { ConnectFailure, ConnectStep } from '#lib/link/connect-order.ts';
import type { SendDoing, SendEnd } from '#lib/ui/state/purchase-delivery.svelte.ts';
import type { Tone } from '#lib/ui/view/tones.ts';

/** What can be done, the likeliest first. */
export type SendAct =
	| 'again'
	| 'connect'
	| 'rest'
	| 'take-over'
	| 'other'
	| 'look-again'
	| 'send-again'
	| 'all-again'
	| 'coach'
	| 'doctor'
	| 'done';

export interface SendView {
	/** By its own name, whatever the language. */
	readonly name: keyof DeliverWords['results'] | keyof DeliverWords['failures'] | 'doing';
	readonly tone: Tone;
	readonly title: string;
	readonly detail: string;
	readonly acts: readonly SendAct[];
	/** In small type, for the help line; empty where nobody needs one. */
	readonly code: string;
	/** While something is being done: how far, 0 … 1. */
	readonly progress?: number;
}

export interface SendFacts {
	readonly doing: SendDoing | undefined;
	readonly end: SendEnd | undefined;
	readonly delivery: Delivery | undefined;
	readonly bits: StatusBits | undefined;
	/** Whether another tab of ours has the port that is busy. */
	readonly heldByTab: boolean;
	/** Every token is in, by the keypad's record. */
	readonly allIn: boolean;
	/** Puts a meter number in groups. */
	readonly group: (drn: string) => string;
}

/** Undefined: nothing was begun, and nothing is to be told. */
export function sendView(facts: SendFacts, text: DeliverWords): SendView | undefined {
	const { doing, end, delivery, allIn } = facts;
	if (doing) return doingView(doing, delivery, text);
	const failed = end && 'kind' in end ? failureView(end, facts, text) : undefined;
	// Whatever kept us from the meter: a token that may be in it comes first.
	if (delivery && isUnderWay(delivery)) return result('lost', 'wait', ['connect', 'coach'], text);
	if (failed) return failed;
	const other = end && 'ended' in end ? endView(end, text) : undefined;
	if (other) return other;
	if (delivery && isAsked(delivery))
		return result('undecided', 'wait', ['look-again', 'send-again', 'coach'], text);
	const isTaken = delivery?.tokens.every(({ state }) => state.phase === 'accepted') ?? false;
	// Keyed in since: how an earlier attempt ended is of no interest any more.
	if (allIn && !end && !isTaken) return result('allIn', 'good', ['done', 'all-again'], text);
	const said = delivery && deliveryView(delivery, facts, text);
	return said ?? (allIn ? result('allIn', 'good', ['done', 'all-again'], text) : undefined);
}

type ResultName = keyof DeliverWords['results'];
type FailureName = keyof DeliverWords['failures'];

function result(
	name: ResultName,
	tone: Tone,
	acts: readonly SendAct[],
	text: DeliverWords,
	code = '',
): SendView {
	return { name, tone, ...text.results[name], acts, code };
}

function failure(
	name: FailureName,
	acts: readonly SendAct[],
	text: DeliverWords,
	code = '',
	tone: Tone = 'bad',
): SendView {
	return { name, tone, ...text.failures[name], acts, code };
}

const NOW: Readonly<Record<ConnectStep['step'], keyof DeliverWords['doing']>> = {
	'opening-port': 'calling',
	'signing-on': 'calling',
	'signed-on': 'calling',
	associating: 'calling',
	'reading-identity': 'asking',
	identified: 'admitted',
	releasing: 'admitted',
};

const FAR: Readonly<Record<keyof DeliverWords['doing'], number>> = {
	calling: 0.15,
	asking: 0.35,
	admitted: 0.5,
	reading: 0.65,
	sending: 0.75,
	readingBack: 0.8,
	looking: 0.9,
};

function doingView(doing: SendDoing, delivery: Delivery | undefined, text: DeliverWords): SendView {
	const said = (name: keyof DeliverWords['doing'], tone: Tone = 'action'): SendView => ({
		...{ name: 'doing', tone, ...text.doing[name], acts: [], code: '', progress: FAR[name] },
	});
	if (doing.kind === 'connecting') {
		const { step } = doing;
		if (!step) return said('calling');
		const isOwn = step.step === 'associating' && step.stage === 'own';
		return said(isOwn ? 'admitted' : NOW[step.step]);
	}
	switch (delivery?.tokens.find((token) => isUnderWay({ tokens: [token] }))?.state.phase) {
		case 'entering':
			return said('sending');
		case 'pending':
			return said('looking');
		case 'unknown':
			return said('readingBack', 'wait');
		default:
			return said('reading');
	}
}

/** Ends that are about no token. */
function endView(end: Exclude<SendEnd, ConnectFailure>, text: DeliverWords): SendView | undefined {
	switch (end.ended) {
		case 'other-tab':
			return result('otherTab', 'wait', ['again', 'coach'], text);
		case 'not-kept':
			return result('notKept', 'bad', ['again', 'coach'], text);
		case 'stored-damaged':
			return result('damaged', 'wait', ['all-again', 'coach'], text, end.because.refused);
		case 'not-planned':
			return end.because.refused === 'all-in'
				? undefined
				: result('notTokens', 'bad', ['coach'], text, end.because.refused);
		case 'other-meter':
			return failure('otherMeter', ['again', 'other', 'coach'], text);
		default:
			return undefined;
	}
}

/** What the meter has said of the tokens. */
function deliveryView(
	delivery: Delivery,
	{ end, bits, allIn }: SendFacts,
	text: DeliverWords,
): SendView | undefined {
	const { tokens } = delivery;
	const refused = tokens.findLast(
		(token) => token.state.phase === 'refused' || token.state.phase === 'not-taken',
	);
	if (refused) return refusedView(refused, bits, text);
	if (tokens.some(({ state }) => state.phase === 'waiting' || state.phase === 'left')) {
		// Nothing has gone out of what was planned, and the person knows: the screen begins anew.
		if (allIn) return undefined;
		const called = end && 'ended' in end && end.ended === 'called-off';
		const broke = end && 'ended' in end && end.ended === 'interrupted';
		if (broke) return failure('brokeOff', ['connect', 'coach'], text, '', 'wait');
		return result(called ? 'calledOff' : 'held', 'wait', ['rest', 'coach'], text);
	}
	return result('taken', 'good', ['done'], text);
}

function refusedView(
	token: DeliveryToken,
	bits: StatusBits | undefined,
	text: DeliverWords,
): SendView {
	const { state } = token;
	if (state.phase === 'not-taken')
		return result('keypadOnly', 'wait', ['coach'], text, state.result);
	if (state.phase !== 'refused') throw new TypeError('this token was not refused');
	if (isInMeter(token, bits)) return result('used', 'wait', ['doctor', 'done'], text);
	const code = `${state.stage} ${state.status.code}`;
	const acts: readonly SendAct[] =
		state.stage === 'format'
			? ['coach', 'doctor']
			: state.stage === 'execution'
				? ['doctor', 'again']
				: ['doctor', 'coach'];
	return result(state.stage, 'bad', acts, text, code);
}

/** Why there is no connection. */
function failureView(
	end: ConnectFailure,
	{ heldByTab, group }: SendFacts,
	text: DeliverWords,
): SendView {
	const retry: readonly SendAct[] = ['again', 'other', 'coach'];
	switch (end.why) {
		case 'called-off':
			return result('calledOff', 'neutral', ['again', 'other', 'coach'], text);
		case 'fault':
			return faultView(end.fault, heldByTab, text);
		case 'other-meter': {
			const { found, expected } = end;
			const view = failure('otherMeter', retry, text);
			if (found === undefined || expected === undefined) return view;
			const which = text.otherMeter(group(found), group(expected));
			return { ...view, detail: `${view.detail} ${which}` };
		}
		case 'identity-untold':
			return failure('untold', ['coach', 'again'], text);
		case 'opening':
			return end.opening === 'hdlc-not-offered'
				? failure('noProtocol', ['coach', 'other'], text, end.opening)
				: failure('silent', retry, text, end.opening);
		case 'no-answer':
		case 'link':
		case 'association-refused':
		case 'association-failed':
			// It has said who it is, and then knows no client that is its owner's.
			if (end.stage === 'own') return result('keypadOnly', 'wait', ['coach'], text, end.why);
			return end.why === 'no-answer'
				? failure('silent', retry, text, end.why)
				: end.why === 'link'
					? failure('brokeOff', retry, text, end.reason)
					: failure('noProtocol', ['coach', 'other'], text, end.why);
		case 'counters-not-kept':
			return result('notKept', 'bad', ['again', 'coach'], text);
		case 'no-opening':
		case 'secrets-missing':
		case 'secrets-unfit':
		case 'meter-not-authentic':
		case 'key-used-up':
			return failure('port', ['other', 'coach'], text, end.why);
	}
}

function faultView(kind: LinkFaultKind, heldByTab: boolean, text: DeliverWords): SendView {
	switch (kind) {
		case 'nothing-chosen':
			return failure('nothingChosen', ['other', 'coach'], text, '', 'neutral');
		case 'port-busy':
		case 'port-taken': {
			const first: SendAct = heldByTab || kind === 'port-taken' ? 'take-over' : 'again';
			return failure('busy', [first, 'other', 'coach'], text, kind);
		}
		case 'unplugged':
			return failure('unplugged', ['again', 'other', 'coach'], text);
		case 'permission-refused':
			return failure('notAllowed', ['again', 'other', 'coach'], text);
		default:
			return failure('port', ['again', 'other', 'coach'], text, kind);
	}
}

/** What stood in the way of choosing a probe. */
export const choosingView = (kind: LinkFaultKind, text: DeliverWords): SendView =>
	faultView(kind, false, text);

type PhaseName = keyof DeliverWords['phases'];

const PHASE: Readonly<Record<TokenPhase, PhaseName>> = {
	waiting: 'waiting',
	entering: 'going',
	pending: 'going',
	unknown: 'unknown',
	undecided: 'unknown',
	accepted: 'taken',
	refused: 'refused',
	'not-taken': 'refused',
	left: 'waiting',
};

/** How far a token is, in one word; undefined: nobody sent it from here. */
export function phaseOf(digits: string, delivery: Delivery | undefined): PhaseName | undefined {
	const token = delivery?.tokens.find((each) => each.digits === digits);
	return token && PHASE[token.state.phase];
}

export interface CreditAround {
	/** Undefined where it is not known. */
	readonly before: string | undefined;
	readonly after: string;
}

/** The credit before the first token that was taken and after the last; undefined where the meter does not tell. */
export function creditAround(
	delivery: Delivery | undefined,
	currency: Pick<MeterCurrency, 'name' | 'scaler'> | undefined,
	language: string,
): CreditAround | undefined {
	if (!delivery || !currency) return undefined;
	const amount = (reading: GatewayReading | null | undefined): string | undefined => {
		const raw = reading?.credit ?? reading?.available;
		if (raw === null || raw === undefined) return undefined;
		const { scaler, name: unit } = currency;
		return formatQuantity({ raw: BigInt(raw), scaler, unit }, language);
	};
	const taken = delivery.tokens.flatMap(({ state }) => (state.phase === 'accepted' ? [state] : []));
	const after = amount(taken.at(-1)?.after);
	return after === undefined ? undefined : { before: amount(taken[0]?.before), after };
}

/** Where the reject doctor begins: at the token that was refused, with what the meter said of it. */
export function doctorQuery(
	tokens: readonly { readonly digits: string }[],
	delivery: Delivery | undefined,
	bits: StatusBits | undefined,
): string {
	const refused = delivery?.tokens.findLast(({ state }) => state.phase === 'refused');
	if (!refused) return '';
	const place = tokens.findIndex(({ digits }) => digits === refused.digits) + 1;
	const said: Saying | undefined = sayingFor(refused, bits);
	return `?token=${place}${said ? `&said=${said}` : ''}`;
}
