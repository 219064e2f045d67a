/**
 * What a delivery wants next. Pure: state in, the state to be stored and the wish that follows out.
 *
 * Always holds: a wish to enter comes with a state that says so, and is made only of a token that has not
 * gone out since the gateway was last read, or has certainly not arrived.
 */
import {
	type Delivery,
	type DeliveryToken,
	isFinal,
	type StopReason,
	type Undecided,
	withState,
	withToken,
} from './delivery.ts';

/** Between readings of a status that is not final, and before a token counts as not landed. */
export const READING_PAUSE_MS = 1000;

export type DeliveryWish =
	/** Read the gateway, after a pause. `closing`: nothing depends on it any more. */
	| { readonly do: 'read'; readonly afterMs: number; readonly closing?: true }
	/** Send the token at `index`, once the state is stored. */
	| { readonly do: 'enter'; readonly index: number }
	| { readonly do: 'ask-person'; readonly index: number; readonly why: Undecided }
	| { readonly do: 'stop'; readonly why: StopReason }
	| { readonly do: 'done' };

export interface DeliveryStep {
	readonly delivery: Delivery;
	readonly wish: DeliveryWish;
}

export function decideDelivery(delivery: Delivery): DeliveryStep {
	const index = delivery.tokens.findIndex((token) => !isFinal(token) && !isWaiting(token));
	const token = delivery.tokens[index];
	if (token) return decideToken(delivery, index, token);
	const next = delivery.tokens.findIndex(isWaiting);
	if (delivery.stopped || next < 0) return { delivery, wish: closingWish(delivery) };
	if (!delivery.seen) return { delivery, wish: { do: 'read', afterMs: 0 } };
	const { sends } = delivery.tokens[next] as DeliveryToken;
	const entering = withToken(delivery, next, {
		sends: sends + 1,
		state: { phase: 'entering', before: delivery.seen },
	});
	return { delivery: { ...entering, seen: null }, wish: { do: 'enter', index: next } };
}

const isWaiting = ({ state }: DeliveryToken): boolean => state.phase === 'waiting';

/** What is wanted for a token that is on its way. */
function decideToken(delivery: Delivery, index: number, { state }: DeliveryToken): DeliveryStep {
	switch (state.phase) {
		case 'entering': {
			// It was stored that it goes out, and not what came of it.
			const { before } = state;
			const unknown = withState(delivery, index, {
				phase: 'unknown',
				before,
				readings: 0,
				absent: false,
			});
			return { delivery: unknown, wish: { do: 'read', afterMs: 0 } };
		}
		case 'unknown':
		case 'pending': {
			const afterMs = state.readings === 0 ? 0 : READING_PAUSE_MS;
			return { delivery, wish: { do: 'read', afterMs } };
		}
		case 'undecided':
			return { delivery, wish: { do: 'ask-person', index, why: state.why } };
		default:
			throw new TypeError('this token is not on its way');
	}
}

/** After the last token, or a stop, the credit is read once more, so that what it did can be shown. */
function closingWish({ tokens, stopped }: Delivery): DeliveryWish {
	const open = tokens.some(
		({ state }) => (state.phase === 'accepted' || state.phase === 'refused') && !state.after,
	);
	if (open) return { do: 'read', afterMs: 0, closing: true };
	return stopped ? { do: 'stop', why: stopped } : { do: 'done' };
}
