/**
 * A purchase's tokens sent to its meter by its owner: which of them, and what the keypad's record knows of it
 * afterwards. The machine that sends them is the technician's (`core/field/delivery`). Pure.
 */
import type { MeterProfile, StatusBits } from '../dlms/profile/meter-profile.ts';
import { type Delivery, type DeliveryToken, isUnderWay } from '../field/delivery/delivery.ts';
import { planDelivery, type PlanRefusal } from '../field/delivery/plan-delivery.ts';
import { namedResult, type StatusStage } from '../field/delivery/token-status.ts';
import { sayingOf, type Saying } from '../vending/reject-doctor/sayings.ts';
import { goToToken, type KeypadEntry } from './keypad-entry.ts';
import type { Token } from './wire.ts';

/** A purchase that has its tokens. */
export interface SendablePurchase {
	readonly id: string;
	/** Eleven or thirteen digits. */
	readonly drn: string;
	readonly issuedAtMs: number;
	/** In the order of entry. */
	readonly tokens: readonly Pick<Token, 'digits' | 'kind' | 'sequence'>[];
}

export type PurchasePlan =
	| { readonly delivery: Delivery }
	/** Every token is said to be in. */
	| { readonly refused: 'all-in' }
	| PlanRefusal;

/**
 * What is to be sent: a token that may be in the meter is settled first; else everything from a place on.
 * @param stored what is kept of an earlier run @param from place of the first token that is not in, from 0
 */
export function planPurchase(
	{ id, drn, issuedAtMs, tokens }: SendablePurchase,
	profile: Pick<MeterProfile, 'tokenGateway' | 'tokenEncoding'>,
	stored: Delivery | undefined,
	from: number,
): PurchasePlan {
	if (stored && (isUnderWay(stored) || isAsked(stored))) return { delivery: stored };
	const rest = tokens.slice(from);
	if (rest.length === 0) return { refused: 'all-in' };
	return planDelivery(
		drn,
		profile,
		rest.map(({ digits, kind, sequence }) => ({
			...{ digits, kind, set: id, place: sequence, madeAtMs: issuedAtMs },
		})),
	);
}

/** Whether a person is to decide about a token. */
export const isAsked = ({ tokens }: Pick<Delivery, 'tokens'>): boolean =>
	tokens.some(({ state }) => state.phase === 'undecided');

/** Whether the meter itself says that it has a token: it took it now, or says that it was used. */
export function isInMeter({ state }: DeliveryToken, bits: StatusBits | undefined): boolean {
	if (state.phase === 'accepted') return true;
	return state.phase === 'refused' && namedResult(state.status, bits) === 'UsedError';
}

/** Tokens of the purchase, from its first, of which the meter says that it has them. */
export function takenByMeter(
	tokens: SendablePurchase['tokens'],
	delivery: Delivery,
	bits: StatusBits | undefined,
	before = 0,
): number {
	const inMeter = new Set(
		delivery.tokens.filter((token) => isInMeter(token, bits)).map(({ digits }) => digits),
	);
	const next = tokens.findIndex(({ digits }, place) => place >= before && !inMeter.has(digits));
	return next < 0 ? tokens.length : next;
}

/** The keypad's record once the meter has spoken: what it has is in; nothing is ever taken back. */
export function entryAfter(
	entry: KeypadEntry,
	tokens: SendablePurchase['tokens'],
	delivery: Delivery,
	bits: StatusBits | undefined,
	nowMs: number,
): KeypadEntry {
	const before = entry.takenMs.length;
	const place = takenByMeter(tokens, delivery, bits, before);
	return place > before ? goToToken(entry, place, nowMs) : entry;
}

/** What a meter's display would say where only the stage is told. */
const SAYING_OF_STAGE: Readonly<Partial<Record<StatusStage, Saying>>> = {
	format: 'no-token',
	authentication: 'wrong-token',
};

/** What the reject doctor is told of a refusal; undefined: the person looks at the display. */
export function sayingFor(
	{ state }: Pick<DeliveryToken, 'state'>,
	bits: StatusBits | undefined,
): Saying | undefined {
	if (state.phase !== 'refused') return undefined;
	const result = namedResult(state.status, bits);
	return result ? sayingOf(result) : SAYING_OF_STAGE[state.stage];
}
