/**
 * Whether a queue goes on after a token that was not taken (sts.md §13.2, §13.3, §13.11).
 *
 * A meter cannot tell a wrong key from a wrong meter or a slip of the keys, and most lock after three
 * wrong entries, longer each time. So a token that is not authentic ends the queue, and so does what keeps
 * the meter from carrying one out. Old and used tokens say nothing about the next one: the queue goes on,
 * but not into the third in a row.
 */
import type { Delivery, DeliveryToken, StopReason } from './delivery.ts';
import type { StatusStage } from './token-status.ts';

/** Refusals in a row after which many meters lock. */
export const REFUSALS_THAT_LOCK = 3;

/** Why the queue ends after the token at `index`; null where it goes on. */
export function stopAfter(delivery: Delivery, index: number): StopReason | null {
	const token = delivery.tokens[index] as DeliveryToken;
	const { state } = token;
	if (state.phase === 'accepted') return null;
	if (state.phase === 'not-taken') return 'gateway-refuses';
	if (token.kind === 'key-change') return 'key-change-refused';
	if (state.phase !== 'refused') return null;
	// A test for any meter says nothing about tokens for this one.
	if (token.tokenClass === 1) return null;
	const reason = STOPS_AT[state.stage];
	if (reason) return reason;
	return refusedInARow(delivery, index) + 1 >= REFUSALS_THAT_LOCK ? 'refused-in-a-row' : null;
}

const STOPS_AT: Readonly<Record<StatusStage, StopReason | null>> = {
	format: 'gateway-refuses',
	authentication: 'not-authentic',
	validation: null,
	execution: 'not-carried-out',
};

/** How many of this queue's tokens in a row, with the one at `index`, were refused. */
function refusedInARow({ tokens }: Delivery, index: number): number {
	const upTo = tokens.slice(0, index + 1).filter(({ tokenClass }) => tokenClass !== 1);
	const good = upTo.findLastIndex(({ state }) => state.phase !== 'refused');
	return upTo.length - 1 - good;
}
