/** What an attempt to associate came to, as the failure that a person is told. */
import type { AskOutcome, ConversationEnd } from './conversation.ts';
import type { ConnectFailure, Stage } from './connect-order.ts';
import type { Begun } from './meter-session.ts';

export const CALLED_OFF: ConnectFailure = { kind: 'failed', why: 'called-off' };

/** Why there is no association. */
export function failureOfBegun(
	begun: Exclude<Begun, { kind: 'associated' }>,
	stage: Stage,
): ConnectFailure {
	if (begun.kind === 'over') return failureOfEnd(begun.end, stage);
	const { result, diagnostic } = begun;
	return { kind: 'failed', why: 'association-refused', stage, result, diagnostic };
}

/** Why a session ended before there was a conversation. */
export function failureOfEnd(end: ConversationEnd, stage: Stage): ConnectFailure {
	switch (end.why) {
		case 'released':
			return CALLED_OFF;
		case 'counters-not-kept':
			return { kind: 'failed', why: end.why };
		case 'fault':
			return { kind: 'failed', why: 'fault', fault: end.fault };
		case 'failed':
			return failureOfRequest(end.failure, stage);
	}
}

function failureOfRequest(
	failure: Extract<ConversationEnd, { why: 'failed' }>['failure'],
	stage: Stage,
): ConnectFailure {
	switch (failure.why) {
		case 'link':
			return failure.reason === 'no-answer'
				? { kind: 'failed', why: 'no-answer', stage }
				: { kind: 'failed', why: 'link', stage, reason: failure.reason };
		case 'other-meter':
			return { kind: 'failed', why: 'other-meter', fact: 'systemTitle' };
		case 'meter-not-authentic':
		case 'key-used-up':
			return { kind: 'failed', why: failure.why };
		case 'exception':
		case 'service-error':
		case 'breach':
		case 'not-secure':
		case 'empty-answer':
			return { kind: 'failed', why: 'association-failed', stage, failure };
	}
}

/** The end behind an outcome that is no answer; undefined where the conversation is over already. */
export function endOf(outcome: AskOutcome): ConversationEnd | undefined {
	return outcome.kind === 'unknown' ? outcome.because : undefined;
}
