/** What came of a delivery's wish, taken into its state. */
import { codeName, ACTION_RESULTS, type ActionResult } from '../../dlms/apdu/results.ts';
import {
	type Delivery,
	type DeliveryToken,
	isFinal,
	type TokenState,
	withState,
	withToken,
} from './delivery.ts';
import type { GatewayReading } from './gateway-reading.ts';
import { finalState, settleToken } from './settle-token.ts';
import { stopAfter } from './stop-rule.ts';
import { meaningOf, type TokenStatus } from './token-status.ts';

/** What came of sending a token. */
export type EnterOutcome =
	/** The method was carried out and gave a status back; null: nothing that is one. */
	| { readonly kind: 'entered'; readonly status: TokenStatus | null }
	/** The method was answered with this code of `ACTION_RESULTS`. */
	| { readonly kind: 'denied'; readonly result: number }
	/** Nothing left. `lasting`: nor will it, the next time. */
	| { readonly kind: 'not-sent'; readonly lasting: boolean }
	| { readonly kind: 'unknown' };

/** Results by which a meter says that it did not even begin. */
const NOT_BEGUN: readonly ActionResult[] = [
	'read-write-denied',
	'object-undefined',
	'object-class-inconsistent',
	'object-unavailable',
	'type-unmatched',
	'scope-of-access-violated',
];

/** After the wish to enter. @throws {TypeError} slip: no token is being entered */
export function takeEnter(delivery: Delivery, outcome: EnterOutcome): Delivery {
	const index = delivery.tokens.findIndex(({ state }) => state.phase === 'entering');
	const token = delivery.tokens[index];
	if (token?.state.phase !== 'entering') throw new TypeError('no token is being entered');
	const { before } = token.state;
	switch (outcome.kind) {
		case 'not-sent': {
			const back = withToken(delivery, index, {
				sends: token.sends - 1,
				state: { phase: 'waiting' },
			});
			// Nothing was sent, so that what was seen before still holds.
			return { ...back, seen: before, stopped: outcome.lasting ? 'cannot-send' : null };
		}
		case 'denied':
			return settled(delivery, index, deniedState(before, outcome.result));
		case 'entered':
			return settled(delivery, index, enteredState(before, outcome.status));
		case 'unknown':
			return settled(delivery, index, unknownState(before));
	}
}

const unknownState = (before: GatewayReading): TokenState => ({
	phase: 'unknown',
	before,
	readings: 0,
	absent: false,
});

function deniedState(before: GatewayReading, code: number): TokenState {
	const name = codeName(ACTION_RESULTS, code);
	const result = NOT_BEGUN.find((each) => each === name);
	// "Other reason" and the like leave open how far it came.
	return result ? { phase: 'not-taken', result } : unknownState(before);
}

function enteredState(before: GatewayReading, status: TokenStatus | null): TokenState {
	const meaning = status && meaningOf(status.code);
	return status && meaning && meaning.kind !== 'progress'
		? finalState(before, status, null)
		: { phase: 'pending', before, readings: 0, same: false };
}

/** After the wish to read. */
export function takeReading(delivery: Delivery, reading: GatewayReading): Delivery {
	const index = delivery.tokens.findIndex(
		({ state }) => state.phase === 'unknown' || state.phase === 'pending',
	);
	const token = delivery.tokens[index];
	if (!token || (token.state.phase !== 'unknown' && token.state.phase !== 'pending'))
		return withAfter({ ...delivery, seen: reading }, reading);
	const state = settleToken(token, token.state, reading);
	const next = settled(delivery, index, state);
	// What was read with the end of one token is what the next one is judged by.
	const seen = isFinal(next.tokens[index] as DeliveryToken) || state.phase === 'waiting';
	return seen ? { ...next, seen: reading } : next;
}

/** The token whose end was told without a reading gets this one. */
function withAfter(delivery: Delivery, after: GatewayReading): Delivery {
	const index = delivery.tokens.findLastIndex(
		({ state }) => state.phase === 'accepted' || state.phase === 'refused',
	);
	const state = delivery.tokens[index]?.state;
	if (state?.phase !== 'accepted' && state?.phase !== 'refused') return delivery;
	return state.after ? delivery : withState(delivery, index, { ...state, after });
}

function settled(delivery: Delivery, index: number, state: TokenState): Delivery {
	const next = withState(delivery, index, state);
	return isFinal(next.tokens[index] as DeliveryToken)
		? { ...next, stopped: stopAfter(next, index) }
		: next;
}

/**
 * The connection is another one, or somebody else may have been at the meter since: what was seen does not
 * hold any more.
 */
export function takeReconnection(delivery: Delivery): Delivery {
	return delivery.seen ? { ...delivery, seen: null } : delivery;
}
