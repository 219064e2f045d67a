/** What the bench expects of a meter, and what it found: names, so that a sentence can be made of each. */
import type { Reply, Seen } from './step.ts';
import type { TokenStatus } from '../delivery/token-status.ts';
import { statusName } from '../delivery/token-status.ts';

export const SIGHT_KINDS = [
	/** The status of a token: carried out, or refused at one of four stages. */
	'execution-ok',
	'format-failure',
	'authentication-failure',
	'validation-failure',
	'execution-failure',
	/** The status was still none of these when the time was over. */
	'never-final',
	/** The meter has a status that is none, or none at all. */
	'no-status',
	/** `enter` itself was refused; the value is the result. */
	'method-refused',
	'associated',
	/** The value says how it was refused. */
	'not-associated',
	/** An answer, protected as agreed. */
	'answer',
	/** An answer without the protection that was agreed. */
	'answer-in-clear',
	/** The value is the service error. */
	'exception',
	/** Octets came that are no APDU; the value is the breach. */
	'rubbish',
	'no-answer',
	/** Something that was read, in the value. */
	'value',
	/** The meter does not give it. */
	'unreadable',
	'relay-open',
	'relay-closed',
	/** What the gateway holds: the token that came last, another one, none. */
	'last-token',
	'another-token',
	'no-token',
	/** The key that the meter shows: its own, the bench's, or neither. */
	'own-key',
	'bench-key',
	'neither-key',
] as const;
export type SightKind = (typeof SIGHT_KINDS)[number];

export interface Sight {
	readonly kind: SightKind;
	readonly value?: string;
}

const sight = (kind: SightKind): Sight => ({ kind });

export const TAKEN = sight('execution-ok');
export const FORMAT_FAILURE = sight('format-failure');
export const AUTHENTICATION_FAILURE = sight('authentication-failure');
export const VALIDATION_FAILURE = sight('validation-failure');
export const EXECUTION_FAILURE = sight('execution-failure');
export const NEVER_FINAL = sight('never-final');
export const NO_STATUS = sight('no-status');
export const ANSWER = sight('answer');
export const EXCEPTION = sight('exception');
export const NO_ANSWER = sight('no-answer');
export const RUBBISH = sight('rubbish');
export const ASSOCIATED = sight('associated');
export const NOT_ASSOCIATED = sight('not-associated');
export const METHOD_REFUSED = sight('method-refused');
export const UNREADABLE = sight('unreadable');
export const RELAY_OPEN = sight('relay-open');
export const RELAY_CLOSED = sight('relay-closed');
export const LAST_TOKEN = sight('last-token');
export const ANOTHER_TOKEN = sight('another-token');
export const NO_TOKEN = sight('no-token');
export const OWN_KEY = sight('own-key');
export const BENCH_KEY = sight('bench-key');
export const NEITHER_KEY = sight('neither-key');
export const valueSight = (value: string): Sight => ({ kind: 'value', value });

/** What was seen of a question, whatever it asked for. */
export function sightOfAsk(seen: Seen): Sight {
	switch (seen.is) {
		case 'answer':
			return ANSWER;
		case 'failed':
			return sightOfFailure(seen);
		default:
			return NO_ANSWER;
	}
}

function sightOfFailure({ failure, reply }: Extract<Seen, { is: 'failed' }>): Sight {
	switch (failure.why) {
		case 'exception':
			return { kind: 'exception', value: failure.service };
		case 'service-error':
			return { kind: 'exception', value: failure.errorClass };
		case 'not-secure':
			return reply && reply.exception === undefined
				? { kind: 'answer-in-clear', value: reply.apdu }
				: { kind: 'rubbish', value: failure.refusal };
		case 'breach':
			return { kind: 'rubbish', value: failure.code };
		case 'empty-answer':
			return { kind: 'rubbish', value: failure.why };
		case 'link':
			return { kind: 'no-answer', value: failure.reason };
		default:
			return { kind: 'rubbish', value: failure.why };
	}
}

/** What was seen of a wish to associate; where one was mistaken, what came back to that very message. */
export function sightOfConnect(seen: Seen): Sight {
	if (seen.is === 'associated') return ASSOCIATED;
	return { kind: 'not-associated', ...(seen.is === 'not-associated' && { value: seen.why }) };
}

/** What came back to a message that was sent wrongly. */
export function sightOfReply(reply: Reply | undefined): Sight {
	if (!reply) return NO_ANSWER;
	if (reply.exception !== undefined) return { kind: 'exception', value: reply.exception };
	if (reply.accepted === false) return { kind: 'not-associated', value: 'rejected' };
	if (reply.accepted) return ASSOCIATED;
	return { kind: 'answer', value: reply.apdu };
}

/** A status that is final as what it says; undefined while the meter is at it, or for a maker's own code. */
export function finalSight(status: TokenStatus | undefined): Sight | undefined {
	const name = status && statusName(status.code);
	switch (name) {
		case 'execution-ok':
		case 'format-failure':
		case 'authentication-failure':
		case 'validation-failure':
		case 'execution-failure':
			return sight(name);
		default:
			return undefined;
	}
}
