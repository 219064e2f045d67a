/** What a reading of the gateway makes of a token that is on its way: pure, one reading at a time. */
import type { DeliveryToken, TokenState, Undecided } from './delivery.ts';
import { type GatewayReading, holdsToken } from './gateway-reading.ts';
import { judgeLanding } from './judge-landing.ts';
import { meaningOf, type TokenStatus } from './token-status.ts';

/** Readings of a token that the meter has, before a person is asked: at one a second, a minute. */
export const MAX_READINGS = 60;

type OnItsWay = Extract<TokenState, { phase: 'unknown' | 'pending' }>;

/** How often a token goes out by itself: a meter that it never reaches is a case for a person. */
export const MAX_SENDS = 3;

/** The next state of a token whose answer is lost, or whose status was not final. */
export function settleToken(
	{ digits, sends }: DeliveryToken,
	state: OnItsWay,
	reading: GatewayReading,
): TokenState {
	if (state.phase === 'unknown') return settleUnknown(digits, sends, state, reading);
	const { before } = state;
	if (holdsToken(reading, digits)) return settleStatus(state, reading);
	if (reading.token !== null && reading.token !== before.token)
		return undecided(state, 'another-token-since', reading, true);
	// A meter that does not tell the token, or not yet: what else has changed is of ours.
	const moved = reading.time !== null && reading.time !== before.time;
	return moved || !sameStatus(reading.status, before.status)
		? settleStatus(state, reading)
		: again(state, reading);
}

function settleUnknown(
	digits: string,
	sends: number,
	state: Extract<OnItsWay, { phase: 'unknown' }>,
	reading: GatewayReading,
): TokenState {
	const { before, readings, absent } = state;
	const landing = judgeLanding(digits, before, reading);
	switch (landing.kind) {
		case 'landed':
			return settleStatus({ phase: 'pending', before, readings, same: false }, reading);
		case 'not-landed':
			// A meter may show a token only once it has looked at it: absent twice is absent.
			if (!absent) return { ...state, readings: readings + 1, absent: true };
			return sends < MAX_SENDS
				? { phase: 'waiting' }
				: undecided(state, 'never-arrives', reading, false);
		case 'unclear':
			return undecided(state, landing.why, reading, false);
	}
}

type Pending = Extract<OnItsWay, { phase: 'pending' }>;

function settleStatus(state: Pending, reading: GatewayReading): TokenState {
	const { status } = reading;
	if (!status) return again(state, reading);
	const meaning = meaningOf(status.code);
	if (!meaning) return undecided(state, 'status-not-known', reading, true);
	if (meaning.kind === 'progress') return again({ ...state, same: false }, reading);
	// It may be that of the token before, which the meter has not written over yet.
	if (sameStatus(status, state.before.status) && !state.same)
		return { ...state, readings: state.readings + 1, same: true };
	return finalState(state.before, status, reading);
}

/** The end of a token by a final status. @throws {TypeError} slip: a status that is not final */
export function finalState(
	before: GatewayReading,
	status: TokenStatus,
	after: GatewayReading | null,
): TokenState {
	const meaning = meaningOf(status.code);
	if (meaning?.kind === 'accepted') return { phase: 'accepted', status, before, after };
	if (meaning?.kind === 'refused')
		return { phase: 'refused', stage: meaning.stage, status, before, after };
	throw new TypeError('this status ends nothing');
}

function again(state: Pending, reading: GatewayReading): TokenState {
	const readings = state.readings + 1;
	return readings >= MAX_READINGS
		? undecided(state, 'no-final-status', reading, true)
		: { ...state, readings };
}

function undecided(
	{ before }: OnItsWay,
	why: Undecided,
	found: GatewayReading,
	landed: boolean,
): TokenState {
	return { phase: 'undecided', before, why, found, landed };
}

function sameStatus(a: TokenStatus | null, b: TokenStatus | null): boolean {
	return a?.code === b?.code && a?.bits === b?.bits;
}
